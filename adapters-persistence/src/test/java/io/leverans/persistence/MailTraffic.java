package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Erasures.NewErasure;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.port.out.Erasures.Turn;
import io.leverans.application.port.out.FailedDeliveriesContract;
import io.leverans.application.port.out.FailureRecords.Batch;
import io.leverans.application.port.out.FailureRecords.Position;
import io.leverans.application.port.out.KeptMail;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What mail meets on its way, so that all statements on it have run. */
final class MailTraffic {
  private static final Doubts.Rhythm RHYTHM =
      new Doubts.Rhythm(Duration.ofMillis(1), Duration.ofDays(1), Duration.ofDays(7));

  private static final LaneNews TROUBLE =
      new LaneNews.Trouble(
          Impediment.SLOWED,
          Failure.of(Cause.RATE_LIMITED, "421 too much"),
          Optional.of(Duration.ofSeconds(5)));

  private final Jdbi jdbi;
  private final Store store;
  private final Sender sender;

  MailTraffic(Jdbi jdbi, Store store) {
    this.jdbi = jdbi;
    this.store = store;
    this.sender = new Sender(store);
  }

  /** Mail that is accepted, sent, answered in all ways, read about, purged and tried again. */
  void pass() {
    for (int i = 0; i < 10; i++) {
      var _ = sender.accept(sender.mail(Sender.recipients(5)));
      sender.claim().forEach(sender::deliver);
    }
    answerNotAtOnce();
    readMailbox();
    purge();
    failAndRetry();
    erase();
    tellOfThePlatform();
    pass(new JdbiLanes(jdbi, Runnable::run, new UsedLanes()));
    var _ = sender.told();
  }

  private void answerNotAtOnce() {
    var _ = sender.accept(sender.letters().mailUnder("key", "print"));
    List<Claim> claims = sender.claim();
    store.queue().renew(sender.team(), claims, Sender.LEASE);
    claims = store.queue().handBack(claims).isEmpty() ? claims : sender.claim();
    claims.forEach(claim -> sender.settleDeferred(claim, Duration.ZERO));
    sender.claim().forEach(sender::deliver);
    var cancelled = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.order(cancelled, DeliveryFact.CANCELLED);
    setTimes();
    var _ = sender.log("<1@example.com>");
    var _ =
        store
            .messages()
            .log(
                ChangedMail.under(
                    new Idempotency("log", "print"),
                    sender.letters().loggedMail("<2@example.com>")));
    loseOne();
    var _ = store.queue().resume(new WaitingPlace(sender.team(), sender.channel()));
    var _ = store.queue().waitingPlaces(10);
    var _ = store.queue().teamsWithDueMail(10);
    var _ = store.events().teamsWithUnnumbered(10);
  }

  private void setTimes() {
    var message = sender.accept(sender.mail("bo@example.com"));
    Messages messages = store.messages();
    var never = new TimeChange.To(Instant.now().plusSeconds(1000));
    var _ = messages.reschedule(sender.team(), message, never, new TimeChange.Keep());
    var past = new TimeChange.To(Instant.now().minusSeconds(1000));
    var _ = messages.reschedule(sender.team(), message, new TimeChange.Keep(), past);
    var _ = store.queue().teamsWithExpiredMail(10);
    var _ = store.queue().expire(sender.team(), 10);
  }

  /**
   * Its lease runs out before the hand-over, then after it, and an inquiry shows that it was not
   * sent.
   */
  private void loseOne() {
    var _ = sender.claimNew();
    runOut();
    sender.handOver(sender.claimOne());
    runOut();
    var _ = sender.claim();
    Doubts.Place place = new Doubts.Place(sender.team(), sender.channel());
    var _ = store.doubts().due(Set.of(), RHYTHM, 10);
    store
        .doubts()
        .take(place, RHYTHM)
        .ifPresent(
            doubt -> {
              var _ = store.doubts().shownNotSent(doubt);
            });
    sender.claim().forEach(sender::deliver);
  }

