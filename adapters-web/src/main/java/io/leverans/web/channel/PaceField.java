package io.leverans.web.channel;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;
import static io.leverans.web.problem.ProblemType.OVER_LIMIT;

import io.leverans.application.port.in.ChangeChannel.PaceChange;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The field pace: a list of limits; null for those of the kind. */
record PaceField(JsonField field) {
  private static final int MAX_LIMITS = 10;
  private static final int MOST = 1_000_000;
  private static final WholeSeconds WINDOWS =
      new WholeSeconds(Duration.ofSeconds(1), Duration.ofDays(31));
  private static final List<String> FIELDS = List.of("atMost", "counted", "window");
  private static final String SOURCE = "set for this channel";

  /** What it is to be changed to, if it is named. */
  static Optional<PaceChange> changed(JsonFields fields) {
    return fields.isNull("pace")
        ? Optional.of(new PaceChange.Usual())
        : fields.find("pace").flatMap(field -> new PaceField(field).read());
  }

  private Optional<PaceChange> read() {
    List<JsonField> entries = field.entries();
    if (entries.size() > MAX_LIMITS) {
      field
          .findings()
          .add(OVER_LIMIT, field.at(), "A pace has at most %d limits.".formatted(MAX_LIMITS));
    }
    List<Limit> limits =
        entries.stream().limit(MAX_LIMITS).flatMap(entry -> limit(entry).stream()).toList();
    return Optional.of(new PaceChange.Own(new Pace(limits)));
  }

  private static Optional<Limit> limit(JsonField entry) {
    return entry.object(FIELDS).flatMap(PaceField::limit);
  }

  private static Optional<Limit> limit(JsonFields fields) {
    Optional<Integer> atMost =
        fields.require("atMost", "how many may pass").flatMap(each -> each.wholeNumber(1, MOST));
    Optional<Counted> counted =
        fields
            .require("counted", "what is counted, messages or recipients")
            .flatMap(each -> each.word(Counted.class));
    Optional<Duration> window =
        fields
            .require("window", "in how long, such as PT1M for a minute or P1D for a day")
            .flatMap(each -> each.read(INVALID_FIELD, PaceField::window));
    return atMost.isPresent() && counted.isPresent() && window.isPresent()
        ? Optional.of(new Limit(atMost.get(), counted.get(), window.get(), Scope.CHANNEL, SOURCE))
        : Optional.empty();
  }

  private static Duration window(String text) {
    return WINDOWS
        .read(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A window is a duration (ISO 8601) of whole seconds and up to 31 days, such as"
                        + " PT1S, PT1M, PT1H or P1D."));
  }
}
