package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");

  @Test
  void an_id_is_of_version_7_and_begins_with_the_time() {
    UUID id = new RandomIds(InstantSource.fixed(NOON)).next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  void later_ids_sort_after_earlier_ones_even_when_the_clock_stands_or_goes_back() {
    var clock = new AtomicReference<>(NOON);
    var ids = new RandomIds(clock::get);
    List<String> made = new ArrayList<>();

    Stream.generate(ids::next).limit(10_000).map(UUID::toString).forEach(made::add);
    clock.set(NOON.minusSeconds(60));
    Stream.generate(ids::next).limit(100).map(UUID::toString).forEach(made::add);
    clock.set(NOON.plusSeconds(60));
    made.add(ids.next().toString());

    assertThat(made).isSortedAccordingTo(Comparator.naturalOrder()).doesNotHaveDuplicates();
  }

  @Test
  void a_secret_has_160_bits_in_letters_that_nobody_confuses() {
    var ids = new RandomIds(InstantSource.system());

    assertThat(ids.secret()).matches("[a-z2-7]{32}").isNotEqualTo(ids.secret());
  }
}
