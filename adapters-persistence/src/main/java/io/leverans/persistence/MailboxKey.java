package io.leverans.persistence;

import io.leverans.domain.identity.EmailAddress;
import java.util.Locale;

/** Texts that are equal for addresses that {@link EmailAddress#sameMailbox} calls the same. */
final class MailboxKey {
  private MailboxKey() {}

  static String of(EmailAddress address) {
    return of(address.toString());
  }

  static String of(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
