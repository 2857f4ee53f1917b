package io.leverans.web.channel;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.leverans.application.port.in.ChangeChannel.RetryChange;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedule.Flaw;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The field retrySchedule: two pauses and an end; null for those of the kind. */
record RetryScheduleField(JsonFields fields) {
  private static final String NAME = "retrySchedule";
  private static final String FIRST = "firstPause";
  private static final String LONGEST = "longestPause";
  private static final String GIVE_UP = "giveUpAfter";
  private static final List<String> FIELDS = List.of(FIRST, LONGEST, GIVE_UP);
  private static final Duration LONGEST_TIME = Duration.ofDays(30);

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
    Optional<Duration> first = time(FIRST, "the pause after the first attempt, such as PT5M");
    Optional<Duration> longest = time(LONGEST, "the longest pause, such as PT4H");
    Optional<Duration> giveUp = time(GIVE_UP, "how long mail is tried, such as P2D");
    if (first.isEmpty() || longest.isEmpty() || giveUp.isEmpty()) {
      return Optional.empty();
    }
    Optional<Flaw> flaw = RetrySchedule.flaw(first.get(), longest.get(), giveUp.get());
    flaw.ifPresent(this::tell);
    return flaw.isPresent()
        ? Optional.empty()
        : Optional.of(new RetrySchedule(first.get(), longest.get(), giveUp.get()));
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

  private Optional<Duration> time(String name, String what) {
    return fields
        .require(name, what)
        .flatMap(each -> each.read(INVALID_FIELD, RetryScheduleField::time));
  }

  private static Duration time(String text) {
    try {
      Duration time = Duration.parse(text);
      boolean wholeSeconds = time.equals(time.truncatedTo(ChronoUnit.SECONDS));
      if (wholeSeconds && time.isPositive() && time.compareTo(LONGEST_TIME) <= 0) {
        return time;
      }
    } catch (DateTimeParseException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "This is a duration (ISO 8601) of whole seconds, from one second to 30 days, such as PT5M,"
            + " PT4H or P2D.");
  }
}
