package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.DUPLICATE_RECIPIENT;
import static io.leverans.web.problem.ProblemType.MISSING_FIELD;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import com.fasterxml.jackson.core.JsonPointer;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.NamedRecipients;
import io.leverans.domain.message.NamedRecipients.Objection;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import io.leverans.web.input.Findings;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.MailboxField;
import io.leverans.web.json.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    var seen = new NamedRecipients();
    int named = 0;
    for (Role role : Role.values()) {
      List<JsonField> fields =
          object.find(Words.of(role)).map(JsonField::oneOrMore).orElse(List.of());
      named += fields.size();
      if (isTooMany(role, named)) {
        return List.of();
      }
      for (JsonField field : fields) {
        read(field, seen).ifPresent(mailbox -> recipients.add(new Recipient(role, mailbox)));
      }
    }
    return recipients;
  }

  /** Where each of those named stands, once nothing is wrong with any. */
  Map<EmailAddress, JsonPointer> places() {
    Map<EmailAddress, JsonPointer> places = new HashMap<>();
    for (Role role : Role.values()) {
      for (JsonField field :
          object.find(Words.of(role)).map(JsonField::oneOrMore).orElse(List.of())) {
        new MailboxField(field)
            .read()
            .ifPresent(mailbox -> places.put(mailbox.address(), field.at()));
      }
    }
    return places;
  }

  private Optional<Mailbox> read(JsonField field, NamedRecipients seen) {
    Optional<Mailbox> mailbox = new MailboxField(field).read();
    mailbox
        .flatMap(read -> seen.name(read.address()))
        .ifPresent(
            objection -> findings().add(DUPLICATE_RECIPIENT, field.at(), objection.sentences()));
    return mailbox;
  }

  private boolean isTooMany(Role role, int named) {
    Optional<Objection> objection = NamedRecipients.objectionTo(named);
    objection.ifPresent(
        many ->
            findings()
                .add(OVER_LIMIT, object.at().appendProperty(Words.of(role)), many.sentences()));
    return objection.isPresent();
  }

  private Findings findings() {
    return object.findings();
  }
}
