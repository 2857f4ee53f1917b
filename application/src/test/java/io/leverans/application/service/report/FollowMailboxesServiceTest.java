package io.leverans.application.service.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.FollowMailboxes.Failure;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.Visit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is found in mailboxes is kept, and found once. */
class FollowMailboxesServiceTest extends FollowedMailboxes {
  @Test
  void what_is_found_is_kept_with_the_mailbox_it_was_found_in() {
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.STORED);
          assertThat(book.reached(FIRST)).isEqualTo(Stay.GO_ON);
          return new Visit.Over();
        });

    follow();

    assertThat(deployment.reports.stored())
        .singleElement()
        .satisfies(
            stored ->
                assertThat(stored.report().readIn())
                    .contains(new MailboxPlace(deployment.member.team(), channel.id(), "r1")));
  }

  @Test
  void the_next_visit_begins_where_the_last_one_came_to() {
    visit(
        (_, _, book) -> {
          var _ = book.reached(FIRST);
          return new Visit.Over();
        });
    follow();
    follow();
    assertThat(visits).hasSize(1);

    deployment.pass(FollowMailboxesService.PAUSE);
    follow();

    assertThat(visits).containsExactly(Optional.empty(), Optional.of(FIRST));
  }

  @Test
  void the_same_mail_read_twice_is_kept_once() {
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.STORED);
          return new Visit.ToBeContinued();
        });

    follow();
    follow();

    assertThat(visits).hasSize(2);
    assertThat(deployment.reports.stored()).hasSize(1);
  }

  @Test
  void a_report_that_cannot_be_kept_is_told_and_the_mailbox_read_again() {
    var broken = new IllegalStateException("the shelf fell down");
    inbox =
        _ -> {
          throw broken;
        };
    visit(
        (_, _, book) -> {
          assertThat(book.receive(report("r1"))).isEqualTo(Receipt.NOT_STORED);
          return new Visit.Over();
        });

    follow();

    assertThat(failures)
        .containsExactly(new Failure(deployment.member.team(), channel.id(), broken));
    deployment.pass(FollowMailboxesService.PAUSE);
    follow();
    assertThat(visits).containsExactly(Optional.empty(), Optional.empty());
  }
}
