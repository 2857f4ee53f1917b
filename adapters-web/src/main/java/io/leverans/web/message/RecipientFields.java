package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.DUPLICATE_RECIPIENT;
import static io.leverans.web.problem.ProblemType.MISSING_FIELD;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import io.leverans.web.input.Findings;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.MailboxField;
import io.leverans.web.json.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields to, cc and bcc: each an address or a list of them. */
record RecipientFields(JsonFields object) {
  /** Those named, of whom there is one at least. */
  List<Recipient> read() {
    List<Recipient> recipients = readAny();
    boolean isNobodyNamed =
        Arrays.stream(Role.values())
            .flatMap(role -> object.find(Words.of(role)).stream())
            .allMatch(field -> field.isList() && field.entries().isEmpty());
    if (isNobodyNamed) {
      findings()
          .add(
              MISSING_FIELD,
              object.at().appendProperty("to"),
              "Nobody is named: give at least one address in to, cc or bcc.");
    }
    return recipients;
  }

  /** Those named, if any are. */
  List<Recipient> readAny() {
    List<Recipient> recipients = new ArrayList<>();
    Set<EmailAddress> seen = new HashSet<>();
    int named = 0;
    for (Role role : Role.values()) {
      List<JsonField> fields =
          object.find(Words.of(role)).map(JsonField::oneOrMore).orElse(List.of());
      named += fields.size();
      if (named > Message.MAX_RECIPIENTS) {
        addTooMany(role, named);
        return List.of();
      }
      for (JsonField field : fields) {
        read(field, seen).ifPresent(mailbox -> recipients.add(new Recipient(role, mailbox)));
      }
    }
    return recipients;
  }

  private Optional<Mailbox> read(JsonField field, Set<EmailAddress> seen) {
    Optional<Mailbox> mailbox = new MailboxField(field).read();
    if (mailbox.isPresent() && !seen.add(mailbox.get().address())) {
      findings()
          .add(
              DUPLICATE_RECIPIENT,
              field.at(),
              mailbox.get().address() + " is named more than once. Name each address once.");
    }
    return mailbox;
  }

  private void addTooMany(Role role, int named) {
    findings()
        .add(
            OVER_LIMIT,
            object.at().appendProperty(Words.of(role)),
            "A message has at most %d recipients in to, cc and bcc together; here are at least %d."
                .formatted(Message.MAX_RECIPIENTS, named));
  }

  private Findings findings() {
    return object.findings();
  }
}
