package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ListReports;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Reports} promises of mails that are read in mailboxes, perhaps more than once. */
public interface RepeatedReportsContract extends StoreContract {
  @Test
  default void a_mail_that_is_read_twice_is_taken_in_once() {
    var people = new Colleagues(store());
    Channel channel = people.connected(people.ofTeam());

    MailboxPlace place = new MailboxPlace(people.team(), channel.id(), "key");

    assertThat(receive(people, place, new Link.None())).isEmpty();
    assertThat(receive(people, place, genuine(people))).isEmpty();

    assertThat(bounces(people)).isZero();
    assertThat(
            receive(
                people,
                new MailboxPlace(people.team(), channel.id(), "other key"),
                genuine(people)))
        .hasSize(1);
    assertThat(bounces(people)).isEqualTo(1);
  }

  @Test
  default void what_is_linked_to_nothing_is_seen_by_those_alone_in_whose_mailbox_it_was() {
    var people = new Colleagues(store());
    Channel channel = people.connected(people.ofTeam());

    var _ = receive(people, new MailboxPlace(people.team(), channel.id(), "key"), new Link.None());

    assertThat(reports(people)).hasSize(1);
    assertThat(reports(new Colleagues(store()))).isEmpty();
  }

  @Test
  default void two_mailboxes_may_hold_the_same_mail() {
    var people = new Colleagues(store());
    Channel first = people.connected(people.ofTeam());
    Channel second = people.connected(people.of(people.member));

    Link one = genuine(people);
    Link other = genuine(people);

    var _ = receive(people, new MailboxPlace(people.team(), first.id(), "key"), one);
    var _ = receive(people, new MailboxPlace(people.team(), second.id(), "key"), other);

    assertThat(bounces(people)).isEqualTo(2);
  }

  @Test
  default void of_two_who_read_it_at_the_same_time_one_takes_it_in() throws Exception {
    var people = new Colleagues(store());
    Channel channel = people.connected(people.ofTeam());
    Link link = genuine(people);
    var place = new MailboxPlace(people.team(), channel.id(), "key");

    List<Boolean> all =
        Race.atTheSameTime(
            4,
            _ -> {
              var _ = receive(people, place, link);
              return true;
            });

    assertThat(all).hasSize(4);
    assertThat(bounces(people)).isEqualTo(1);
    assertThat(reports(people)).hasSize(1);
  }

  private static long bounces(Colleagues people) {
    return people.sender.told().stream().filter(EventKind.DELIVERY_BOUNCED::equals).count();
  }

  private List<ReportView> reports(Colleagues people) {
    return store()
        .reports()
        .list(
            new ListReports.Query(
                people.sender.caller(), ListReports.Which.ALL, 100, Optional.empty()))
        .items();
  }

  private static Link genuine(Colleagues people) {
    Claim claim = people.sender.claimNew();
    people.sender.deliver(claim);
    assertThat(people.sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    return new Link.Genuine(people.team(), Sender.only(claim));
  }

  private List<ReportId> receive(Colleagues people, MailboxPlace place, Link link) {
    var report =
        new IncomingReport(
                new ChannelKind("somekind"),
                people.sender.caller().member().name(),
                link,
                ReportKind.DELIVERY_STATUS,
                Optional.empty(),
                List.of(),
                Octets.of(new byte[1]))
            .in(place);
    ReportVerdict verdict =
        link instanceof Link.None
            ? new ReportVerdict.SaysNothing()
            : new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);
    return store()
        .reports()
        .store(report, List.of(Found.as(new ReportId(store().ids().next()), link, verdict)));
  }
}
