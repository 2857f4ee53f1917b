package io.leverans.web.suppression;

import static io.leverans.web.problem.ProblemType.INVALID_ADDRESS;
import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.leverans.application.port.in.SuppressAddress;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.TimeText;
import java.util.List;

/** The body of POST /v1/suppressions. */
record SuppressAddressJson(JsonBody body) {
  static final String UNTIL = "until";
  private static final List<String> FIELDS = List.of("address", UNTIL, "note");

  SuppressAddress.Command toCommand(Caller caller) {
    var fields = body.fields(FIELDS);
    body.findings().refuseAny();
    JsonFields object = fields.orElseThrow();
    var address =
        object
            .require("address", "for example name@example.com")
            .flatMap(field -> field.read(INVALID_ADDRESS, EmailAddress::parse));
    var until = object.find(UNTIL).flatMap(field -> field.read(INVALID_FIELD, TimeText::parse));
    var note = object.find("note").flatMap(field -> field.read(INVALID_FIELD, NoteText::parse));
    body.findings().refuseAny();
    return new SuppressAddress.Command(caller, address.orElseThrow(), until, note);
  }
}
