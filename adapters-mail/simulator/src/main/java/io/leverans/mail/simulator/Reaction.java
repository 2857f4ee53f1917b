package io.leverans.mail.simulator;

import java.util.List;
import java.util.Optional;

/** What the simulated server does for one recipient during the conversation and after it. */
sealed interface Reaction {

  record Accept() implements Reaction {}

  /** Answers RCPT with these lines every time. */
  record RefuseRecipient(List<String> reply) implements Reaction {}

  /** Answers RCPT with these lines the first time that a sender names the recipient. */
  record RefuseRecipientOnce(List<String> reply) implements Reaction {}

  /** Answers the final dot with this line; the message does not count as arrived. */
  record RefuseMessage(String reply) implements Reaction {}

  /** Hangs up right after its answer to DATA, the first time that a sender names the recipient. */
  record DropInData() implements Reaction {}

  record DropAfterDot() implements Reaction {}

  record NeverAnswer() implements Reaction {}

  record AnswerLate() implements Reaction {}

  /** Takes the mail and writes to its return path afterwards. */
  record AcceptThen(Optional<ReportShape> shape, List<FollowUp> followUps) implements Reaction {}

  static Reaction refuse(String... reply) {
    return new RefuseRecipient(List.of(reply));
  }

  static Reaction refuseOnce(String... reply) {
    return new RefuseRecipientOnce(List.of(reply));
  }

  static Reaction refuseMessage(String reply) {
    return new RefuseMessage(reply);
  }

  static Reaction acceptThen(FollowUp... followUps) {
    return new AcceptThen(Optional.empty(), List.of(followUps));
  }

  static Reaction acceptThen(ReportShape shape, FollowUp... followUps) {
    return new AcceptThen(Optional.of(shape), List.of(followUps));
  }
}
