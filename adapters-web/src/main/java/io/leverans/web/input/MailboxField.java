package io.leverans.web.input;

import static io.leverans.web.problem.ProblemType.INVALID_ADDRESS;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import java.util.List;
import java.util.Optional;

/** An address in a body: "name@example.com", "Name &lt;name@example.com&gt;" or an object. */
public record MailboxField(JsonField field) {
  private static final List<String> FIELDS = List.of("address", "name");

  public Optional<Mailbox> read() {
    if (field.isText()) {
      return field.read(INVALID_ADDRESS, Mailbox::parse);
    }
    if (!field.value().isObject()) {
      field.wrongType("an address as a string, or an object with address and name,");
      return Optional.empty();
    }
    return field.object(FIELDS).flatMap(MailboxField::read);
  }

  /** A mailbox whose address and name are fields of an object that may have others. */
  public static Optional<Mailbox> read(JsonFields fields) {
    Optional<String> name = fields.text("name");
    return fields
        .require("address", "for example name@example.com")
        .flatMap(address -> address.read(INVALID_ADDRESS, EmailAddress::parse))
        .flatMap(
            address ->
                fields
                    .findings()
                    .attempt(
                        INVALID_ADDRESS,
                        fields.at().appendProperty("name"),
                        () -> new Mailbox(name, address)));
  }
}
