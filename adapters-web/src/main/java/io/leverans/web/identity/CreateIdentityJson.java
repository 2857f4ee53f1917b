package io.leverans.web.identity;

import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.MailboxField;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** The body of POST /v1/identities. */
record CreateIdentityJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("address", "name", "signature", "replies");
  private static final int MAX_SIGNATURE = 10_000;

  CreateIdentity.Command toCommand(Caller caller) {
    var fields = body.fields(FIELDS);
    Optional<Mailbox> mailbox = fields.flatMap(MailboxField::read);
    Optional<String> signature = fields.flatMap(object -> object.text("signature"));
    if (signature.isPresent() && signature.get().length() > MAX_SIGNATURE) {
      body.findings()
          .add(
              ProblemType.INVALID_FIELD,
              fields.orElseThrow().at().appendProperty("signature"),
              "A signature has at most 10000 characters.");
    }
    Optional<Replies> replies = fields.flatMap(object -> object.word("replies", Replies.class));
    body.findings().refuseAny();
    return new CreateIdentity.Command(
        caller, mailbox.orElseThrow(), signature, replies.orElse(Replies.TO_SHOWN_ADDRESS));
  }
}
