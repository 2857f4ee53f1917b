package io.leverans.web.channel;

import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.application.port.in.MoveWaitingMail.Extent;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonField;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** The body of POST /v1/channels/{id}/move-waiting. */
record MoveWaitingMailJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("to", "dryRun");

  MoveWaitingMail.Command toCommand(Caller caller, ChannelId from) {
    var fields = body.fields(FIELDS);
    var to =
        fields
            .flatMap(object -> object.require("to", "the id of the channel to move the mail to"))
            .flatMap(field -> field.read(ProblemType.INVALID_FIELD, Ids::require));
    Extent extent =
        fields
            .flatMap(object -> object.find("dryRun"))
            .flatMap(JsonField::truth)
            .map(dryRun -> dryRun ? Extent.SHOW : Extent.MOVE)
            .orElse(Extent.MOVE);
    body.findings().refuseAny();
    return new MoveWaitingMail.Command(caller, from, new ChannelId(to.orElseThrow()), extent);
  }
}
