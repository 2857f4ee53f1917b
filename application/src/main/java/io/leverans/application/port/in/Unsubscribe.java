package io.leverans.application.port.in;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets a recipient say that they want no more mail from a team, by the link in a message. Looking
 * at the link changes nothing, since mail scanners look too (RFC 8058 §1).
 */
public interface Unsubscribe {
  /** Whose mail it is about; empty if the code is none of ours, or the message is gone. */
  Optional<Offer> lookUp(String code);

  /**
   * Puts the recipient on the team's suppression list. Once more does no harm.
   *
   * @param address who it is; needed where the message went to several
   */
  Result unsubscribe(String code, Optional<EmailAddress> address);

  /**
   * What the page offers.
   *
   * @param sender whose mail will not come any more
   */
  record Offer(Mailbox sender, Asked asked) {
    public Offer {
      Objects.requireNonNull(sender);
      Objects.requireNonNull(asked);
    }
  }

  /** What has to be asked of the recipient. */
  enum Asked {
    /** Nothing: the message went to one. */
    NOTHING,
    /** Their address: it went to several, and none is told of the others. */
    ADDRESS
  }

  /** What became of it. */
  sealed interface Result {
    record Unsubscribed(Mailbox sender) implements Result {}

    /**
     * The message went to several: the address is unsubscribed if it is of one of them, and whether
     * it is nobody is told, since a mail is read by others than those who got it.
     */
    record UnsubscribedIfRecipient(Mailbox sender, EmailAddress address) implements Result {}

    /** The message went to several, and none was named. */
    record AddressMissing(Offer offer) implements Result {}

    record UnknownCode() implements Result {}
  }
}
