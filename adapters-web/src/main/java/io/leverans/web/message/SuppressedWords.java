package io.leverans.web.message;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;

/** Why nothing is sent to an address on the team's suppression list, and what to do. */
final class SuppressedWords {
  private SuppressedWords() {}

  /** Of a message that is not accepted. */
  static String leaveOut(EmailAddress address, SuppressedAddress entry) {
    return why(address, entry) + " Leave it out, or have an admin " + takeOff(entry) + ".";
  }

  /** Of a message that is not sent again. */
  static String takeOffFirst(EmailAddress address, SuppressedAddress entry) {
    return why(address, entry) + " Have an admin " + takeOff(entry) + ", then try again.";
  }

  /** Of a mail that is not logged. */
  static String notKept(EmailAddress address, SuppressedAddress entry) {
    return "%s This mail, which names it, is not kept. Leave it out, or have an admin %s."
        .formatted(why(address, entry), takeOff(entry));
  }

  private static String why(EmailAddress address, SuppressedAddress entry) {
    return "%s is on your team's suppression list, since %s."
        .formatted(address, entry.reason().words());
  }

  private static String takeOff(SuppressedAddress entry) {
    return "take it off the list with DELETE /v1/suppressions/" + entry.id().value();
  }
}
