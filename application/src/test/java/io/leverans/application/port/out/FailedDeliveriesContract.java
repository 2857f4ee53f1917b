package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedGroups.Apart;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.application.view.FailedSelection;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link FailedDeliveries} has to do. */
public interface FailedDeliveriesContract {
  FailedDeliveries failed();

  /** A team of its own. */
  FailingMail mail();

  @Test
  default void what_failed_is_grouped_by_cause_the_largest_group_first() {
    FailingMail mail = mail();
    Instant before = Instant.now().minusSeconds(5);
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com");
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_UNKNOWN, "b@example.com", "c@example.net");
    var _ = mail.bounced(mail.member(), Cause.MAILBOX_UNKNOWN, "d@example.com");

    FailedGroups groups = group(all(mail), By.CAUSE);

    assertThat(groups.groups())
        .extracting(Group::key, Group::deliveries, Group::messages)
        .containsExactly(tuple("MAILBOX_UNKNOWN", 3L, 2L), tuple("MAILBOX_FULL", 1L, 1L));
    assertThat(groups.deliveries()).isEqualTo(4);
    assertThat(groups.leftOut()).isZero();
    assertThat(groups.groups())
        .allSatisfy(
            group -> {
              assertThat(group.causes())
                  .extracting(share -> share.cause().name())
                  .containsExactly(group.key());
              assertThat(group.since()).isAfter(before).isBeforeOrEqualTo(group.last());
            });
  }

  @Test
  default void a_domain_has_its_causes_the_most_frequent_first() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com");
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_UNKNOWN, "b@Example.com", "c@example.com");
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "d@example.net");

    List<Group> groups = group(all(mail), By.DOMAIN).groups();

    assertThat(groups).extracting(Group::key).containsExactly("example.com", "example.net");
    assertThat(groups.getFirst().messages()).isEqualTo(2);
    assertThat(groups.getFirst().causes())
        .extracting(Share::cause, Share::deliveries)
        .containsExactly(tuple(Cause.MAILBOX_UNKNOWN, 2L), tuple(Cause.MAILBOX_FULL, 1L));
  }

  @Test
  default void a_channel_is_named_by_its_id() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com");

    assertThat(group(all(mail), By.CHANNEL).groups())
        .extracting(Group::key)
        .containsExactly(mail.channel().value().toString());
  }

  @Test
  default void channels_and_authors_domains_are_told_of_causes_that_lie_there() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.SENDER_REJECTED, "a@example.com");
    var _ = mail.failed(mail.admin(), Cause.AUTH_FAILURE, "b@example.com");
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "c@example.com");

    assertThat(group(all(mail), By.DOMAIN).groups().getFirst().causes())
        .extracting(Share::cause, Share::channels, Share::senderDomains)
        .containsExactlyInAnyOrder(
            tuple(Cause.SENDER_REJECTED, List.of(mail.channel()), List.of()),
            tuple(Cause.AUTH_FAILURE, List.of(), List.of("sender.example")),
            tuple(Cause.MAILBOX_FULL, List.of(), List.of()));
  }

  @Test
  default void a_filter_leaves_the_rest_out() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com");
    var _ = mail.failed(mail.member(), Cause.POLICY, "b@example.net", "c@example.com");

    IdentityId members = mail.identityOf(mail.member());
    assertThat(count(narrowed(mail, Optional.of(Cause.POLICY), Optional.empty()))).isEqualTo(2);
    assertThat(count(narrowed(mail, Optional.empty(), Optional.of("example.com")))).isEqualTo(2);
    assertThat(count(narrowed(mail, Optional.of(Cause.POLICY), Optional.of("example.net"))))
        .isEqualTo(1);
    assertThat(count(by(mail, Optional.of(members), Optional.empty()))).isEqualTo(2);
    assertThat(count(by(mail, Optional.empty(), Optional.of(mail.channel())))).isEqualTo(3);
    assertThat(count(by(mail, Optional.empty(), Optional.of(new ChannelId(new UUID(0, 9))))))
        .isZero();
  }

  @Test
  default void what_ended_outside_of_the_window_is_left_out() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com");
    Instant now = Instant.now();

    assertThat(count(within(mail, now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))))
        .isZero();
    assertThat(count(within(mail, now.plusSeconds(60), now.plusSeconds(120)))).isZero();
    assertThat(count(within(mail, now.minusSeconds(60), now.plusSeconds(60)))).isEqualTo(1);
  }

  @Test
  default void a_member_is_told_of_what_their_own_identities_wrote() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com");
    var _ = mail.failed(mail.member(), Cause.POLICY, "b@example.com");
    var _ = mail.inDoubt(mail.admin(), "c@example.com");

    FailedGroups groups = group(of(mail, mail.member()), By.CAUSE);

    assertThat(groups.groups()).extracting(Group::key).containsExactly("POLICY");
    assertThat(groups.apart()).isEqualTo(new Apart(0, 0));
  }

  @Test
  default void what_is_in_doubt_and_what_was_complained_about_is_counted_apart() {
    FailingMail mail = mail();
    var _ = mail.inDoubt(mail.admin(), "a@example.com");
    var _ = mail.complained(mail.admin(), "b@example.com");
    var _ = mail.complained(mail.admin(), "c@example.net");

    FailedGroups groups = group(all(mail), By.CAUSE);

    assertThat(groups.groups()).isEmpty();
    assertThat(groups.deliveries()).isZero();
    assertThat(groups.apart()).isEqualTo(new Apart(1, 2));
    assertThat(
            group(narrowed(mail, Optional.empty(), Optional.of("example.net")), By.CAUSE).apart())
        .isEqualTo(new Apart(0, 1));
  }

  @Test
  default void what_is_tried_again_is_no_failure_until_it_fails_anew() {
    FailingMail mail = mail();
    DeliveryId delivery = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com").getFirst();

    mail.retriedAlone(delivery);
    assertThat(count(all(mail))).isZero();

    mail.failedAgain(delivery, Cause.POLICY);
    assertThat(group(all(mail), By.CAUSE).groups())
        .extracting(Group::key, Group::deliveries)
        .containsExactly(tuple("POLICY", 1L));
  }

  @Test
  default void groups_beyond_the_limit_are_counted() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@one.example", "b@one.example");
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "c@two.example");
    var _ = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "d@three.example");

    FailedGroups groups = failed().group(all(mail), By.DOMAIN, 1);

    assertThat(groups.groups()).extracting(Group::key).containsExactly("one.example");
    assertThat(groups.leftOut()).isEqualTo(2);
    assertThat(groups.deliveries()).isEqualTo(4);
  }

  @Test
  default void other_teams_mail_is_left_out() {
    FailingMail mail = mail();
    FailingMail others = mail();
    var _ = others.failed(others.admin(), Cause.MAILBOX_FULL, "a@example.com");

    assertThat(count(all(mail))).isZero();
  }

  private long count(FailedSelection selection) {
    return group(selection, By.CAUSE).deliveries();
  }

  private FailedGroups group(FailedSelection selection, By by) {
    return failed().group(selection, by, 100);
  }

  /** All of the team's, of the last hour. */
  static FailedSelection all(FailingMail mail) {
    return narrowed(mail, Optional.empty(), Optional.empty());
  }

  static FailedSelection of(FailingMail mail, MemberId member) {
    FailedSelection all = all(mail);
    return new FailedSelection(
        all.team(),
        Optional.of(member),
        all.since(),
        all.until(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static FailedSelection narrowed(
      FailingMail mail, Optional<Cause> cause, Optional<String> domain) {
    Instant now = Instant.now();
    return new FailedSelection(
        mail.team(),
        Optional.empty(),
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofHours(1)),
        cause,
        domain,
        Optional.empty(),
        Optional.empty());
  }

  private static FailedSelection by(
      FailingMail mail, Optional<IdentityId> identity, Optional<ChannelId> channel) {
    FailedSelection all = all(mail);
    return new FailedSelection(
        all.team(),
        Optional.empty(),
        all.since(),
        all.until(),
        Optional.empty(),
        Optional.empty(),
        channel,
        identity);
  }

  private static FailedSelection within(FailingMail mail, Instant since, Instant until) {
    return new FailedSelection(
        mail.team(),
        Optional.empty(),
        since,
        until,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
