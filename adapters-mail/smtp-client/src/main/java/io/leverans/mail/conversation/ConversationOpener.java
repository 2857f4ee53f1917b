package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.NotEstablishedException.Stage;
import io.leverans.mail.mime.ReplyClassifier.Phase;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.Optional;

/** Opens conversations, in plain where encryption fails. Safe for use by many threads. */
final class ConversationOpener {
  private final ConversationOptions options;
  private final Watchdog watchdog;
  private final Session encrypting;
  private final Session plain;

  ConversationOpener(ConversationOptions options, Watchdog watchdog) {
    this.options = options;
    this.watchdog = watchdog;
    OpportunisticTls tls = new OpportunisticTls();
    encrypting = CommandLine.session(tls, Encryption.WHEN_OFFERED);
    plain = CommandLine.session(tls, Encryption.NEVER);
  }

  /**
   * Connects and says hello.
   *
   * @throws NotEstablishedException if the server cannot be brought to take commands
   */
  Conversation open(ServerAddress server, Transcript transcript) throws NotEstablishedException {
    return switch (options.encryption()) {
      case NEVER -> open(server, plain, new Security.Plain("switched off"), transcript);
      case WHEN_OFFERED -> {
        try {
          var offersNone = new Security.Plain("the server offers no encryption");
          yield open(server, encrypting, offersNone, transcript);
        } catch (NotEstablishedException failed) {
          if (failed.stage() != Stage.ENCRYPTING) {
            throw failed;
          }
          String why = words(failed.result().outcome());
          transcript.note("encryption failed; connecting anew in plain");
          yield open(server, plain, new Security.Plain("encryption failed: " + why), transcript);
        }
      }
    };
  }

  private Conversation open(
      ServerAddress server, Session session, Security unlessEncrypted, Transcript transcript)
      throws NotEstablishedException {
    transcript.note("connecting to " + server);
    GuardedSocket socket = connected(server, transcript);
    socket.setSecurity(unlessEncrypted);
    CommandLine line = new CommandLine(session, server, socket, options, transcript);
    try {
      line.begin();
      return new Conversation(server, options.timeouts(), line);
    } catch (MessagingException failed) {
      socket.drop();
      throw notWelcome(server, line, failed, transcript);
    } catch (RuntimeException | Error broken) {
      socket.drop();
      throw broken;
    }
  }

  private GuardedSocket connected(ServerAddress server, Transcript transcript)
      throws NotEstablishedException {
    GuardedSocket socket = null;
    try {
      socket = new GuardedSocket(server, watchdog);
      socket.open(options.timeouts().connect());
      return socket;
    } catch (IOException unreachable) {
      boolean late = socket != null && socket.wasCutOff();
      if (socket != null) {
        socket.drop();
      }
      String why = late ? "no answer came in time" : String.valueOf(unreachable.getMessage());
      throw notConnected(server, why, transcript);
    }
  }

  private static NotEstablishedException notConnected(
      ServerAddress server, String why, Transcript transcript) {
    String words = "No connection to %s: %s".formatted(server, why);
    transcript.note(words);
    Outcome outcome =
        new Verdicts(server.host()).brokenBeforeHandOver(Cause.NETWORK_FAILURE, words);
    return new NotEstablishedException(
        new Exchange.NotEstablished(outcome, Optional.empty()), Stage.IN_PLAIN);
  }

  private static NotEstablishedException notWelcome(
      ServerAddress server, CommandLine line, MessagingException failed, Transcript transcript) {
    Verdicts verdicts = new Verdicts(server.host());
    Reply reply = line.lastReply();
    Stage stage = line.phase() == Phase.TLS ? Stage.ENCRYPTING : Stage.IN_PLAIN;
    boolean answered = reply.code() != Reply.NONE && !reply.isPositive();
    Outcome outcome;
    if (answered) {
      outcome = verdicts.refusal(reply, line.phase());
    } else {
      String words = line.describe("the " + placeOf(line.phase()), failed);
      transcript.note(words);
      outcome = verdicts.brokenBeforeHandOver(causeOf(stage, reply), words);
    }
    var nextHop = new NextHop(server.host(), server.numeric(), line.security());
    return new NotEstablishedException(
        new Exchange.NotEstablished(outcome, Optional.of(nextHop)), stage);
  }

  private static Cause causeOf(Stage stage, Reply reply) {
    boolean spoke = reply.code() == Reply.NONE && !reply.lines().isEmpty();
    return switch (stage) {
      case ENCRYPTING -> Cause.TLS_FAILURE;
      case IN_PLAIN -> spoke ? Cause.PROTOCOL_ERROR : Cause.NETWORK_FAILURE;
    };
  }

  private static String placeOf(Phase phase) {
    return switch (phase) {
      case CONNECT, GREETING -> "connection was made";
      case HELLO -> "hello";
      case TLS -> "request to encrypt";
      case AUTH -> "sign-in";
      case MAIL, RCPT, DATA, CONTENT -> "first command";
    };
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Deferred(var failure, _) -> failure.words();
      case Outcome.Rejected(var failure) -> failure.words();
      case Outcome.InDoubt(var failure) -> failure.words();
      case Outcome.Accepted(_, var reference) -> reference;
      case Outcome.NotTried(var fault, _) -> fault.words();
    };
  }
}
