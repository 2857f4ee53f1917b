package io.leverans.mail.smtp.imap;

import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.Trust;
import java.util.Objects;

/**
 * Where a mailbox is, and how to get in.
 *
 * @param host a name in A-labels or an address
 * @param credentials a password or an access token
 * @param folder the one that reports come to
 */
public record ImapServer(
    String host, int port, Security security, Credentials credentials, Trust trust, String folder) {
  public ImapServer {
    Objects.requireNonNull(host);
    Objects.requireNonNull(security);
    Objects.requireNonNull(credentials);
    Objects.requireNonNull(trust);
    Objects.requireNonNull(folder);
  }

  /** How the connection is encrypted. */
  public enum Security {
    /** From the first byte. */
    TLS,
    /** After STARTTLS, or not at all. */
    STARTTLS,
    /** Never. */
    NONE
  }

  /** The name that is signed in with. */
  public String user() {
    return switch (credentials) {
      case Credentials.None() -> "";
      case Credentials.Password(var user, _, _) -> user;
      case Credentials.BearerToken(var user, _) -> user;
    };
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "ImapServer[" + host + ":" + port + "]";
  }
}
