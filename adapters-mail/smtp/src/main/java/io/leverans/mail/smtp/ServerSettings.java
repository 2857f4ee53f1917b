package io.leverans.mail.smtp;

import io.leverans.domain.channel.ChannelSettings;
import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.Trust;
import io.leverans.mail.smtp.imap.ImapServer;
import java.util.Locale;
import java.util.Optional;

/**
 * A customer's server, as its channel has it.
 *
 * @param host a name in A-labels or an address
 * @param ehloName the name to say hello with, if it must be another than the deployment's
 * @param connections at most so many at a time from all nodes together
 * @param mailbox where bounces are read, if the owner wants it
 */
record ServerSettings(
    String host,
    int port,
    Security security,
    Credentials credentials,
    Trust trust,
    Optional<String> ehloName,
    ReturnPath returnPath,
    int connections,
    Optional<ImapServer> mailbox) {

  /** How the connection is encrypted. */
  enum Security {
    /** From the first byte. */
    TLS,
    /** After STARTTLS, or not at all. */
    STARTTLS,
    /** With STARTTLS where the server offers it. */
    IF_OFFERED,
    /** Never. */
    NONE;

    /** What holds on a port unless something else is chosen (RFC 8314 §3.3, RFC 6409). */
    static Security usualOn(int port) {
      return switch (port) {
        case FormReader.IMPLICIT_TLS, FormReader.IMPLICIT_TLS_TOO -> TLS;
        case FormReader.RELAY -> IF_OFFERED;
        default -> STARTTLS;
      };
    }
  }

  /** How to sign in. */
  enum Auth {
    NONE,
    /** PLAIN or LOGIN, as the server offers. */
    PASSWORD,
    PLAIN,
    LOGIN,
    NTLM,
    /** By access that the owner of the account gives on a page of the provider's. */
    OAUTH
  }

  /** Where reports on undeliverable mail go. */
  enum ReturnPath {
    /** To the identity's address. */
    IDENTITY,
    /** To a signed address at the platform's domain, another for each recipient. */
    SIGNED
  }

  /**
   * The settings of a channel as {@link FormReader} left them, with its secrets.
   *
   * @throws IllegalArgumentException if it did not
   */
  static ServerSettings of(ChannelSettings stored) {
    return switch (FormReader.read(stored.values())) {
      case FormReader.Reading.Usable(var server, _, _) -> server;
      case FormReader.Reading.WithoutAccess _ ->
          throw new IllegalArgumentException("a stored channel has no access");
      case FormReader.Reading.Unusable(var problems) ->
          throw new IllegalArgumentException("a stored channel cannot be read: " + problems);
    };
  }

  /** That of a channel, whose secrets need not be there. */
  static ReturnPath returnPathOf(ChannelSettings stored) {
    return stored
        .find(ServerForm.VERP)
        .filter(ServerForm.ON::equals)
        .map(_ -> ReturnPath.SIGNED)
        .orElse(ReturnPath.IDENTITY);
  }

  /** How many connections a channel may have at a time, from all nodes together. */
  static int connectionsOf(ChannelSettings stored) {
    return stored
        .find(ServerForm.CONNECTIONS)
        .map(Integer::valueOf)
        .orElse(ServerForm.USUAL_CONNECTIONS);
  }

  /** As settings write it. */
  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "ServerSettings[" + host + ":" + port + "]";
  }
}
