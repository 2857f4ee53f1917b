package io.leverans.mail.smtp;

import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.HostLookup;
import io.leverans.mail.conversation.HostLookup.Place;
import io.leverans.mail.conversation.NextHopConnections;
import io.leverans.mail.conversation.Proof.Extension;
import io.leverans.mail.conversation.Proof.Fails;
import io.leverans.mail.conversation.Proof.Offers;
import io.leverans.mail.conversation.Proof.Stage;
import io.leverans.mail.conversation.Proof.Works;
import io.leverans.mail.conversation.ServerAddress;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.smtp.ServerSettings.ReturnPath;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries a channel against its server, for a person who waits. Safe for use by many threads. */
final class ServerProof {
  private static final int MOST_ADDRESSES = 3;
  private static final long MEGA = 1_000_000;

  private final HostLookup lookup;
  private final ChannelLines lines;
  private final Letterhead letterhead;

  ServerProof(HostLookup lookup, ChannelLines lines, Letterhead letterhead) {
    this.lookup = lookup;
    this.lines = lines;
    this.letterhead = letterhead;
  }

  Proof of(OpenChannel channel, Optional<EmailAddress> author) {
    ServerSettings server = ServerSettings.of(channel.settings());
    Proof proof =
        switch (lookup.find(server.host())) {
          case Place.At(var addresses) -> talk(server, addresses, author);
          case Place.OffLimits _ -> hostIsWrong(HostFaults.offLimits(server.host()));
          case Place.Nowhere(var words) -> hostIsWrong(HostFaults.nowhere(words));
          case Place.Untold(var words) -> hostIsWrong(HostFaults.untold(words));
        };
    lines.find(channel).ifPresent(line -> tell(line, proof));
    return proof;
  }

  /** Mail that waits for the password to be right need not find out again. */
  private static void tell(ChannelLine line, Proof proof) {
    switch (proof) {
      case Proof.Works _ -> line.letIn();
      case Proof.Fails(var fault, _, _, _) -> {
        if (fault.cause() == Cause.CREDENTIALS_REFUSED) {
          line.refused(fault);
        }
      }
    }
  }

  private static Proof hostIsWrong(ChannelFault fault) {
    return new Proof.Fails(fault, Optional.of(ServerForm.HOST), List.of());
  }

  private Proof talk(
      ServerSettings server, List<InetAddress> addresses, Optional<EmailAddress> author) {
    Transcript transcript = new Transcript();
    Optional<EmailAddress> sender =
        switch (letterhead.returnPath(server.returnPath())) {
          case IDENTITY -> author;
          case SIGNED -> Optional.of(letterhead.sampleReturnPath());
        };
    try (NextHopConnections connections = lines.forProof(server)) {
      var answer = ask(connections, server, addresses, sender, transcript);
      return switch (answer) {
        case Works(var offers, var hop) ->
            new Proof.Works(findings(offers, hop, sender), transcript.lines());
        case Fails failed -> failed(failed, server, sender, transcript);
      };
    }
  }

  /** The next address is asked only if the last one could not be reached at all. */
  private static io.leverans.mail.conversation.Proof ask(
      NextHopConnections connections,
      ServerSettings server,
      List<InetAddress> addresses,
      Optional<EmailAddress> sender,
      Transcript transcript) {
    List<InetAddress> some = addresses.stream().limit(MOST_ADDRESSES).toList();
    for (InetAddress address : some.subList(0, some.size() - 1)) {
      var answer = connections.prove(addressOf(server, address), sender, transcript);
      if (!(answer instanceof Fails failed) || failed.stage() != Stage.CONNECTION) {
        return answer;
      }
    }
    return connections.prove(addressOf(server, some.getLast()), sender, transcript);
  }

  private static ServerAddress addressOf(ServerSettings server, InetAddress address) {
    return new ServerAddress(server.host(), address, server.port());
  }

