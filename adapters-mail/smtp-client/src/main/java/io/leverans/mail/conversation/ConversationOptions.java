package io.leverans.mail.conversation;

import java.util.Objects;

/**
 * How to hold a conversation.
 *
 * @param ownName the name we say hello with (RFC 5321 §4.1.1.1)
 * @param trust which servers are believed to be the one they say, wherever encryption is used
 * @param credentials what to sign in with
 * @param peer whose server it is
 */
public record ConversationOptions(
    String ownName,
    Timeouts timeouts,
    Encryption encryption,
    Trust trust,
    Credentials credentials,
    Peer peer) {
  /**
   * Checks that the choices fit each other.
   *
   * @throws IllegalArgumentException if encryption to an own server is required, or a password is
   *     to be sent under it, and anyone would be trusted
   */
  public ConversationOptions {
    Objects.requireNonNull(ownName);
    Objects.requireNonNull(timeouts);
    Objects.requireNonNull(peer);
    boolean anyone = trust instanceof Trust.Anyone;
    switch (encryption) {
      case IMPLICIT, STARTTLS_REQUIRED -> {
        if (anyone && peer == Peer.OWN_SERVER) {
          throw new IllegalArgumentException("encryption that is required names whom it trusts");
        }
      }
      case WHEN_OFFERED -> {
        if (anyone && !(credentials instanceof Credentials.None)) {
          throw new IllegalArgumentException("a password is not for anyone who answers");
        }
      }
      case NEVER -> {}
    }
  }

  /** Towards strangers: nobody signs in, and whoever answers is the right one. */
  public ConversationOptions(String ownName, Timeouts timeouts, Encryption encryption) {
    this(ownName, timeouts, encryption, new Trust.Anyone(), new Credentials.None(), Peer.STRANGER);
  }

  /** Towards a server that its owner has told us to use. */
  public static ConversationOptions towardsOwnServer(
      String ownName,
      Timeouts timeouts,
      Encryption encryption,
      Trust trust,
      Credentials credentials) {
    return new ConversationOptions(
        ownName, timeouts, encryption, trust, credentials, Peer.OWN_SERVER);
  }

  /** The same, with connections that are at least so sure. */
  ConversationOptions giving(Assurance assurance) {
    return switch (assurance) {
      case Assurance.AsOptions _ -> this;
      case Assurance.Encrypted _ -> encryptedWith(trust);
      case Assurance.Verified _ -> encryptedWith(trust.measure());
      case Assurance.Published published ->
          encryptedWith(new Trust.Published(published.certificates()));
    };
  }

  private ConversationOptions encryptedWith(Trust trusted) {
    return new ConversationOptions(
        ownName,
        timeouts,
        encryption == Encryption.IMPLICIT ? Encryption.IMPLICIT : Encryption.STARTTLS_REQUIRED,
        trusted,
        credentials,
        peer);
  }

  /** Whether the connection is encrypted. */
  public enum Encryption {
    /** From the first octet, as on port 465 (RFC 8314 §3.3); else no conversation. */
    IMPLICIT,
    /** After a greeting in clear, as on port 587 (RFC 3207); else no conversation. */
    STARTTLS_REQUIRED,
    /**
     * When the server offers it (RFC 3207). A certificate that proves nothing to {@link
     * Trust.Anyone} is noted, not refused, since the alternative is no encryption at all (RFC
     * 7435). Who signs in does not fall back to plain.
     */
    WHEN_OFFERED,
    /** Never; a password then goes in clear. */
    NEVER
  }

  /** Whose server is spoken with: it decides whose fault a refusal of ourselves is. */
  public enum Peer {
    /** A recipient's: what it refuses is the mail. */
    STRANGER,
    /** The channel's own: when it does not let us in, the channel is at fault, not the mail. */
    OWN_SERVER
  }
}
