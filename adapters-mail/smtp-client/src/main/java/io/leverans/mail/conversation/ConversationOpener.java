package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.Proof.Stage;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.Optional;

/**
 * Opens conversations: connects, encrypts, says hello and signs in, as the options want it. Safe
 * for use by many threads.
 */
final class ConversationOpener {
  private final ConversationOptions options;
  private final ServerTls tls;
  private final Sessions sessions;

  ConversationOpener(ConversationOptions options) {
    this.options = options;
    tls = new ServerTls(options.trust());
    sessions = new Sessions(tls);
  }

  /**
   * Opens one.
   *
   * @throws NotEstablishedException if the server cannot be brought to take commands
   */
  Conversation open(ServerAddress server, Transcript transcript) throws NotEstablishedException {
    Encryption encryption = options.encryption();
    try {
      return open(server, encryption, new Security.Plain(whyInPlain(encryption)), transcript);
    } catch (NotEstablishedException failed) {
      if (!mayFallBack(failed)) {
        throw failed;
      }
      String why = OutcomeWords.of(failed.result().outcome());
      transcript.note("encryption failed; connecting anew in plain");
      return open(
          server, Encryption.NEVER, new Security.Plain("encryption failed: " + why), transcript);
    }
  }

  private static String whyInPlain(Encryption encryption) {
    return switch (encryption) {
      case NEVER -> "switched off";
      case WHEN_OFFERED, STARTTLS_REQUIRED, IMPLICIT -> "the server offers no encryption";
    };
  }

  private boolean mayFallBack(NotEstablishedException failed) {
    return options.encryption() == Encryption.WHEN_OFFERED
        && options.trust() instanceof Trust.Anyone
        && failed.stage() == Stage.ENCRYPTION;
  }

  private Conversation open(
      ServerAddress server, Encryption encryption, Security unlessEncrypted, Transcript transcript)
      throws NotEstablishedException {
    transcript.note("connecting to " + server);
    GuardedSocket socket = connected(server, transcript);
    socket.setSecurity(unlessEncrypted);
    CommandLine line =
        new CommandLine(sessions.with(encryption), server, socket, options, transcript);
    var diagnosis = new Diagnosis(server, options, line, transcript);
    try {
      if (encryption == Encryption.IMPLICIT) {
        line.encryptFirst(tls, server.host());
      }
      line.begin();
      if (encryption == Encryption.STARTTLS_REQUIRED && !line.isEncrypted()) {
        throw diagnosis.fault(Stage.ENCRYPTION, new Faults(server).noStartTls());
      }
      Optional<Outcome> notSignedIn = new SignIn(line, server, options).run();
      if (notSignedIn.isPresent()) {
        throw diagnosis.fault(Stage.SIGN_IN, notSignedIn.get());
      }
      return new Conversation(server, options, line, socket);
    } catch (NotEstablishedException failed) {
      line.quit();
      throw failed;
    } catch (LinkLostException lost) {
      socket.drop();
      throw diagnosis.lostInSignIn(lost);
    } catch (MessagingException | IOException failed) {
      socket.drop();
      throw diagnosis.of(failed, () -> answersInTls(server, transcript));
    } catch (RuntimeException | Error broken) {
      socket.drop();
      throw broken;
    }
  }

  /** Whether a server that says nothing in clear wants to be spoken with in TLS. */
  private boolean answersInTls(ServerAddress server, Transcript transcript) {
    transcript.note("no word in clear; asking in TLS");
    try (GuardedSocket socket = new GuardedSocket(server, Watchdog.SHARED)) {
      socket.open(options.timeouts().connect());
      socket.allow(options.timeouts().connect());
      socket.encrypt(new ServerTls(new Trust.Anyone()), server.host());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private GuardedSocket connected(ServerAddress server, Transcript transcript)
      throws NotEstablishedException {
    GuardedSocket socket = null;
    try {
      socket = new GuardedSocket(server, Watchdog.SHARED);
      socket.open(options.timeouts().connect());
      return socket;
    } catch (IOException unreachable) {
      boolean late = socket != null && socket.wasCutOff();
      if (socket != null) {
        socket.drop();
      }
      String why = late ? "no answer came in time" : String.valueOf(unreachable.getMessage());
      String words = "No connection to %s: %s".formatted(server, why);
      transcript.note(words);
      Outcome outcome =
          new Verdicts(server, options).brokenBeforeHandOver(Cause.NETWORK_FAILURE, words);
      throw new NotEstablishedException(
          new Exchange.NotEstablished(outcome, Optional.empty()), Stage.CONNECTION);
    }
  }
}
