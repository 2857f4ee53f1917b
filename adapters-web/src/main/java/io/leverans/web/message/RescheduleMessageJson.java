package io.leverans.web.message;

import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.view.Caller;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.TimeChange;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonFields;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** The body of PATCH /v1/messages/{id}. */
record RescheduleMessageJson(JsonBody body) {
  private static final List<String> FIELDS =
      List.of(ScheduleFields.SEND_AT, ScheduleFields.EXPIRES_AT);

  RescheduleMessage.Command toCommand(Caller caller, MessageId message) {
    var fields = body.fields(FIELDS);
    body.findings().refuseAny();
    JsonFields object = fields.orElseThrow();
    if (object.size() == 0) {
      body.findings()
          .add(
              ProblemType.MISSING_FIELD,
              object.at().appendProperty(ScheduleFields.SEND_AT),
              "Name what is to change: sendAt, expiresAt, or both. null sends now, or takes the end"
                  + " away.");
    }
    var times = new ScheduleFields(object);
    TimeChange sending = times.change(ScheduleFields.SEND_AT);
    TimeChange expiry = times.change(ScheduleFields.EXPIRES_AT);
    body.findings().refuseAny();
    return new RescheduleMessage.Command(caller, message, sending, expiry);
  }
}
