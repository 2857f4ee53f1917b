package io.leverans.application.service.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTest {
  private final Round round = new Round();

  private static int refuseOdd(int number) {
    if (number % 2 == 1) {
      throw new IllegalStateException("odd: " + number);
    }
    return number;
  }

  @Test
  void what_goes_wrong_with_some_is_thrown_at_the_end_and_the_others_count() {
    assertThat(round.sum(List.of(1, 2, 3, 4, 5), RoundTest::refuseOdd)).isEqualTo(2 + 4);

    assertThatThrownBy(round::close)
        .hasMessage("odd: 1")
        .satisfies(
            trouble ->
                assertThat(trouble.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("odd: 3", "odd: 5"));
  }

  @Test
  void each_has_its_turn_whatever_becomes_of_the_one_before_it() {
    List<Integer> seen = new ArrayList<>();

    round.each(
        List.of(1, 2, 3),
        number -> {
          seen.add(number);
          var _ = refuseOdd(number);
        });

    assertThat(seen).containsExactly(1, 2, 3);
    assertThatThrownBy(round::close).hasMessage("odd: 1");
  }

  @Test
  void a_round_in_which_all_goes_well_ends_with_nothing() {
    assertThat(round.attempt(() -> 7)).isEqualTo(7);

    assertThatCode(round::close).doesNotThrowAnyException();
  }

  @Test
  void of_thousands_that_fail_a_few_are_told() {
    var _ = round.sum(IntStream.range(0, 10_000).boxed().toList(), RoundTest::refuseOdd);

    assertThatThrownBy(round::close)
        .satisfies(trouble -> assertThat(trouble.getSuppressed()).hasSize(9));
  }

  @Test
  void the_same_trouble_may_come_twice() {
    var always = new IllegalStateException("always the same");

    round.each(
        List.of(1, 2),
        _ -> {
          throw always;
        });

    assertThatThrownBy(round::close).isSameAs(always).hasNoSuppressedExceptions();
  }
}
