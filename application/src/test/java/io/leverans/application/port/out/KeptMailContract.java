package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.Caller;
import io.leverans.application.view.RawReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link KeptMail} promises of transcripts, reports and teams. */
public interface KeptMailContract extends KeptMailFixture {
  @Test
  default void each_transcript_is_purged_at_its_own_age_and_the_attempts_stay() {
    var sender = new Sender(store());
    MessageId message = failed(sender);
    age(Duration.ofDays(20));
    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());
    age(Duration.ofDays(11));

    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
    assertThat(transcripts(sender, message)).extracting(List::isEmpty).containsExactly(true, false);
    age(Duration.ofDays(18));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();
    age(Duration.ofDays(2));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();

    assertThat(transcripts(sender, message)).containsExactly(List.of(), List.of());
    assertThat(sender.onlyDelivery(message).attempts())
        .extracting(AttemptView::fact)
        .containsExactly(Optional.of(DeliveryFact.REJECTED), Optional.of(DeliveryFact.ACCEPTED));
  }

  @Test
  default void what_is_tried_again_after_its_transcripts_were_purged_has_new_ones_purged_too() {
    var sender = new Sender(store());
    MessageId message = failed(sender);
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isOne();
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();
    sender.deliver(sender.claimOne());
    age(DAY);
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();
    age(MONTH);

    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
    assertThat(transcripts(sender, message)).containsExactly(List.of(), List.of());
  }

  @Test
  default void what_was_unsettled_when_its_time_came_has_its_transcripts_purged_once_it_is() {
    var sender = new Sender(store());
    MessageId message = in(DeliveryState.IN_DOUBT, sender);
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isZero();

    assertThat(sender.order(message, DeliveryFact.DECLARED_SENT)).isOne();
    age(DAY);

    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
  }

  @Test
  default void an_old_report_is_purged_and_what_it_did_stays() throws IOException {
    var sender = new Sender(store());
    MessageId message = delivered(sender);
    Link link = new Link.Genuine(sender.team(), sender.onlyDelivery(message).id());
    var bounce = new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.BY_RULE);
    ReportId old = receive(link, bounce);
    age(MONTH.plusDays(1));
    ReportId young = receive(link, bounce);
    var before = sender.read(message);

    assertThat(purge(sender.team(), Part.REPORTS)).isOne();

    assertThat(store().reports().raw(sender.caller(), old))
        .hasValueSatisfying(raw -> assertThat(raw).isInstanceOf(RawReport.Purged.class));
    assertThat(rawOf(sender.caller(), young)).isEqualTo(RAW_BOUNCE);
    assertThat(sender.read(message)).isEqualTo(before);
    assertThat(listed(sender.caller()))
        .extracting(report -> report.rawPurgedAt().isPresent())
        .containsExactly(false, true);
    assertThat(listed(sender.caller()).getLast().statements()).isNotEmpty();
    assertThat(purge(sender.team(), Part.REPORTS)).isZero();
  }

  @Test
  default void old_reports_that_are_linked_to_nothing_are_purged_too() throws IOException {
    var operator =
        new Caller(
            new Member(
                new TeamId(1), new MemberId(store().ids().next()), "Olle", Member.Role.ADMIN));
    ReportId old = receive(new Link.None(), new ReportVerdict.SaysNothing());
    age(MONTH.plusDays(1));
    ReportId young = receive(new Link.None(), new ReportVerdict.SaysNothing());

    assertThat(kept().purgeUnlinkedReports(MONTH, Optional.empty()).purged()).isPositive();

    assertThat(store().reports().raw(operator, old))
        .hasValueSatisfying(raw -> assertThat(raw).isInstanceOf(RawReport.Purged.class));
    assertThat(rawOf(operator, young)).isEqualTo(RAW_BOUNCE);
  }

  @Test
  default void all_teams_are_named_page_by_page() {
    Set<TeamId> made = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      made.add(new Sender(store()).team());
    }
    List<TeamId> named = new ArrayList<>();

    List<TeamId> page = kept().teams(Optional.empty(), 2);
    while (!page.isEmpty()) {
      named.addAll(page);
      page = kept().teams(Optional.of(page.getLast()), 2);
    }

    assertThat(named)
        .containsAll(made)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.comparingLong(TeamId::value));
  }
}
