package io.leverans.web.channel;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.leverans.application.port.in.ChangeChannel.RetryChange;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedule.Flaw;
import io.leverans.domain.delivery.RetrySchedule.Part;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The field retrySchedule: two pauses and an end; null for those of the kind. */
record RetryScheduleField(JsonFields fields) {
  private static final String NAME = "retrySchedule";
  private static final String FIRST = "firstPause";
  private static final String LONGEST = "longestPause";
  private static final String GIVE_UP = "giveUpAfter";
  private static final List<String> FIELDS = List.of(FIRST, LONGEST, GIVE_UP);
  private static final WholeSeconds PAUSES =
      new WholeSeconds(Duration.ofSeconds(10), Duration.ofHours(12));
  private static final WholeSeconds ENDS =
      new WholeSeconds(Duration.ofMinutes(15), Duration.ofDays(30));
  private static final int MOST_ATTEMPTS = 1000;

  /** What it is to be changed to, if it is named. */
  static Optional<RetryChange> changed(JsonFields fields) {
    return fields.isNull(NAME)
        ? Optional.of(new RetryChange.Usual())
        : fields
            .find(NAME)
            .flatMap(field -> field.object(FIELDS))
            .flatMap(object -> new RetryScheduleField(object).read())
            .map(RetryChange.Own::new);
  }

  private Optional<RetrySchedule> read() {
    Optional<Duration> first = time(FIRST, PAUSES, "the pause after the first attempt");
    Optional<Duration> longest = time(LONGEST, PAUSES, "the longest pause");
    Optional<Duration> giveUp = time(GIVE_UP, ENDS, "how long mail is tried");
    if (first.isEmpty() || longest.isEmpty() || giveUp.isEmpty()) {
      return Optional.empty();
    }
    Optional<Flaw> flaw =
        RetrySchedule.flaw(first.get(), longest.get(), giveUp.get())
            .or(() -> tooOften(longest.get(), giveUp.get()));
    flaw.ifPresent(this::tell);
    return flaw.isPresent()
        ? Optional.empty()
        : Optional.of(new RetrySchedule(first.get(), longest.get(), giveUp.get()));
  }

  /** Each attempt is written down, and told. */
  private static Optional<Flaw> tooOften(Duration longest, Duration giveUp) {
    long attempts = giveUp.dividedBy(longest);
    return attempts <= MOST_ATTEMPTS
        ? Optional.empty()
        : Optional.of(
            new Flaw(
                Part.LONGEST,
                "mail would be tried about %d times, and %d are the most; make the longest pause %s or longer, or the give-up time shorter"
                    .formatted(
                        attempts,
                        MOST_ATTEMPTS,
                        Duration.ofSeconds(Math.ceilDiv(giveUp.toSeconds(), MOST_ATTEMPTS)))));
  }

  private void tell(Flaw flaw) {
    JsonField at =
        fields.get(
            switch (flaw.part()) {
              case FIRST -> FIRST;
              case LONGEST -> LONGEST;
              case GIVE_UP_AFTER -> GIVE_UP;
            });
    fields.findings().add(INVALID_FIELD, at.at(), flaw.words());
  }

  private Optional<Duration> time(String name, WholeSeconds times, String what) {
    return fields
        .require(name, what + ", such as PT1H")
        .flatMap(each -> each.read(INVALID_FIELD, text -> time(text, times)));
  }

  private static Duration time(String text, WholeSeconds times) {
    return times
        .read(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "This is a duration (ISO 8601) of whole seconds, from %s to %s, such as PT1H."
                        .formatted(times.least(), times.most())));
  }
}
