package io.leverans.bootstrap.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Takes the time of one kind of work, by how it ended. Safe for use by many threads. */
final class Stopwatch {
  private static final String FAILED = "failed";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry registry;
  private final String name;
  private final String meaning;

  /**
   * Shows each of the results from the start, and "failed" for what ended with an exception.
   *
   * @param meaning in words for the operator
   */
  Stopwatch(MeterRegistry registry, String name, String meaning, String... results) {
    this.registry = registry;
    this.name = name;
    this.meaning = meaning;
    Stream.concat(Arrays.stream(results), Stream.of(FAILED)).forEach(this::timer);
  }

  <R> R time(Supplier<R> work, Function<R, String> result) {
    long begun = System.nanoTime();
    String ended = FAILED;
    try {
      R answer = work.get();
      ended = result.apply(answer);
      return answer;
    } finally {
      timer(ended).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }
  }

  private Timer timer(String result) {
    return Timer.builder(name)
        .description(meaning)
        .tag("result", result)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** As the API writes constants. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
