package io.leverans.domain.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Replays.Heard;
import io.leverans.domain.bounce.Replays.Mail;
import io.leverans.domain.bounce.Replays.When;
import io.leverans.domain.delivery.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplaysTest {
  private static final ReportVerdict LATE = Words.note(ReportVerdict.Note.DELAYED);
  private static final ReportVerdict AWAY = Words.note(ReportVerdict.Note.AUTO_REPLIED);
  private static final ReportVerdict UNKNOWN = Words.bounce(Cause.MAILBOX_UNKNOWN);

  @Test
  void a_delay_then_a_failure_then_a_complaint_all_count() {
    assertThat(counted(LATE, LATE, UNKNOWN, Words.complaint()))
        .containsExactly(LATE, LATE, UNKNOWN, Words.complaint());
  }

  @Test
  void a_report_of_arrival_and_a_complaint_both_count() {
    assertThat(counted(Words.delivered(), Words.complaint()))
        .containsExactly(Words.delivered(), Words.complaint());
  }

  @Test
  void the_same_failure_counts_once_and_another_cause_is_heard_as_well() {
    ReportVerdict full = Words.bounce(Cause.MAILBOX_FULL);
    assertThat(counted(UNKNOWN, UNKNOWN, full, UNKNOWN, full)).containsExactly(UNKNOWN, full);
  }

  @Test
  void after_another_hand_over_the_same_failure_counts_again() {
    var before = new Heard(UNKNOWN, Optional.of("Undelivered"), When.BEFORE, Mail.ANOTHER);
    assertThat(Replays.objection(List.of(before), UNKNOWN, Optional.of("Undelivered"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void the_same_mail_never_counts_twice(When when) {
    var before = new Heard(UNKNOWN, Optional.empty(), when, Mail.THE_SAME);
    assertThat(Replays.objection(List.of(before), Words.complaint(), Optional.empty()))
        .contains(Unapplied.REPLAYED);
  }

  @Test
  void machines_that_say_different_things_are_both_heard() {
    var before =
        new Heard(AWAY, Optional.of("Away"), When.SINCE_THE_LATEST_HAND_OVER, Mail.ANOTHER);
    assertThat(Replays.objection(List.of(before), AWAY, Optional.of("Moved"))).isEmpty();
    assertThat(Replays.objection(List.of(before), AWAY, Optional.of("Away")))
        .contains(Unapplied.REPLAYED);
  }

  @Test
  void nobody_fills_a_timeline_with_delays_and_a_failure_is_heard_all_the_same() {
    List<ReportVerdict> said = new ArrayList<>(Collections.nCopies(50, LATE));
    said.add(UNKNOWN);
    assertThat(counted(said.toArray(ReportVerdict[]::new)))
        .hasSize(Replays.MOST_TOLD + 1)
        .endsWith(UNKNOWN);
  }

  @Property
  void within_a_hand_over_whatever_comes_counts_so_often_at_most(
      @ForAll("manyWords") List<ReportVerdict> said) {
    int most = 2 + Cause.values().length + Replays.MOST_TOLD;
    assertThat(counted(said.toArray(ReportVerdict[]::new)).size()).isLessThanOrEqualTo(most);
  }

  @Property
  void what_was_heard_before_makes_nothing_count_that_did_not(
      @ForAll("heard") List<Heard> some,
      @ForAll("heard") List<Heard> more,
      @ForAll("word") ReportVerdict word) {
    List<Heard> all = new ArrayList<>(some);
    all.addAll(more);
    if (Replays.objection(some, word, Optional.empty()).isPresent()) {
      assertThat(Replays.objection(all, word, Optional.empty())).isPresent();
    }
  }

  @Provide
  Arbitrary<ReportVerdict> word() {
    return Words.any();
  }

  @Provide
  Arbitrary<List<ReportVerdict>> manyWords() {
    Arbitrary<ReportVerdict> telling =
        Words.any().filter(word -> !(word instanceof ReportVerdict.SaysNothing));
    return telling.list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Heard>> heard() {
    return Combinators.combine(Words.any(), Arbitraries.of(When.class), Arbitraries.of(Mail.class))
        .as((word, when, mail) -> new Heard(word, Optional.empty(), when, mail))
        .list()
        .ofMaxSize(30);
  }

  /** Those that count, each said by a mail of its own within one hand-over. */
  private static List<ReportVerdict> counted(ReportVerdict... said) {
    List<Heard> heard = new ArrayList<>();
    for (ReportVerdict word : said) {
      if (Replays.objection(heard, word, Optional.of("Undelivered")).isEmpty()) {
        heard.add(
            new Heard(
                word, Optional.of("Undelivered"), When.SINCE_THE_LATEST_HAND_OVER, Mail.ANOTHER));
      }
    }
    return heard.stream().map(Heard::word).toList();
  }
}
