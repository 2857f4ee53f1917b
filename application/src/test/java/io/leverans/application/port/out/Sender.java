package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventName;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A team of its own with an identity, and what it does all day, for the contracts. */
public final class Sender {
  public static final RetrySchedule SCHEDULE =
      new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(2));
  public static final RetrySchedules SCHEDULES = RetrySchedules.ofAll(SCHEDULE);
  public static final Duration LEASE = Duration.ofSeconds(30);
  public static final Failure FULL = Failure.of(Cause.MAILBOX_FULL, "452 4.2.2 mailbox full");
  public static final Failure UNKNOWN = Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no such user");

  /** It says nothing about the address. */
  public static final Failure BY_RULE = Failure.of(Cause.POLICY, "550 5.7.1 refused by a rule");

  public static final NextHop HOP =
      new NextHop(
          "mx.example.com",
          "192.0.2.1:25",
          new NextHop.Security.Encrypted("TLSv1.3", Optional.of("self-signed")));

  private final Store store;
  private final Member admin;
  private final IdentityId identity;
  private final ChannelId channel;
  private final LeaseId node;
  private final Letters letters;
  private final Feed feed;

  public Sender(Store store) {
    this.store = store;
    TeamId team = store.teams().nextNumber();
    this.admin = new Member(team, new MemberId(store.ids().next()), "Astrid", Member.Role.ADMIN);
    this.channel = new ChannelId(store.ids().next());
    this.node = new LeaseId(store.ids().next());
    store.teams().create(new Team(team, "Team " + team.value()), admin);
    this.identity = identity("astrid@sender.example");
    this.letters = new Letters(store.ids(), team, identity, channel);
    this.feed = new Feed(store, caller());
  }

  public TeamId team() {
    return admin.team();
  }

  public Member admin() {
    return admin;
  }

  public Caller caller() {
    return new Caller(admin);
  }

  public IdentityId identity() {
    return identity;
  }

  public ChannelId channel() {
    return channel;
  }

  /** By which nothing but the platform's channel can be decided on. */
  public ChoiceTerms terms() {
    return new ChoiceTerms(channel, Set.of());
  }

  public IdentityId identity(String address) {
    return identity(admin.id(), address);
  }

  public IdentityId identity(MemberId member, String address) {
    IdentityId id = new IdentityId(store.ids().next());
    NewIdentity created =
        new NewIdentity(
            team(),
            id,
            member,
            Mailbox.of(EmailAddress.parse(address)),
            Optional.empty(),
            Replies.TO_SHOWN_ADDRESS,
            NewIdentity.Proof.VOUCHED_FOR);
    assertThat(store.identities().create(created, terms())).isEqualTo(Identities.Creation.CREATED);
    return id;
  }

  public MessageId log(String internetId) {
    NewLoggedMail mail = letters.loggedMail(internetId);
    assertThat(store.messages().log(mail)).isInstanceOf(Messages.Logging.Logged.class);
    return mail.id();
  }

  /** What it writes. */
  public Letters letters() {
    return letters;
  }

  public NewMail mail(String... recipients) {
    return letters.mail(recipients);
  }

  public NewMail mailTogether(String... recipients) {
    return letters.mailTogether(recipients);
  }

  public MessageId accept(NewMail mail) {
    assertThat(store.messages().accept(mail)).isInstanceOf(Messages.Acceptance.Stored.class);
    return mail.message().id();
  }

  /** Accepts one mail to one recipient and claims it. */
  public Claim claimNew() {
    var _ = accept(mail("bo@example.com"));
    return claimOne();
  }

  public List<Claim> claim() {
    return claim(100);
  }

  /** As many, from one line after the other. */
  public List<Claim> claim(int atMost) {
    List<Claim> claims = new ArrayList<>();
    for (Line line : readyLines()) {
      if (claims.size() < atMost) {
        claims.addAll(claim(Map.of(line, atMost - claims.size())));
      }
    }
    return claims;
  }

  public List<Claim> claim(Map<Line, Integer> shares) {
    return claimed(shares).claims();
  }

  public DispatchQueue.Claimed claimed(Map<Line, Integer> shares) {
    return store.queue().claim(team(), node, LEASE, shares);
  }

  /** All lines, personal mail first on each lane; what has come due is ready by then. */
  public List<Line> readyLines() {
    var _ = takeBack();
    return store
        .queue()
        .readyLines(
            team(),
            store.queue().readyLanes(team(), Optional.empty(), 100).stream()
                .flatMap(
                    lane ->
                        Stream.of(Urgency.values())
                            .map(urgency -> new LineSearch(lane, urgency, Optional.empty(), 100)))
                .toList());
  }

  /** Makes ready what has come due. */
  public DispatchQueue.TakenBack takeBack() {
    return store.queue().makeReady(team(), 1000, SCHEDULE);
  }

  public Claim claimOne() {
    List<Claim> claims = claim();
    assertThat(claims).hasSize(1);
    return claims.getFirst();
  }

  public static Set<DeliveryId> aboard(Claim claim) {
    return claim.dispatch().envelopes().stream()
        .map(Envelope::delivery)
        .collect(Collectors.toUnmodifiableSet());
  }

  public static DeliveryId only(Claim claim) {
    assertThat(claim.dispatch().envelopes()).hasSize(1);
    return claim.dispatch().envelopes().getFirst().delivery();
  }

  public void handOver(Claim claim) {
    assertThat(store.queue().permit(claim, aboard(claim))).isEqualTo(Permission.GO);
  }

  /** Settles all that is aboard alike. */
  public void settle(Claim claim, Outcome outcome, NextStep next) {
    settle(
        claim,
        aboard(claim).stream()
            .map(delivery -> new Settlement(delivery, outcome, next))
            .toArray(Settlement[]::new));
  }

  public void settle(Claim claim, Settlement... settlements) {
    Map<DeliveryId, Outcome> outcomes =
        Arrays.stream(settlements)
            .collect(Collectors.toMap(Settlement::delivery, Settlement::outcome));
    store
        .queue()
        .settle(
            claim,
            new AttemptReport(outcomes, Optional.of(HOP), List.of("> MAIL", "< 250 ok")),
            List.of(settlements));
  }

  public void settleAccepted(Claim claim) {
    settle(claim, accepted(), new NextStep.Settle(DeliveryFact.ACCEPTED));
  }

  public void settleDeferred(Claim claim, Duration pause) {
    settle(claim, deferred(), new NextStep.Return(DeliveryFact.DEFERRED, pause));
  }

  public static Outcome accepted() {
    return new Outcome.Accepted(Evidence.RECIPIENTS_SERVER, "250 ok queued as 1");
  }

  public static Outcome deferred() {
    return new Outcome.Deferred(FULL, Optional.empty());
  }

  /** Hands over and lets the next hop take it. */
  public void deliver(Claim claim) {
    handOver(claim);
    settleAccepted(claim);
  }

  public MessageView read(MessageId message) {
    return store.messages().find(team(), message).orElseThrow();
  }

  public DeliveryView onlyDelivery(MessageId message) {
    List<DeliveryView> deliveries = read(message).deliveries();
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  public DeliveryState state(Claim claim) {
    return onlyDelivery(claim.dispatch().message()).state();
  }

  /** Those of a message, in the order of its recipients. */
  public List<DeliveryId> deliveriesOf(MessageId message) {
    return read(message).deliveries().stream().map(DeliveryView::id).toList();
  }

  public int order(MessageId message, DeliveryFact fact) {
    return store.messages().apply(team(), message, deliveriesOf(message), fact);
  }

  /** What it is told, and shown. */
  public Feed feed() {
    return feed;
  }

  public List<MessageId> messagesIn(Folder folder) {
    return feed.messagesIn(folder);
  }

  public List<Event> events() {
    return feed.events();
  }

  public List<EventName> told() {
    return feed.told();
  }

  public static String[] recipients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "recipient" + i + "@example.com")
        .toArray(String[]::new);
  }
}
