package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.port.out.Reports.Dismissal;
import io.leverans.application.port.out.Reports.Finding;
import io.leverans.application.port.out.Reports.Linking;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Handling;
import io.leverans.application.view.LaterWord;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Reports} promises of a person's word on what nothing links. */
public interface ReportLinkingContract extends ReportsFixture {
  @Test
  default void what_a_person_links_counts_as_if_it_had_been_linked() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id =
        store(
            report("1"),
            new Finding.Refused(sender.team(), Sender.only(claim), Unapplied.OTHER_RECIPIENT));

    assertThat(link(sender.caller(), id, target(sender, claim))).isInstanceOf(Linking.Linked.class);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(sender.messagesIn(Folder.BOUNCED)).hasSize(1);
    assertThat(words(sender, claim)).extracting(LaterWord::report).containsExactly(id);
    Event told = last(sender, EventKind.DELIVERY_BOUNCED);
    assertThat(told.data())
        .containsEntry("memberId", sender.admin().id().value().toString())
        .containsEntry("reportId", id.value().toString());
    ReportView report = only(list(sender.caller(), Which.LINKED));
    assertThat(report.handling().linkedBy()).contains(LinkedBy.PERSON);
    assertThat(report.handling().unapplied()).isEmpty();
    assertThat(report.handling().person())
        .hasValueSatisfying(
            deed -> {
              assertThat(deed.sort()).isEqualTo(Handling.Sort.LINKED);
              assertThat(deed.member()).isEqualTo(sender.admin().id());
              assertThat(deed.name()).isEqualTo(sender.admin().name());
            });
    assertThat(tray(sender.caller())).isEmpty();
    assertThat(link(sender.caller(), id, target(sender, claim)))
        .isEqualTo(new Linking.LinkedAlready());
  }

  @Test
  default void what_belonged_to_nobody_is_the_teams_once_it_is_linked() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = store(report("1"), new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(link(operator(), id, target(sender, claim)))
        .isInstanceOfSatisfying(
            Linking.Linked.class,
            linked -> assertThat(linked.report().message()).contains(claim.dispatch().message()));

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.BOUNCED);
    assertThat(only(list(sender.caller(), Which.ALL)).id()).isEqualTo(id);
    assertThat(list(operator(), Which.ALL)).extracting(ReportView::id).doesNotContain(id);
    assertThat(reports().raw(sender.caller(), id)).isPresent();
  }

  @Test
  default void a_teams_report_is_linked_to_its_own_mail_only() {
    var people = new Colleagues(store());
    Sender sender = people.sender;
    ChannelId channel = people.connected(people.ofTeam()).id();
    var other = sender();
    Claim theirs = delivered(other);
    ReportId id =
        store(
            report("1").in(new MailboxPlace(sender.team(), channel, "1")),
            new Finding.Loose(Unapplied.NO_TOKEN));

    assertThat(link(sender.caller(), id, target(other, theirs)))
        .isEqualTo(new Linking.NotThisDelivery());
    assertThat(link(other.caller(), id, target(other, theirs))).isEqualTo(new Linking.Unknown());
    assertThat(other.state(theirs)).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  default void what_is_dismissed_is_out_of_the_tray_and_may_be_linked_all_the_same() {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id =
        store(
            report("1"),
            new Finding.Refused(sender.team(), Sender.only(claim), Unapplied.OTHER_RECIPIENT));

    assertThat(reports().dismiss(sender.caller(), id)).isEqualTo(Dismissal.DISMISSED);
    assertThat(reports().dismiss(sender.caller(), id)).isEqualTo(Dismissal.DISMISSED);
    assertThat(reports().dismiss(sender().caller(), id)).isEqualTo(Dismissal.UNKNOWN);

    assertThat(tray(sender.caller())).isEmpty();
    assertThat(only(list(sender.caller(), Which.ALL)).handling().person())
        .hasValueSatisfying(deed -> assertThat(deed.sort()).isEqualTo(Handling.Sort.DISMISSED));
    assertThat(link(sender.caller(), id, target(sender, claim))).isInstanceOf(Linking.Linked.class);
    assertThat(reports().dismiss(sender.caller(), id)).isEqualTo(Dismissal.LINKED);
  }

  @Test
  default void a_report_is_linked_once_however_many_try() throws Exception {
    var sender = sender();
    Claim claim = delivered(sender);
    ReportId id = store(report("1"), new Finding.Loose(Unapplied.NO_TOKEN));

    List<Linking> answers = atTheSameTime(4, _ -> link(operator(), id, target(sender, claim)));

    assertThat(answers).filteredOn(Linking.Linked.class::isInstance).hasSize(1);
    assertThat(sender.told()).containsOnlyOnce(EventKind.DELIVERY_BOUNCED);
  }
}
