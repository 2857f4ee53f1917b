package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

  public Sender(Store store) {
    this.store = store;
    TeamId team = store.teams().nextNumber();
    this.admin = new Member(team, new MemberId(store.ids().next()), "Astrid", Member.Role.ADMIN);
    this.channel = new ChannelId(store.ids().next());
    this.node = new LeaseId(store.ids().next());
    store.teams().create(new Team(team, "Team " + team.value()), admin);
    this.identity = identity("astrid@sender.example");
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

  /** A message with a dispatch for each recipient. */
  public NewMail mail(String... recipients) {
    Message message = message(Purpose.CORRESPONDENCE, recipients);
    return new NewMail(
        message,
        Urgency.PERSONAL,
        Schedule.AT_ONCE,
        Octets.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII)),
        Optional.empty(),
        deliveries(message).map(delivery -> dispatch(List.of(delivery))).toList(),
        Optional.empty());
  }

  /** A message whose recipients travel together. */
  public NewMail mailTogether(String... recipients) {
    NewMail mail = mail(recipients);
    return new NewMail(
        mail.message(),
        mail.urgency(),
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        List.of(dispatch(deliveries(mail.message()).toList())),
        Optional.empty());
  }

  public NewMail systemMail(String recipient) {
    NewMail mail = mail(recipient);
    return new NewMail(
        message(Purpose.SYSTEM, recipient),
        mail.urgency(),
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        Optional.empty());
  }

  /** Mail that was sent elsewhere. */
  public NewLoggedMail loggedMail(String internetId) {
    return new NewLoggedMail(
        team(),
        new MessageId(store.ids().next()),
        identity,
        Mailbox.parse("Astrid Å <astrid@mailbox.example>"),
        "Höst",
        Map.of("deal", "17"),
        new InternetMessageId(internetId),
        Optional.of(new InternetMessageId("<0@example.com>")),
        Instant.parse("2026-11-20T08:00:00Z"),
        Octets.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII)),
        List.of(
            new PlannedDelivery(
                new DeliveryId(store.ids().next()),
                new Recipient(Recipient.Role.CC, Mailbox.parse("Bo Ö <bo@example.com>")))),
        Optional.empty());
  }

  public NewLoggedMail under(Idempotency key, NewLoggedMail mail) {
    return new NewLoggedMail(
        mail.team(),
        mail.id(),
        mail.identity(),
        mail.from(),
        mail.subject(),
        mail.metadata(),
        mail.internetId(),
        mail.inReplyTo(),
        mail.sentAt(),
        mail.bytes(),
        mail.deliveries(),
        Optional.of(key));
  }

  public MessageId log(String internetId) {
    NewLoggedMail mail = loggedMail(internetId);
    assertThat(store.messages().log(mail)).isInstanceOf(Messages.Logging.Logged.class);
    return mail.id();
  }

  public NewMail mailUnder(String key, String fingerprint) {
    return mailUnder(key, fingerprint, "bo@example.com");
  }

  public NewMail mailUnder(String key, String fingerprint, String recipient) {
    NewMail mail = mail(recipient);
    return new NewMail(
        mail.message(),
        mail.urgency(),
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        Optional.of(new Idempotency(key, fingerprint)));
  }

  public NewMail scheduled(NewMail mail, Schedule schedule) {
    return new NewMail(
        mail.message(),
        mail.urgency(),
        schedule,
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        mail.idempotency());
  }

  public NewMail withContent(NewMail mail, byte[] bytes) {
    return withContent(mail, Octets.of(bytes));
  }

  public NewMail withContent(NewMail mail, Octets content) {
    return new NewMail(
        mail.message(),
        mail.urgency(),
        mail.schedule(),
        content,
        mail.returnPathHost(),
        mail.dispatches(),
        mail.idempotency());
  }

  public NewMail from(IdentityId other, NewMail mail) {
    Message message = mail.message();
    Message changed =
        new Message(
            message.team(),
            message.id(),
            message.purpose(),
            Optional.of(other),
            message.channel(),
            message.from(),
            message.recipients(),
            message.content(),
            message.metadata(),
            message.internetId(),
            message.date());
    return new NewMail(
        changed,
        mail.urgency(),
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        mail.idempotency());
  }

  public NewMail withMetadata(NewMail mail, Map<String, String> metadata) {
    Message message = mail.message();
    Message changed =
        new Message(
            message.team(),
            message.id(),
            message.purpose(),
            message.identity(),
            message.channel(),
            message.from(),
            message.recipients(),
            message.content(),
            metadata,
            message.internetId(),
            message.date());
    return new NewMail(
        changed,
        mail.urgency(),
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        mail.idempotency());
  }

  private Message message(Purpose purpose, String... recipients) {
    MessageId id = new MessageId(store.ids().next());
    return new Message(
        team(),
        id,
        purpose,
        purpose == Purpose.SYSTEM ? Optional.empty() : Optional.of(identity),
        channel,
        Mailbox.parse("Astrid Å <astrid@sender.example>"),
        Arrays.stream(recipients)
            .map(address -> new Recipient(Recipient.Role.TO, Mailbox.parse(address)))
            .toList(),
        Content.plain("Hello", "hello"),
        Map.of("deal", "17"),
        new InternetMessageId("<" + id.value() + "@sender.example>"),
        Instant.parse("2026-11-24T10:00:00Z"));
  }

  private Stream<PlannedDelivery> deliveries(Message message) {
    return message.recipients().stream()
        .map(recipient -> new PlannedDelivery(new DeliveryId(store.ids().next()), recipient));
  }

  private PlannedDispatch dispatch(List<PlannedDelivery> deliveries) {
    return new PlannedDispatch(
        new DispatchId(store.ids().next()),
        new Lane(deliveries.getFirst().recipient().mailbox().address().domain()),
        deliveries);
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

  public NewMail inBulk(NewMail mail) {
    return new NewMail(
        mail.message(),
        Urgency.BULK,
        mail.schedule(),
        mail.composed(),
        mail.returnPathHost(),
        mail.dispatches(),
        mail.idempotency());
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
    return store.queue().claim(team(), node, LEASE, shares);
  }

  /** All lines, personal mail first on each lane; what has come due is ready by then. */
  public List<Line> readyLines() {
    store.queue().makeReady(team(), 1000);
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

  public int order(MessageId message, DeliveryFact fact) {
    List<DeliveryId> all = read(message).deliveries().stream().map(DeliveryView::id).toList();
    return store.messages().apply(team(), message, all, fact);
  }

  public List<MessageId> messagesIn(Folder folder) {
    return summariesIn(folder).stream().map(MessageSummary::id).toList();
  }

  public List<MessageSummary> summariesIn(Folder folder) {
    return store
        .messages()
        .list(
            new ListMessages.Query(
                caller(), Optional.of(folder), Optional.empty(), 100, Optional.empty()))
        .items();
  }

  /** The team's whole feed so far. */
  public List<Event> events() {
    int numbered;
    do {
      numbered = store.events().number(team());
    } while (numbered > 0);
    return store.events().after(team(), 0, Integer.MAX_VALUE);
  }

  /** The latest of this kind. */
  public Event event(EventKind kind) {
    return events().stream()
        .filter(event -> event.kind() == kind)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  public List<EventName> told() {
    return events().stream().map(Event::kind).toList();
  }

  public static String[] recipients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "recipient" + i + "@example.com")
        .toArray(String[]::new);
  }
}
