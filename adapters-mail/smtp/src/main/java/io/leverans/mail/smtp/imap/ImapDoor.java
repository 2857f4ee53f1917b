package io.leverans.mail.smtp.imap;

import io.leverans.domain.delivery.ChannelFault;
import io.leverans.mail.conversation.HostLookup;
import io.leverans.mail.conversation.HostLookup.Place;
import io.leverans.mail.conversation.ServerAddress;
import io.leverans.mail.conversation.Timeouts;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.conversation.UntrustedServerException;
import io.leverans.mail.smtp.imap.ImapFaultException.Stage;
import io.leverans.mail.smtp.imap.ImapSession.Welcome;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Gets us in: finds the server, connects, encrypts and signs in. Safe for use by many threads. */
public final class ImapDoor {
  private static final int MOST_ADDRESSES = 3;
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

  private final HostLookup lookup;
  private final HostWords words;

  /**
   * A way in.
   *
   * @param lookup finds addresses that may be connected to
   */
  public ImapDoor(HostLookup lookup, HostWords words) {
    this.lookup = lookup;
    this.words = words;
  }

  /** What is wrong with a host before anybody was connected to. */
  public record HostWords(
      Function<String, ChannelFault> offLimits,
      Function<String, ChannelFault> nowhere,
      Function<String, ChannelFault> untold) {}

  /**
   * Gets in.
   *
   * @throws ImapFaultException if it does not come to that, and says why
   */
  ImapSession open(ImapServer server, Timeouts timeouts, Transcript transcript) throws IOException {
    return switch (lookup.find(server.host())) {
      case Place.At(var addresses) -> open(server, addresses, timeouts, transcript);
      case Place.OffLimits _ ->
          throw ImapFaultException.of(words.offLimits().apply(server.host()), Stage.CONNECTION);
      case Place.Nowhere(var told) ->
          throw ImapFaultException.of(words.nowhere().apply(told), Stage.CONNECTION);
      case Place.Untold(var told) ->
          throw ImapFaultException.of(words.untold().apply(told), Stage.CONNECTION);
    };
  }

  private static ImapSession open(
      ImapServer server, List<InetAddress> addresses, Timeouts timeouts, Transcript transcript)
      throws IOException {
    ImapLink link = connected(server, addresses, timeouts, transcript);
    try {
      return signedIn(new ImapSession(link), server);
    } catch (IOException | RuntimeException broken) {
      link.close();
      throw broken;
    }
  }

  private static ImapLink connected(
      ImapServer server, List<InetAddress> addresses, Timeouts timeouts, Transcript transcript)
      throws ImapFaultException {
    IOException failure = new IOException("the host has no address");
    for (InetAddress address : addresses.stream().limit(MOST_ADDRESSES).toList()) {
      try {
        return ImapLink.open(
            new ServerAddress(server.host(), address, server.port()),
            timeouts.connect(),
            shorter(timeouts.command()),
            transcript);
      } catch (IOException unreachable) {
        failure = unreachable;
      }
    }
    throw ImapFaultException.network(
        Stage.CONNECTION,
        "No connection to %s:%d: %s".formatted(server.host(), server.port(), failure.getMessage()));
  }

  private static Duration shorter(Duration time) {
    return time.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : time;
  }

  private static ImapSession signedIn(ImapSession session, ImapServer server) throws IOException {
    if (server.security() == ImapServer.Security.TLS) {
      encrypt(session, server);
    }
    Welcome welcome = session.greeting();
    session.askCapabilities();
    if (server.security() == ImapServer.Security.STARTTLS) {
      startTls(session, server);
      session.askCapabilities();
    }
    if (welcome == Welcome.SIGN_IN) {
      new ImapSignIn(session, server).run();
      session.askCapabilities();
    }
    return session;
  }

  private static void startTls(ImapSession session, ImapServer server) throws IOException {
    if (!session.offers("STARTTLS") || !session.command("STARTTLS").isOk()) {
      throw ImapFaultException.encryption(
          "The server offers no STARTTLS.",
          "Choose TLS from the start for the mailbox, mostly on port 993.");
    }
    encrypt(session, server);
  }

  private static void encrypt(ImapSession session, ImapServer server) throws IOException {
    try {
      session.link().encrypt(server.host(), server.trust());
    } catch (UntrustedServerException untrusted) {
      throw ImapFaultException.encryption(
          "The server is not trusted: " + untrusted.getMessage() + ".", untrusted.remedy());
    } catch (IOException failed) {
      throw ImapFaultException.encryption(
          "Encryption failed: " + failed.getMessage(),
          "Check the mailbox's port and encryption: 993 is encrypted from the start, 143 by"
              + " STARTTLS.");
    }
  }
}
