package io.leverans.mail.mime;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.EmailAddress.LocalPartCharset;
import io.leverans.domain.identity.Mailbox;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Mailboxes as address fields carry them (RFC 5322 §3.4), domains in A-labels.
 *
 * <p>An address that has no form in ASCII, mostly for its local part, would need a header in UTF-8
 * (RFC 6532), which then no server without SMTPUTF8 takes, for no recipient. It is written as an
 * empty group instead, whose name shows the address (RFC 6857 §3.1.2): people can read it, programs
 * do not write to it, and the envelope carries the real one.
 */
final class AddressText {
  private AddressText() {}

  /**
   * @throws IllegalArgumentException if the address has no form in ASCII
   */
  static String author(Mailbox mailbox) {
    return ascii("From", mailbox)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the sender's address cannot be written in ASCII, which its header needs"));
  }

  static String list(String field, List<Mailbox> mailboxes) {
    return mailboxes.stream()
        .map(mailbox -> ascii(field, mailbox).orElseGet(() -> group(field, mailbox)))
        .collect(Collectors.joining(", "));
  }

  /**
   * The mailboxes and groups that a composed field names.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static List<InternetAddress> read(String value) {
    try {
      return List.of(InternetAddress.parseHeader(value, false));
    } catch (AddressException unreadable) {
      throw new IllegalArgumentException("a composed header can be read", unreadable);
    }
  }

  /** What was read, as it was written. */
  static String again(String field, List<InternetAddress> read) {
    return read.stream()
        .map(one -> one.isGroup() ? one.getAddress() : list(field, List.of(mailbox(one))))
        .collect(Collectors.joining(", "));
  }

  private static Mailbox mailbox(InternetAddress read) {
    return new Mailbox(
        Optional.ofNullable(read.getPersonal()), EmailAddress.parse(read.getAddress()));
  }

  private static Optional<String> ascii(String field, Mailbox mailbox) {
    EmailAddress address = mailbox.address();
    if (address.localPartCharset() != LocalPartCharset.ASCII) {
      return Optional.empty();
    }
    return InternationalDomain.inALabels(address.domain())
        .map(domain -> address.localPart() + "@" + domain)
        .map(
            ascii ->
                mailbox
                    .name()
                    .map(name -> HeaderText.phrase(field, name) + " <" + ascii + ">")
                    .orElse(ascii));
  }

  private static String group(String field, Mailbox mailbox) {
    return HeaderText.phrase(field, mailbox.toString()) + " :;";
  }
}
