package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.EventsContract;
import io.leverans.application.port.out.Reports.Correcting;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.application.view.LaterWord;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiEventsTest implements EventsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Test
  void what_a_node_of_a_later_version_tells_stands_in_the_feed_as_it_is_written() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail("bo@example.com"));
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO event (team_id, kind, data) VALUES (?, 'sun.risen', '{\"at\":"
                        + " \"6\"}')",
                    sender.team().value()));
    var _ = sender.accept(sender.mail("bo@example.com"));

    assertThat(sender.events())
        .extracting(Event::kind)
        .endsWith(
            EventKind.MESSAGE_ACCEPTED,
            new EventName.OfAnotherVersion("sun.risen"),
            EventKind.MESSAGE_ACCEPTED);
    assertThat(sender.events().get(sender.events().size() - 2).data()).containsEntry("at", "6");
  }

  @Test
  void what_a_later_version_reads_in_a_report_stands_in_the_messages_timeline() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    var link = new Link.Genuine(sender.team(), Sender.only(claim));
    ReportId id =
        new ReportTraffic(new JdbiReports(DATABASE.jdbi())).arrive(link, ReportTraffic.BOUNCE);
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE report SET later_word = 'delivery.weighed' WHERE team_id = ? AND id ="
                        + " ?",
                    sender.team().value(),
                    id.value()));

    assertThat(sender.onlyDelivery(claim.dispatch().message()).laterWords())
        .extracting(LaterWord::kind)
        .containsExactly(new EventName.OfAnotherVersion("delivery.weighed"));
    assertThat(
            store()
                .reports()
                .correct(
                    sender.caller(),
                    id,
                    new Correction(Correction.As.NO_FAILURE, Optional.empty())))
        .isEqualTo(Correcting.CORRECTED);
  }

  @Test
  void teams_that_always_have_new_events_keep_nobodys_feed_waiting() {
    var senders = Stream.generate(() -> new Sender(store())).limit(5).toList();
    var events = new JdbiEvents(DATABASE.jdbi());
    int rounds = Math.ceilDiv(events.teamsWithUnnumbered(10_000).size(), 2);

    List<List<TeamId>> named =
        Stream.generate(() -> events.teamsWithUnnumbered(2)).limit(rounds).toList();

    assertThat(named).allSatisfy(round -> assertThat(round).hasSizeLessThanOrEqualTo(2));
    assertThat(named.stream().flatMap(List::stream))
        .containsAll(senders.stream().map(Sender::team).toList());
  }

  @Test
  void teams_are_named_in_turn_and_each_once_where_all_fit() {
    var senders = Stream.generate(() -> new Sender(store())).limit(3).toList();
    var events = new JdbiEvents(DATABASE.jdbi());
    List<TeamId> first = events.teamsWithUnnumbered(1);

    assertThat(events.teamsWithUnnumbered(1)).doesNotContainAnyElementsOf(first);
    assertThat(events.teamsWithUnnumbered(10_000))
        .containsAll(senders.stream().map(Sender::team).toList())
        .containsAll(first)
        .doesNotHaveDuplicates();
  }

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }
}
