package io.leverans.bootstrap.metrics;

import io.leverans.persistence.Overview;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What is shown of an overview under one name. */
final class OverviewGauge {
  private static final double MILLIS = 1000;

  private final MultiGauge gauge;
  private final Function<Overview, Map<Tags, Double>> values;

  private OverviewGauge(MultiGauge gauge, Function<Overview, Map<Tags, Double>> values) {
    this.gauge = gauge;
    this.values = values;
  }

  /** Where it is registered, under which name, and what it means. */
  record Named(MeterRegistry registry, String name, String meaning) {
    /** A single value. */
    OverviewGauge of(ToDoubleFunction<Overview> value) {
      return shown(overview -> Map.of(Tags.empty(), value.applyAsDouble(overview)));
    }

    /** A value for each of them; of those with the same labels, the largest. */
    <T> OverviewGauge ofEach(
        Function<Overview, Stream<T>> all, Function<T, Tags> tags, ToDoubleFunction<T> value) {
      return shown(
          overview -> {
            Map<Tags, Double> values = new HashMap<>();
            all.apply(overview)
                .forEach(
                    one -> values.merge(tags.apply(one), value.applyAsDouble(one), Double::max));
            return values;
          });
    }

    private OverviewGauge shown(Function<Overview, Map<Tags, Double>> values) {
      return new OverviewGauge(
          MultiGauge.builder(name).description(meaning).register(registry), values);
    }
  }

  void show(Overview overview) {
    gauge.register(
        values.apply(overview).entrySet().stream()
            .<Row<?>>map(entry -> Row.of(entry.getKey(), entry.getValue()))
            .toList(),
        true);
  }

  void hide() {
    gauge.register(List.of(), true);
  }

  static double seconds(Duration time) {
    return time.toMillis() / MILLIS;
  }
}
