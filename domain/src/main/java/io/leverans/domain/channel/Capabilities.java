package io.leverans.domain.channel;

import io.leverans.domain.delivery.Evidence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a channel can do and what a recipient sees through it. A kind has defaults; scopes, opt-ins
 * and aligned domains change them for one channel.
 *
 * @param largestMessage in octets as it is sent, where the provider has a limit of its own
 */
public record Capabilities(
    SenderShown senderShown,
    Via via,
    AllowListing allowListing,
    SentCopy sentCopy,
    BounceCapture bounceCapture,
    Unsubscribing unsubscribing,
    Identities identities,
    Reputation reputation,
    Evidence acceptedMeans,
    Grouping grouping,
    List<Limit> limits,
    Optional<Long> largestMessage) {

  public Capabilities {
    Objects.requireNonNull(senderShown);
    Objects.requireNonNull(via);
    Objects.requireNonNull(allowListing);
    Objects.requireNonNull(sentCopy);
    Objects.requireNonNull(bounceCapture);
    Objects.requireNonNull(unsubscribing);
    Objects.requireNonNull(identities);
    Objects.requireNonNull(reputation);
    Objects.requireNonNull(acceptedMeans);
    Objects.requireNonNull(grouping);
    limits = List.copyOf(limits);
    Objects.requireNonNull(largestMessage);
  }

  /** The same with other limits. */
  public Capabilities limitedBy(List<Limit> others) {
    return new Capabilities(
        senderShown,
        via,
        allowListing,
        sentCopy,
        bounceCapture,
        unsubscribing,
        identities,
        reputation,
        acceptedMeans,
        grouping,
        others,
        largestMessage);
  }

  /** The address in the recipient's view. */
  public enum SenderShown {
    IDENTITY,
    CONNECTED_ACCOUNT
  }

  /** Whether the recipient's program adds "via" and another domain to the sender. */
  public enum Via {
    SHOWN,
    SHOWN_UNLESS_ALIGNED,
    NOT_SHOWN
  }

  /** Whether a recipient's admin can allow-list the sending servers. */
  public enum AllowListing {
    POSSIBLE,
    POSSIBLE_IF_ALIGNED
  }

  /** Whether the sender finds a copy in the Sent folder of their mailbox. */
  public enum SentCopy {
    NONE,
    BY_PROVIDER
  }

  /** Whether bounces and complaints that come later are seen. */
  public enum BounceCapture {
    ALWAYS,
    /** They come to the sender's mailbox, and are read there, as its owner chose. */
    FROM_SENDERS_MAILBOX,
    /** They come to the sender's mailbox, and are not seen here. */
    TO_SENDERS_MAILBOX
  }

  /** Whether mail programs offer to unsubscribe from bulk mail with one press (RFC 8058 §4). */
  public enum Unsubscribing {
    /** The fields are covered by a signature of ours. */
    ONE_CLICK,
    /** The fields are there, and count only if the server on the way signs them. */
    ONE_CLICK_IF_SERVER_SIGNS
  }

  /** Which identities the channel can serve. */
  public enum Identities {
    ANY_VERIFIED,
    CONNECTED_ACCOUNT_ONLY,
    ANY_THE_SERVER_ALLOWS
  }

  /** Whose name at the recipients' servers is at stake. */
  public enum Reputation {
    PLATFORM,
    COMPANY
  }
}