  private void runOut() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE dispatch SET due_at = now() - interval '1 second' WHERE team_id = ?"
                    + " AND lease_holder IS NOT NULL",
                sender.team().value()));
  }

  private void readMailbox() {
    var kind = new ChannelKind("somekind");
    var channel =
        new NewChannel(
            new ChannelId(store.ids().next()),
            kind,
            "Mailbox",
            new ChannelOwner.OfTeam(sender.team()),
            new ChannelSettings(Map.of(MailboxChoice.SETTING, MailboxChoice.READ.word())),
            SealedSecrets.NONE);
    ChannelId id = store.channels().connect(channel, sender.terms()).channel().id();
    var mailboxes = new JdbiMailboxes(jdbi);
    for (Mailboxes.Place place : mailboxes.due(Set.of(kind), 10)) {
      var lease = new LeaseId(UUID.randomUUID());
      Mailboxes.Held held = mailboxes.take(place, lease, Duration.ofMinutes(1)).orElseThrow();
      var _ = mailboxes.reached(held, new MailboxMark("here"), Duration.ofMinutes(1));
      mailboxes.leave(
          held,
          new ChannelFault(Cause.CREDENTIALS_REFUSED, "no", "Mend it.", Certainty.CERTAIN),
          Duration.ZERO);
      mailboxes.leave(
          mailboxes.take(place, lease, Duration.ofMinutes(1)).orElseThrow(), Duration.ZERO);
    }
    jdbi.useTransaction(
        handle -> {
          var _ = MailboxRows.note(handle, new MailboxPlace(sender.team(), id, "key"));
          MailboxRows.lookAnew(handle, sender.team(), id);
        });
    var _ = mailboxes.states(sender.team(), List.of(id));
    jdbi.useTransaction(handle -> MailboxRows.remove(handle, sender.team(), id));
  }

  /** Whatever there is is old, and some of it unsettled. */
  private void purge() {
    var unlinked = new Link.None();
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    assertThat(new JdbiReports(jdbi).target(sender.team(), Sender.only(claim))).isPresent();
    List<Link> links = List.of(unlinked, new Link.Genuine(sender.team(), Sender.only(claim)));
    var traffic = new ReportTraffic(new JdbiReports(jdbi));
    links.forEach(traffic::arrive);
    traffic.beDealtWith(sender);
    var failed = sender.claimNew();
    sender.settle(
        failed, new Outcome.Rejected(Sender.UNKNOWN), new NextStep.Settle(DeliveryFact.REJECTED));
    var _ = sender.order(failed.dispatch().message(), DeliveryFact.RETRY_ORDERED);
    var _ =
        new JdbiSuppressions(jdbi)
            .add(
                new NewSuppression(
                    sender.team(),
                    new SuppressionId(UUID.randomUUID()),
                    EmailAddress.parse("over@example.com"),
                    SuppressionReason.BY_HAND,
                    Optional.of(Instant.EPOCH),
                    Optional.empty()));
    var kept = new JdbiKeptMail(jdbi);
    var _ = kept.teams(Optional.empty(), 10);
    for (KeptMail.Part part : KeptMail.Part.values()) {
      assertThat(kept.purge(sender.team(), part, Duration.ofMillis(1), Optional.empty()).purged())
          .isPositive();
    }
    assertThat(kept.purgeUnlinkedReports(Duration.ofMillis(1), Optional.empty()).purged())
        .isPositive();
    sender.claim().forEach(sender::deliver);
  }

  private void failAndRetry() {
    var mail = new StoredFailingMail(store, jdbi);
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com", "b@example.com");
    var _ = mail.inDoubt(mail.member(), "c@example.com");
    mendRecords(mail);
    var failed = new JdbiFailedDeliveries(jdbi);
    var retries = new JdbiRetries(jdbi);
    for (FailedSelection selection :
        List.of(
            FailedDeliveriesContract.all(mail), FailedDeliveriesContract.of(mail, mail.admin()))) {
      for (By by : By.values()) {
        var _ = failed.group(selection, by, 10);
      }
      var order =
          new NewRetry(
              new RetryId(UUID.randomUUID()),
              selection,
              mail.admin(),
              Optional.of(new Idempotency("retry " + selection.member(), "print")));
      var _ = retries.order(order);
      var _ = retries.find(mail.team(), order.id());
      var _ = retries.teamsWithOpen(10);
      var _ =
          retries
              .take(mail.team(), new LeaseId(UUID.randomUUID()), Sender.LEASE, 10)
              .map(batch -> retries.carryOut(batch, Map.of()));
    }
  }

  private void mendRecords(StoredFailingMail mail) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "DELETE FROM undelivered WHERE team_id = ? AND state = 'FAILED'",
                mail.team().value()));
    jdbi.useHandle(
        handle ->
            handle.execute(
                "UPDATE undelivered SET state = 'BOUNCED' WHERE team_id = ?", mail.team().value()));
    var records = new JdbiFailureRecords(jdbi);
    var _ = records.teams(Optional.empty(), 10);
    int mended = 0;
    Optional<Position> from = Optional.empty();
    do {
      Batch batch = records.mend(mail.team(), from);
      mended += batch.mended();
      from = batch.next();
    } while (from.isPresent());
    assertThat(mended).isEqualTo(3);
  }

  private void erase() {
    EmailAddress address = EmailAddress.parse("gone@example.com");
    MessageId message = sender.accept(sender.mail(address.toString(), "bo@example.com"));
    sender.claim().forEach(sender::deliver);
    var others = new Link.Genuine(sender.team(), sender.read(message).deliveries().getLast().id());
    var _ =
        new ReportTraffic(new JdbiReports(jdbi))
            .arrive(others, ReportTraffic.BOUNCE, List.of(address.toString()));
    var erasures = new JdbiErasures(jdbi);
    var erasure =
        new NewErasure(
            sender.team(),
            new ErasureId(store.ids().next()),
            sender.admin().id(),
            address,
            new SuppressionId(store.ids().next()));
    assertThat(erasures.order(erasure).state()).isEqualTo(State.UNDER_WAY);
    assertThat(new JdbiPersonalData(jdbi).find(sender.team(), address).mail()).hasSize(1);
    var _ = erasures.teamsWithOpen(10);
    while (erasures.carryOn(sender.team(), Turn.WAITED_FOR) == Step.WENT_ON) {}
    assertThat(erasures.find(sender.team(), erasure.id()).orElseThrow().state())
        .isEqualTo(State.DONE);
  }

  private void tellOfThePlatform() {
    var faults = new JdbiPlatformFaults(jdbi);
    faults.met(List.of(new Met("to example.com", Failure.of(Cause.SENDER_DNS, "550 no PTR"), 1)));
    faults.latest(10).faults().forEach(faults::told);
    faults.forget(Duration.ofDays(1));
  }

  private static void pass(Lanes lanes) {
    Lane lane = new Lane("to example.com");
    Pace pace =
        new Pace(
            List.of(new Limit(2, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    for (int i = 0; i < 4; i++) {
      Taking taking = lanes.take(lane, pace, new Amount(1, 1), Duration.ZERO);
      if (taking instanceof Taking.Granted(Permit permit)) {
        lanes.passed(permit);
      }
    }
    var _ = lanes.ask(List.of(lane));
    lanes.reopen(lane);
    lanes.tell(lane, TROUBLE, Instant.now());
    lanes.tell(lane, TROUBLE, Instant.now());
    var _ = lanes.probe(List.of(lane), Sender.LEASE);
    lanes.tell(lane, new LaneNews.Flows(), Instant.now().plusSeconds(60));
    lanes.tell(lane, new LaneNews.Flows(), Instant.now().plusSeconds(60));
    var _ = lanes.rooms(List.of(lane, new Lane("to example.org")));
    if (lanes.take(lane, pace, new Amount(1, 1), Duration.ZERO)
        instanceof Taking.Granted(Permit permit)) {
      lanes.giveBack(permit);
    }
  }
}
