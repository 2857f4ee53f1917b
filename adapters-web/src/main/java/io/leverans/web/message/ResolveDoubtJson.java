package io.leverans.web.message;

import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.ResolveDoubt.Resolution;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.web.input.JsonBody;
import io.leverans.web.problem.ProblemType;
import java.util.List;

/** The body of POST /v1/messages/{id}/resolve. */
record ResolveDoubtJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("recipient", "as");

  ResolveDoubt.Command toCommand(Caller caller, MessageId message) {
    var fields = body.fields(FIELDS);
    var recipient =
        fields
            .flatMap(object -> object.require("recipient", "the address that is in doubt"))
            .flatMap(field -> field.read(ProblemType.INVALID_ADDRESS, EmailAddress::parse));
    var resolution =
        fields
            .flatMap(object -> object.require("as", "what is true: sent, resend or failed"))
            .flatMap(field -> field.word(Resolution.class));
    body.findings().refuseAny();
    return new ResolveDoubt.Command(
        caller, message, recipient.orElseThrow(), resolution.orElseThrow());
  }
}
