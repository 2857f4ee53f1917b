package io.leverans.domain.bounce;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a token, which travels with the mail for all to read, may say how often. The same mail
 * counts once for a delivery, whatever was tried since. Within one hand-over the same word counts
 * once as well, except that something is late, which servers say again and again; and of words that
 * move nothing there are so many.
 */
public final class Replays {
  static final int MOST_TOLD = 20;

  private Replays() {}

  /** Whether a word is about the latest hand-over. */
  public enum When {
    SINCE_THE_LATEST_HAND_OVER,
    BEFORE
  }

  /** How the mail that said it compares with another. */
  public enum Mail {
    THE_SAME,
    ANOTHER
  }

  /** What was said of a delivery before, by a report that had an effect. */
  public record Heard(ReportVerdict word, Optional<String> subject, When when, Mail mail) {
    public Heard {
      Objects.requireNonNull(word);
      Objects.requireNonNull(subject);
      Objects.requireNonNull(when);
      Objects.requireNonNull(mail);
    }
  }

  /**
   * Why the word has no effect; empty if it has.
   *
   * @param subject of the mail that says it
   */
  public static Optional<Unapplied> objection(
      List<Heard> earlier, ReportVerdict word, Optional<String> subject) {
    List<Heard> ofThisHandOver =
        earlier.stream().filter(heard -> heard.when() == When.SINCE_THE_LATEST_HAND_OVER).toList();
    boolean saidBefore =
        earlier.stream().anyMatch(heard -> heard.mail() == Mail.THE_SAME)
            || ofThisHandOver.stream().anyMatch(heard -> saysTheSame(heard, word, subject));
    return saidBefore || isOneTooMany(ofThisHandOver, word)
        ? Optional.of(Unapplied.REPLAYED)
        : Optional.empty();
  }

  private static boolean saysTheSame(Heard heard, ReportVerdict word, Optional<String> subject) {
    return switch (word) {
      case ReportVerdict.Moves(DeliveryFact fact, Failure failure) ->
          heard.word() instanceof ReportVerdict.Moves(DeliveryFact before, Failure why)
              && before == fact
              && (fact != DeliveryFact.BOUNCE_REPORTED || why.cause() == failure.cause());
      case ReportVerdict.Tells(ReportVerdict.Note note, var _) ->
          note != ReportVerdict.Note.DELAYED
              && heard.word() instanceof ReportVerdict.Tells(ReportVerdict.Note before, var _)
              && before == note
              && heard.subject().equals(subject);
      case ReportVerdict.SaysNothing _, ReportVerdict.OfSomebodyElse _ -> false;
    };
  }

  private static boolean isOneTooMany(List<Heard> ofThisHandOver, ReportVerdict word) {
    return word instanceof ReportVerdict.Tells
        && ofThisHandOver.stream()
                .filter(heard -> heard.word() instanceof ReportVerdict.Tells)
                .count()
            >= MOST_TOLD;
  }
}
