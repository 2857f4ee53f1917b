package io.leverans.application.service.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.LeaseId;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.Visit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a visitor leaves a mailbox, and who comes next. */
class VisitEndsTest extends FollowedMailboxes {
  @Test
  void a_visitor_is_sent_away_before_servers_hang_up_and_comes_again_at_once() {
    visit(
        (_, _, book) -> {
          assertThat(book.reached(FIRST)).isEqualTo(Stay.GO_ON);
          deployment.pass(FollowMailboxesService.LONGEST_VISIT);
          assertThat(book.reached(FIRST)).isEqualTo(Stay.LEAVE);
          return new Visit.Over();
        });

    follow();
    follow();

    assertThat(visits).hasSize(2);
  }

  @Test
  void a_visitor_whose_lease_ran_out_leaves_the_mailbox_to_the_other() {
    visit(
        (_, _, book) -> {
          deployment.pass(FollowMailboxesService.LEASE);
          assertThat(
                  deployment.mailboxes.take(
                      place(), new LeaseId(new UUID(1, 1)), FollowMailboxesService.LEASE))
              .isPresent();
          assertThat(book.reached(FIRST)).isEqualTo(Stay.LEAVE);
          return new Visit.Over();
        });

    follow();
    follow();

    assertThat(visits).hasSize(1);
  }

  @Test
  void a_node_that_stops_gives_mailboxes_back_at_once() {
    FollowMailboxesService[] service = new FollowMailboxesService[1];
    visit(
        (_, _, book) -> {
          service[0].stop();
          assertThat(book.reached(FIRST)).isEqualTo(Stay.LEAVE);
          return new Visit.Prevented(FOG, Optional.empty());
        });
    service[0] = service(Runnable::run);

    service[0].follow();
    service[0].follow();
    assertThat(visits).hasSize(1);
    assertThat(deployment.mailboxes.told()).isEmpty();

    visit((_, _, _) -> new Visit.Over());
    follow();

    assertThat(visits).containsExactly(Optional.empty(), Optional.of(FIRST));
  }

  @Test
  void a_mailbox_that_is_being_visited_is_not_visited_twice() {
    Deque<Runnable> waiting = new ArrayDeque<>();
    visit((_, _, _) -> new Visit.Over());
    FollowMailboxesService service = service(waiting::add);

    service.follow();
    service.follow();

    assertThat(waiting).hasSize(1);
  }
}
