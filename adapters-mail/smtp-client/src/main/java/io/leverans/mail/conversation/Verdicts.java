package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.reply.LaneSigns;
import io.leverans.mail.reply.NamedWait;
import io.leverans.mail.reply.Phase;
import io.leverans.mail.reply.ReplyClassifier;
import io.leverans.mail.reply.ServerReply;
import java.time.Duration;
import java.util.Optional;

/** Turns what a server answered, or did not answer, into an outcome: by code and phase. */
final class Verdicts {
  private static final int SIGN_IN_REQUIRED = 530;

  private final ReplyClassifier classifier = new ReplyClassifier();
  private final String host;
  private final ConversationOptions options;
  private final Faults faults;

  Verdicts(ServerAddress server, ConversationOptions options) {
    this.host = server.host();
    this.options = options;
    this.faults = new Faults(server);
  }

  /** What a reply means that can be taken back: nothing has been handed over. */
  Outcome refusal(Reply reply, Phase phase) {
    Optional<String> status = reply.status();
    ServerReply heard = ServerReply.heard(reply.code(), status, reply.text(), phase).from(host);
    Cause cause = classifier.causeOf(heard);
    return switch (reply.code() / 100) {
      case 4 ->
          new Outcome.Deferred(
              failure(cause, reply.words(), status),
              NamedWait.in(reply.text()),
              LaneSigns.of(heard));
      case 5 ->
          refusesUsAndNotTheMail(reply, cause, phase)
              ? faults.notLetIn(reply, cause, options.credentials())
              : new Outcome.Rejected(failure(cause, reply.words(), status));
      default -> unintelligible(reply, phase);
    };
  }

  private boolean refusesUsAndNotTheMail(Reply reply, Cause cause, Phase phase) {
    return switch (options.peer()) {
      case STRANGER -> false;
      case OWN_SERVER ->
          switch (phase) {
            case CONNECT, GREETING, HELLO, TLS, AUTH -> true;
            case MAIL, RCPT ->
                reply.code() == SIGN_IN_REQUIRED || cause == Cause.CREDENTIALS_REFUSED;
            case DATA, CONTENT -> false;
          };
    };
  }

  /** What the reply to the final dot means. */
  Outcome afterHandOver(Reply reply, Evidence evidence) {
    return switch (reply.code() / 100) {
      case 2 -> new Outcome.Accepted(evidence, reply.text());
      case 4, 5 -> refusal(reply, Phase.CONTENT);
      default ->
          new Outcome.InDoubt(
              failure(
                  Cause.PROTOCOL_ERROR,
                  "The answer to the end of the message makes no sense: " + reply.words(),
                  Optional.empty()));
    };
  }

  /** The link broke, or the other side spoke otherwise than agreed. */
  Outcome brokenBeforeHandOver(Cause cause, String words) {
    return deferred(
        cause, words, cause == Cause.NETWORK_FAILURE ? LaneSign.OUT_OF_REACH : LaneSign.ANSWERS);
  }

  /** It was ours not to go on. */
  Outcome notGoneOnWith(Cause cause, String words) {
    return deferred(cause, words, LaneSign.NOTHING);
  }

  private Outcome deferred(Cause cause, String words, LaneSign sign) {
    return new Outcome.Deferred(failure(cause, words, Optional.empty()), Optional.empty(), sign);
  }

  Outcome brokenAfterHandOver(Cause cause, String words) {
    return new Outcome.InDoubt(failure(cause, words, Optional.empty()));
  }

  Outcome notPermitted(Permission permission) {
    return switch (permission) {
      case GO -> throw new IllegalArgumentException("GO is a permission");
      case LEASE_LOST ->
          notGoneOnWith(
              Cause.UNDETERMINED,
              "The connection was dropped before the end of the message: the attempt was no longer"
                  + " ours.");
      case CANCELLED ->
          notGoneOnWith(
              Cause.CANCELLED,
              "The connection was dropped before the end of the message: it was withdrawn.");
      case LANE_CLOSED -> new Outcome.HeldBack(Duration.ZERO);
    };
  }

  Outcome ownRefusal(Cause cause, String words) {
    return new Outcome.Rejected(failure(cause, words, Optional.empty()));
  }

  private Outcome unintelligible(Reply reply, Phase phase) {
    return brokenBeforeHandOver(
        Cause.PROTOCOL_ERROR,
        "The answer in the phase " + phase + " makes no sense: " + reply.words());
  }

  private Failure failure(Cause cause, String words, Optional<String> status) {
    return new Failure(cause, words, status, Optional.of(host));
  }
}
