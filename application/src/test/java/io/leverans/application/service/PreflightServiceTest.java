package io.leverans.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.Preflight.Command;
import io.leverans.application.port.in.Preflight.Extent;
import io.leverans.application.port.in.Preflight.Result;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.view.Caller;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.application.view.PreflightView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightServiceTest {
  private static final SenderAuthentication NEITHER =
      new SenderAuthentication(Alignment.NOT_ALIGNED, Alignment.NOT_ALIGNED);

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Channel channel = own.ofMember();
  private final Identity identity =
      own.chosen(deployment.member, "Bo <bo@mail.example.com>", channel);
  private final Past past = new Past();

  private PreflightView check(Extent extent) {
    return check(own.providers, deployment.member, identity, extent);
  }

  private PreflightView check(Providers providers, Caller caller, Identity asked, Extent extent) {
    var service =
        new PreflightService(
            new ReadIdentitiesService(deployment.identities),
            deployment.channels,
            providers,
            deployment.authors,
            deployment.objections,
            new ChannelInquiry(own.opening, deployment::now),
            new QuotaInquiry(past, deployment.waitingMail),
            new RecipientInquiry(past, deployment.suppressions),
            deployment::now);
    return assertInstanceOf(
            Result.Checked.class, service.check(new Command(caller, asked.id(), extent)))
        .preflight();
  }

  private PreflightPoint point(Topic topic) {
    return point(check(new Extent.Messages(1)), topic);
  }

  private static PreflightPoint point(PreflightView preflight, Topic topic) {
    return preflight.points().stream()
        .filter(point -> point.topic() == topic)
        .findFirst()
        .orElseThrow();
  }

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

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          v=DMARC1; p=reject,           STOP
          v=DMARC1; p=reject; pct=50,   WARNING
          v=DMARC1;p=QUARANTINE; pct=50, WARNING
          v=DMARC1; p=none,             WARNING
          v=DMARC1; p=quarantine; t=y,  WARNING
          v=spf1 -all,                  WARNING
          -,                            WARNING
          """)
  void mail_that_nothing_proves_is_stopped_only_by_a_policy(
      @Nullable String record, Verdict verdict) {
    own.pigeon.proofs = NEITHER;
    if (record != null) {
      var _ = deployment.dns.publish("_dmarc.mail.example.com", RecordType.TXT, record);
    }
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).isEqualTo(verdict);
    assertThat(point.next()).isPresent();
  }

  @Test
  void a_stop_names_the_policy_and_where_it_was_found() {
    own.pigeon.proofs = NEITHER;
    var _ =
        deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=none; sp=reject");
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).isEqualTo(Verdict.STOP);
    assertThat(point.words())
        .contains("The DMARC record of example.com is \"v=DMARC1; p=none; sp=reject\"")
        .contains("refuse such mail");
  }

  @Test
  void the_same_stop_is_refused_at_acceptance_with_the_same_words() {
    own.pigeon.proofs = NEITHER;
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=reject");
    assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point(Topic.DMARC)));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void where_one_proof_stands_or_nobody_knows_nothing_is_stopped() {
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=reject");
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
    own.pigeon.proofs = new SenderAuthentication(Alignment.NOT_ALIGNED, Alignment.EXACT);
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.OK);
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
  }

  @Test
  void a_policy_for_a_part_of_the_mail_says_for_how_much() {
    own.pigeon.proofs = NEITHER;
    publish("v=DMARC1; p=reject; pct=20");
    assertThat(point(Topic.DMARC).words()).contains("refuse 20 of 100 such mails");
  }

  @Test
  void the_record_is_shown_where_the_sender_is_proved_too() {
    own.pigeon.proofs = new SenderAuthentication(Alignment.EXACT, Alignment.NOT_ALIGNED);
    assertThat(point(Topic.DMARC).words()).contains("example.com has no DMARC record");
    deployment.pass(Duration.ofHours(2));
    publish("v=DMARC1; p=reject");
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.OK);
    assertThat(point(Topic.DMARC).words())
        .contains("SPF aligned, DKIM not aligned", "\"v=DMARC1; p=reject\"");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v=DMARC1; p=reject,                    OK
          v=DMARC1; p=reject; adkim=s,           OK
          v=DMARC1; p=reject; adkim=s; aspf=s,   STOP
          v=DMARC1; p=none; adkim=s; aspf=s,     WARNING
          """)
  void proofs_of_the_organization_count_unless_the_record_is_strict(
      String record, Verdict verdict) {
    own.pigeon.proofs =
        new SenderAuthentication(Alignment.ORGANIZATIONAL, Alignment.ORGANIZATIONAL);
    publish(record);
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).as(point.words()).isEqualTo(verdict);
    if (verdict == Verdict.STOP) {
      assertThat(point.words()).contains("another domain of the organization");
      assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point));
    } else {
      assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
    }
  }

  @Test
  void a_mailbox_providers_address_is_stopped_whatever_its_record_says() {
    own.pigeon.proofs = NEITHER;
    own.pigeon.returnPathTarget = Optional.of("bounces.example.org");
    own.pigeon.mailboxProvider = Optional.of("Example Post");
    publish("v=DMARC1; p=none");
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).isEqualTo(Verdict.STOP);
    assertThat(point.words()).contains("mailboxes of Example Post");
    assertThat(point.next().orElseThrow().deed()).contains(Deed.CONNECT_CHANNEL);
    assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point));
    assertThat(check(new Extent.Messages(1)).points())
        .extracting(PreflightPoint::topic)
        .doesNotContain(Topic.RECORDS);
  }

  @Test
  void a_mailbox_providers_address_passes_where_the_sender_is_proved() {
    own.pigeon.proofs = new SenderAuthentication(Alignment.EXACT, Alignment.EXACT);
    own.pigeon.mailboxProvider = Optional.of("Example Post");
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.OK);
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
  }

  @Test
  void a_lapse_of_the_sender_domain_warns_here_and_where_it_is_shown() {
    own.pigeon.returnPathTarget = Optional.of("bounces.example.org");
    deployment.aligned =
        Optional.of(
            new AlignedDomain(
                "example.com",
                Optional.empty(),
                Optional.empty(),
                Optional.of(deployment.now().plus(Duration.ofDays(3)))));

    PreflightPoint point = point(Topic.RECORDS);

    assertThat(point.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(point.words()).contains("records of example.com are gone", "the platform's domain");
    assertThat(
            Presentations.view(
                    deployment.authors.of(identity, own.pigeon), own.stored(channel), own.pigeon)
                .warning())
        .contains(point.words() + " " + point.next().orElseThrow().words());
  }

  private void publish(String record) {
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, record);
  }

  @Test
  void silent_dns_stops_nothing() {
    own.pigeon.proofs = NEITHER;
    deployment.dns.fallSilent();
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(point(Topic.DMARC).words()).contains("no name server answered in time");
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
  }

  @Test
  void records_to_publish_are_pointed_at_where_the_kind_writes_for_domains() {
    own.pigeon.proofs = NEITHER;
    assertThat(check(new Extent.Messages(1)).points())
        .extracting(PreflightPoint::topic)
        .doesNotContain(Topic.RECORDS);
    own.pigeon.returnPathTarget = Optional.of("bounces.example.org");
    assertThat(point(Topic.RECORDS).next().orElseThrow().deed()).contains(Deed.ADD_SENDER_DOMAIN);
  }

  private AcceptMessage.Result accept() {
    return new AcceptMessageService(
            deployment.identities,
            deployment.channels,
            own.providers,
            deployment.messages,
            deployment.ids,
            deployment::now,
            deployment.policy,
            deployment.authors,
            deployment.objections,
            deployment.suppressions,
            deployment.unsubscribeLinks)
        .accept(
            new AcceptMessage.Command(
                deployment.member,
                identity.id(),
                Deployment.to("di@example.org"),
                Content.plain("Hi", "Hello"),
                Map.of(),
                Urgency.PERSONAL,
                Schedule.AT_ONCE,
                AcceptMessage.Suppressed.REFUSE,
                Optional.empty()));
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

  private static Limit limit(int atMost, Duration window) {
    return new Limit(atMost, Limit.Counted.MESSAGES, window, Limit.Scope.CHANNEL, "the loft's own");
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

  /** The channel is now one that an account's owner let us into. */
  private Gatekeeper byConsent() {
    var gatekeeper = new Gatekeeper();
    own.pigeon.flow = Optional.of(gatekeeper);
    Map<String, String> settings = new HashMap<>(channel.settings().values());
    settings.put(Gatekeeper.OWNER, gatekeeper.account);
    var _ =
        deployment.channels.reconnect(
            deployment.member.team(),
            channel.id(),
            new ChannelSettings(settings),
            channel.secrets());
    return gatekeeper;
  }

  @Test
  void more_recipients_than_a_message_may_have_stop() {
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "a" + i + "@b.example").toList();
    assertThat(point(check(new Extent.Addresses(many)), Topic.RECIPIENTS).verdict())
        .isEqualTo(Verdict.STOP);
    assertThat(point(check(new Extent.Addresses(many.subList(0, 100))), Topic.RECIPIENTS).verdict())
        .isEqualTo(Verdict.OK);
  }

  /** What became of mail, as a test wants it. */
  private static final class Past implements MailHistory {
    HandedOver handedOver = HandedOver.NOTHING;
    final Map<EmailAddress, Cause> causes = new HashMap<>();

    @Override
    public Map<Duration, HandedOver> handedOver(
        TeamId team, ChannelId channel, Collection<Duration> windows) {
      Map<Duration, HandedOver> passed = new HashMap<>();
      windows.forEach(window -> passed.put(window, handedOver));
      return passed;
    }

    @Override
    public Map<EmailAddress, Cause> causesNotToWrite(
        TeamId team, Collection<EmailAddress> addresses) {
      Map<EmailAddress, Cause> known = new HashMap<>(causes);
      known.keySet().retainAll(addresses);
      return known;
    }
  }
}
