package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.ConversationOptions.Peer;
import io.leverans.mail.conversation.Proof.Stage;
import io.leverans.mail.reply.Phase;
import java.io.EOFException;
import java.net.SocketException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLHandshakeException;

/** Tells why a conversation did not come about on a connection that stood. */
final class Diagnosis {
  private static final String TLS_ALERT = "\u0015\u0003";

  private final ServerAddress server;
  private final ConversationOptions options;
  private final CommandLine line;
  private final Transcript transcript;
  private final Verdicts verdicts;
  private final Faults faults;

  Diagnosis(
      ServerAddress server, ConversationOptions options, CommandLine line, Transcript transcript) {
    this.server = server;
    this.options = options;
    this.line = line;
    this.transcript = transcript;
    this.verdicts = new Verdicts(server, options);
    this.faults = new Faults(server);
  }

  /** The channel is at fault, as told. */
  NotEstablishedException fault(Stage stage, Outcome outcome) {
    transcript.note(OutcomeWords.of(outcome));
    return notEstablished(stage, outcome);
  }

  NotEstablishedException lostInSignIn(LinkLostException lost) {
    return fault(Stage.SIGN_IN, verdicts.brokenBeforeHandOver(lost.reason(), lost.words()));
  }

  /**
   * @param answersInTls asks the server once more, in TLS
   */
  NotEstablishedException of(Exception failed, BooleanSupplier answersInTls) {
    Stage stage = stageOf(line.phase());
    Reply reply = line.lastReply();
    boolean answered = reply.code() != Reply.NONE && !reply.isPositive();
    if (answered) {
      return notEstablished(stage, meaningOf(reply, stage));
    }
    String words = line.loss(failed).after("the " + placeOf(line.phase()));
    transcript.note(words);
    if (stage == Stage.ENCRYPTION) {
      return notEstablished(
          stage,
          faultOfEncryption(failed)
              .orElseGet(() -> verdicts.brokenBeforeHandOver(Cause.TLS_FAILURE, words)));
    }
    if (stage == Stage.GREETING && expectsTls(reply, answersInTls)) {
      return fault(stage, faults.expectsTls());
    }
    boolean spoke = !reply.lines().isEmpty();
    return notEstablished(
        stage,
        verdicts.brokenBeforeHandOver(spoke ? Cause.PROTOCOL_ERROR : Cause.NETWORK_FAILURE, words));
  }

  private Outcome meaningOf(Reply reply, Stage stage) {
    boolean refusesToEncrypt = stage == Stage.ENCRYPTION && reply.code() / 100 == 5;
    return refusesToEncrypt && options.encryption() == Encryption.STARTTLS_REQUIRED
        ? faults.startTlsRefused(reply)
        : verdicts.refusal(reply, line.phase());
  }

  /** Nothing, for trouble of the network. */
  private Optional<Outcome> faultOfEncryption(Exception failed) {
    if (options.trust() instanceof Trust.Anyone) {
      return Optional.empty();
    }
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UntrustedServerException untrusted -> {
          return Optional.of(faults.untrusted(untrusted.problem()));
        }
        case ClearSpeechException clear -> {
          return Optional.of(
              options.encryption() == Encryption.IMPLICIT
                  ? faults.speaksClearFirst(clear.said())
                  : faults.wentOnInClear(clear.said()));
        }
        case SSLHandshakeException handshake -> {
          boolean cutShort =
              line.wasCutOff()
                  || handshake.getCause() instanceof EOFException
                  || handshake.getCause() instanceof SocketException;
          return cutShort
              ? Optional.empty()
              : Optional.of(faults.handshakeRefused(String.valueOf(handshake.getMessage())));
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private boolean expectsTls(Reply reply, BooleanSupplier answersInTls) {
    return options.peer() == Peer.OWN_SERVER
        && options.encryption() != Encryption.IMPLICIT
        && (reply.lines().isEmpty()
            ? answersInTls.getAsBoolean()
            : reply.lines().getFirst().startsWith(TLS_ALERT));
  }

  private NotEstablishedException notEstablished(Stage stage, Outcome outcome) {
    var nextHop = new NextHop(server.host(), server.numeric(), line.security());
    return new NotEstablishedException(
        new Exchange.NotEstablished(outcome, Optional.of(nextHop)), stage);
  }

  private static Stage stageOf(Phase phase) {
    return switch (phase) {
      case CONNECT, GREETING -> Stage.GREETING;
      case HELLO -> Stage.HELLO;
      case TLS -> Stage.ENCRYPTION;
      case AUTH -> Stage.SIGN_IN;
      case MAIL, RCPT, DATA, CONTENT -> Stage.SENDER;
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
}
