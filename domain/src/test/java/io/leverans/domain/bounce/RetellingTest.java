package io.leverans.domain.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Retelling.Step;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Lifecycle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RetellingTest {
  private static final ReportVerdict NOTHING = new ReportVerdict.SaysNothing();
  private static final ReportVerdict UNKNOWN = Words.bounce(Cause.MAILBOX_UNKNOWN);
  private static final ReportVerdict FULL = Words.bounce(Cause.MAILBOX_FULL);

  /** Where reports may have led. */
  private static final Set<DeliveryState> REPORTED =
      EnumSet.of(DeliveryState.BOUNCED, DeliveryState.CONFIRMED, DeliveryState.COMPLAINED);

  /** Where a delivery stands, and why, after the facts that it has met. */
  private record Standing(DeliveryState state, Optional<Failure> failure) {
    static final Standing ACCEPTED = new Standing(DeliveryState.ACCEPTED, Optional.empty());

    Standing hear(ReportVerdict word) {
      return word instanceof ReportVerdict.Moves(DeliveryFact fact, Failure why)
          ? Lifecycle.next(state, fact)
              .map(
                  to ->
                      new Standing(
                          to,
                          fact == DeliveryFact.DELIVERY_REPORTED
                              ? Optional.empty()
                              : Optional.of(why)))
              .orElse(this)
          : this;
    }

    static Standing after(List<ReportVerdict> words) {
      Standing at = ACCEPTED;
      for (ReportVerdict word : words) {
        at = at.hear(word);
      }
      return at;
    }

    Standing walk(List<Step> steps) {
      Standing at = this;
      for (Step step : steps) {
        assertThat(Lifecycle.next(at.state(), step.fact())).contains(step.to());
        at = new Standing(step.to(), step.failure());
      }
      return at;
    }
  }

  @Test
  void another_cause_takes_the_place_of_the_wrong_one() {
    assertThat(
            Standing.after(List.of(UNKNOWN))
                .walk(Retelling.steps(DeliveryState.BOUNCED, List.of(FULL), FULL)))
        .isEqualTo(Standing.after(List.of(FULL)));
  }

  @Test
  void what_was_no_failure_is_accepted_again() {
    assertThat(Retelling.steps(DeliveryState.BOUNCED, List.of(NOTHING), NOTHING))
        .extracting(Step::to)
        .containsExactly(DeliveryState.ACCEPTED);
  }

  @Test
  void what_another_report_said_stays() {
    assertThat(
            Retelling.steps(DeliveryState.COMPLAINED, List.of(Words.delivered(), NOTHING), NOTHING))
        .extracting(Step::to)
        .containsExactly(DeliveryState.ACCEPTED, DeliveryState.CONFIRMED);
  }

  @Test
  void what_was_overlooked_counts_from_now_on() {
    assertThat(Retelling.steps(DeliveryState.ACCEPTED, List.of(UNKNOWN), UNKNOWN))
        .extracting(Step::to)
        .containsExactly(DeliveryState.BOUNCED);
    assertThat(Retelling.steps(DeliveryState.IN_DOUBT, List.of(UNKNOWN), UNKNOWN))
        .extracting(Step::to)
        .containsExactly(DeliveryState.BOUNCED);
  }

  @Property
  void a_delivery_becomes_what_it_would_be_had_the_report_been_read_so(
      @ForAll("words") List<ReportVerdict> read,
      @ForAll int which,
      @ForAll("word") ReportVerdict right) {
    Standing before = Standing.after(read);
    List<ReportVerdict> now = new ArrayList<>(read);
    int index = Math.floorMod(which, read.size());
    now.set(index, right);
    if (before.state() == DeliveryState.ACCEPTED) {
      assertThat(before.walk(Retelling.steps(before.state(), now, right)))
          .isEqualTo(Standing.ACCEPTED.hear(right));
    } else {
      assertThat(before.walk(Retelling.steps(before.state(), now, right)))
          .isEqualTo(Standing.after(now));
    }
  }

  @Property
  void a_delivery_that_no_report_has_moved_is_moved_by_the_table_alone(
      @ForAll DeliveryState state, @ForAll("word") ReportVerdict right) {
    if (REPORTED.contains(state)) {
      return;
    }
    List<Step> steps = Retelling.steps(state, List.of(right), right);
    assertThat(steps).hasSizeLessThanOrEqualTo(1);
    assertThat(steps)
        .allSatisfy(step -> assertThat(Lifecycle.next(state, step.fact())).contains(step.to()));
  }

  @Provide
  Arbitrary<ReportVerdict> word() {
    return Words.any();
  }

  @Provide
  Arbitrary<List<ReportVerdict>> words() {
    return Words.any().list().ofMinSize(1).ofMaxSize(6);
  }
}