  private static Proof failed(
      Fails failed, ServerSettings server, Optional<EmailAddress> sender, Transcript transcript) {
    Certainty certainty =
        switch (failed.outcome()) {
          case Outcome.NotTried(var fault, _) -> fault.certainty();
          case Outcome.Rejected _ -> Certainty.CERTAIN;
          case Outcome.Deferred _,
              Outcome.InDoubt _,
              Outcome.Accepted _,
              Outcome.HeldBack _,
              Outcome.Rerouted _ ->
              Certainty.PRESUMED;
        };
    boolean refused = failed.outcome() instanceof Outcome.Rejected;
    boolean refusesSender = failed.stage() == Stage.SENDER && refused;
    var fault =
        new ChannelFault(
            refusesSender ? Cause.SENDER_REJECTED : failed.cause(),
            failed.words(),
            refusesSender ? remedyForSender(server, sender) : failed.remedy(),
            certainty);
    return new Proof.Fails(fault, field(failed, server), transcript.lines());
  }

  private static String remedyForSender(ServerSettings server, Optional<EmailAddress> sender) {
    return switch (server.returnPath()) {
      case SIGNED ->
          "The server lets no return path of the platform through. Switch bounces to the platform"
              + " off, or ask the server's admin to allow it.";
      case IDENTITY ->
          "The server does not let %s through; it may let others. Sign in as the user whom the"
                  .formatted(sender.map(EmailAddress::toString).orElse("this sender"))
              + " address belongs to, or ask the server's admin to let that user send as it.";
    };
  }

  private static Optional<String> field(Fails failed, ServerSettings server) {
    return switch (failed.stage()) {
      case CONNECTION -> Optional.of(ServerForm.HOST);
      case GREETING, HELLO -> Optional.of(ServerForm.PORT);
      case ENCRYPTION -> Optional.of(ServerForm.SECURITY);
      case SIGN_IN -> Optional.of(signInField(failed.cause(), server));
      case SENDER -> senderField(failed.cause(), server);
    };
  }

  private static String signInField(Cause cause, ServerSettings server) {
    if (cause == Cause.TLS_FAILURE) {
      return ServerForm.SECURITY;
    }
    return switch (server.credentials()) {
      case Credentials.None _ -> ServerForm.USERNAME;
      case Credentials.Password _ -> ServerForm.PASSWORD;
      case Credentials.BearerToken _ -> ServerForm.AUTH;
    };
  }

  private static Optional<String> senderField(Cause cause, ServerSettings server) {
    if (cause == Cause.CREDENTIALS_REFUSED || cause == Cause.TLS_FAILURE) {
      return Optional.of(signInField(cause, server));
    }
    return server.returnPath() == ReturnPath.SIGNED
        ? Optional.of(ServerForm.VERP)
        : Optional.empty();
  }

  private static List<String> findings(Offers offers, NextHop hop, Optional<EmailAddress> sender) {
    List<String> findings = new ArrayList<>();
    findings.add(
        switch (hop.security()) {
          case Security.Encrypted(var protocol, var problem) ->
              "The connection is encrypted with "
                  + protocol
                  + problem.map(words -> ", although " + words).orElse("")
                  + ".";
          case Security.Plain(var why) -> "The connection is not encrypted: " + why + ".";
        });
    offers
        .largestMessage()
        .ifPresent(
            octets ->
                findings.add(
                    octets < MEGA
                        ? "The server takes messages up to %d bytes.".formatted(octets)
                        : "The server takes messages up to %d MB.".formatted(octets / MEGA)));
    findings.add(
        offers.extensions().contains(Extension.SMTPUTF8)
            ? "Addresses with letters beyond ASCII can be written to."
            : "Addresses with letters beyond ASCII before the @ cannot be written to: the server"
                + " offers no SMTPUTF8.");
    if (offers.extensions().contains(Extension.DSN)) {
      findings.add("The server reports on mail that fails or is late (DSN).");
    }
    findings.add(
        sender
            .map(address -> "The server lets " + address + " through as the sender.")
            .orElse("No sender was tried: the server may let through only some."));
    return findings;
  }
}
