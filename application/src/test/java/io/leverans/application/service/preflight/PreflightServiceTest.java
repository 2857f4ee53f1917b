package io.leverans.application.service.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.Preflight.Command;
import io.leverans.application.port.in.Preflight.Extent;
import io.leverans.application.port.in.Preflight.Result;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.service.identity.ReadIdentitiesService;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.application.view.PreflightView;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreflightServiceTest extends PreflightTrial {
  @Test
  void where_nothing_stands_in_the_way_all_is_well_and_it_goes_now() {
    PreflightView preflight = check(new Extent.Messages(3));
    assertThat(preflight.verdict()).as(preflight.toString()).isEqualTo(Verdict.OK);
    assertThat(preflight.throughAt()).contains(deployment.now());
    assertThat(preflight.points())
        .extracting(PreflightPoint::topic)
        .containsExactly(Topic.IDENTITY, Topic.CHANNEL, Topic.DMARC, Topic.QUOTA);
  }

  @Test
  void an_identity_that_is_not_verified_stops() {
    Identity unverified = deployment.unverified(deployment.member, "new@example.com");
    PreflightView preflight =
        check(own.providers, deployment.member, unverified, new Extent.Messages(1));
    assertThat(point(preflight, Topic.IDENTITY).verdict()).isEqualTo(Verdict.STOP);
    assertThat(point(preflight, Topic.IDENTITY).next().orElseThrow().deed())
        .contains(Deed.SEND_VERIFICATION);
  }

  @Test
  void nobody_asks_for_a_colleague() {
    var service =
        new PreflightService(
            new ReadIdentitiesService(deployment.identities),
            deployment.channels,
            own.providers,
            deployment.authors,
            deployment.objections,
            new ChannelInquiry(own.opening, deployment::now),
            new QuotaInquiry(past, deployment.waitingMail),
            new RecipientInquiry(past, deployment.suppressions),
            deployment::now);
    assertThat(
            service.check(new Command(deployment.colleague, identity.id(), new Extent.Messages(1))))
        .isEqualTo(new Result.UnknownIdentity());
  }

  @Test
  void a_channel_at_fault_warns_with_its_words_and_nobody_knows_when_it_goes() {
    var _ = own.atFault(own.stored(channel));
    PreflightView preflight = check(new Extent.Messages(1));
    PreflightPoint point = point(preflight, Topic.CHANNEL);
    assertThat(point.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(point.words()).contains("needs attention").contains("535 wrong ring");
    assertThat(point.next().orElseThrow().words()).isEqualTo("Enter the right one.");
    assertThat(preflight.throughAt()).isEmpty();
  }

  @Test
  void a_spent_quota_says_until_when_mail_waits() {
    var spent = new ChannelFault(Cause.QUOTA_SPENT, "daily limit", "Wait.", Certainty.CERTAIN);
    var until = deployment.now().plus(Duration.ofHours(5));
    var _ =
        own.health(
            own.stored(channel),
            new ChannelHealth.NeedsAttention(spent, deployment.now(), Optional.of(until)));
    PreflightView preflight = check(new Extent.Messages(1));
    assertThat(point(preflight, Topic.CHANNEL).words()).contains("waits until " + until);
    assertThat(preflight.throughAt()).contains(until);
  }

  @Test
  void a_kind_that_is_not_offered_any_more_stops() {
    PreflightView preflight =
        check(own.withoutPigeons, deployment.member, identity, new Extent.Messages(1));
    assertThat(point(preflight, Topic.CHANNEL).verdict()).isEqualTo(Verdict.STOP);
    assertThat(preflight.throughAt()).isEmpty();
  }

  @Test
  void what_passed_and_what_waits_count_against_the_limits() {
    own.pigeon.limits = List.of(limit(10, Duration.ofDays(1)));
    past.handedOver = new MailHistory.HandedOver(new Amount(6, 6), Duration.ofHours(20));
    PreflightView now = check(new Extent.Messages(4));
    assertThat(point(now, Topic.QUOTA).verdict()).isEqualTo(Verdict.OK);
    assertThat(point(now, Topic.QUOTA).words()).contains("4 of 10 messages in 24 hours");
    assertThat(now.throughAt()).contains(deployment.now());

    var _ = own.waiting(channel.id(), identity, 1, "cy@example.org");
    PreflightView later = check(new Extent.Messages(4));
    assertThat(point(later, Topic.QUOTA).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(point(later, Topic.QUOTA).words()).contains("would be through in about 4 hours");
    assertThat(later.throughAt()).contains(deployment.now().plus(Duration.ofHours(4)));
  }

  @Test
  void limits_of_a_destination_say_nothing_of_the_channel() {
    own.pigeon.limits =
        List.of(
            new Limit(
                1,
                Limit.Counted.MESSAGES,
                Duration.ofSeconds(1),
                Limit.Scope.DESTINATION,
                "theirs"));
    assertThat(point(Topic.QUOTA).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void addresses_are_judged_one_by_one() {
    past.causes.put(EmailAddress.parse("gone@example.org"), Cause.MAILBOX_UNKNOWN);
    PreflightView preflight =
        check(
            new Extent.Addresses(
                List.of("Cy <cy@example.org>", "nonsense", "CY@example.org", "gone@example.org")));
    assertThat(preflight.verdict()).isEqualTo(Verdict.STOP);
    assertThat(preflight.points())
        .filteredOn(point -> point.topic() == Topic.RECIPIENT)
        .extracting(point -> point.verdict() + " " + point.entry().orElseThrow())
        .containsExactlyInAnyOrder("STOP 1", "STOP 2", "WARNING 3");
    assertThat(preflight.points().getLast().next().orElseThrow().words())
        .isEqualTo(Cause.MAILBOX_UNKNOWN.remedy());
  }

  @Test
  void one_message_or_recipient_is_told_in_the_singular() {
    own.pigeon.limits = List.of(limit(1, Duration.ofSeconds(1)));
    PreflightView preflight = check(new Extent.Addresses(List.of("cy@example.org")));
    assertThat(point(preflight, Topic.QUOTA).words()).contains("1 of 1 message in 1 second");
    assertThat(point(preflight, Topic.RECIPIENTS).words())
        .isEqualTo("1 recipient, and nothing is known against it.");
  }

  @Test
  void what_the_owner_of_an_account_did_not_grant_stops_here_and_at_acceptance() {
    var gatekeeper = byConsent();
    assertThat(point(Topic.ACCESS).verdict()).isEqualTo(Verdict.OK);

    gatekeeper.missingScopes = List.of("loft.send");

    PreflightPoint point = point(Topic.ACCESS);
    assertThat(point.verdict()).isEqualTo(Verdict.STOP);
    assertThat(point.words()).contains("loft.send is missing");
    assertThat(point.next())
        .contains(
            Next.of("Connect the account again and grant loft.send.", Deed.RECONNECT_CHANNEL));
    assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point));
  }

  @Test
  void whom_an_account_does_not_let_in_any_more_is_let_in_again_by_its_owner() {
    var _ = byConsent();
    var _ = own.atFault(own.stored(channel));
    assertThat(point(Topic.CHANNEL).next().orElseThrow().deed()).contains(Deed.RECONNECT_CHANNEL);

    own.seal.loseKeys();
    assertThat(point(Topic.ACCESS).next().orElseThrow().words())
        .contains("connect its account again");
    assertThat(point(Topic.ACCESS).next().orElseThrow().deed()).contains(Deed.RECONNECT_CHANNEL);
  }

  @Test
  void what_only_the_operator_can_mend_leads_no_owner_to_the_account() {
    var _ = byConsent();
    var unknown =
        new ChannelFault(
            Cause.CREDENTIALS_REFUSED, "who?", "Tell the operator.", Certainty.CERTAIN);
    var _ =
        own.health(
            own.stored(channel),
            new ChannelHealth.NeedsAttention(
                unknown,
                deployment.now(),
                Optional.of(deployment.now().plus(Duration.ofHours(1)))));

    assertThat(point(Topic.CHANNEL).next())
        .contains(Next.of("Tell the operator.", Deed.TEST_CHANNEL));
  }

  @Test
  void a_password_that_nobody_can_read_is_entered_again() {
    own.seal.loseKeys();
    assertThat(point(Topic.ACCESS).next().orElseThrow().deed()).contains(Deed.CHANGE_CHANNEL);
  }

  @Test
  void more_recipients_than_a_message_may_have_stop() {
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "a" + i + "@b.example").toList();
    assertThat(point(check(new Extent.Addresses(many)), Topic.RECIPIENTS).verdict())
        .isEqualTo(Verdict.STOP);
    assertThat(point(check(new Extent.Addresses(many.subList(0, 100))), Topic.RECIPIENTS).verdict())
        .isEqualTo(Verdict.OK);
  }
}
