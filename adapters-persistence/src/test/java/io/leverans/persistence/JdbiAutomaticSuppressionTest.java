package io.leverans.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.EventKind;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.suppression.SuppressionRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What failures and complaints put on the suppression list by themselves. */
class JdbiAutomaticSuppressionTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());
  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");
  private static final Failure FULL_FOR_GOOD =
      new Failure(
          Cause.MAILBOX_FULL, "552 5.2.2 mailbox full", Optional.of("5.2.2"), Optional.empty());

  private final Suppressions suppressions = DATABASE.database().suppressions();

  @Test
  void a_bounce_puts_the_address_on_the_list_and_says_which_mail_it_was() {
    var sender = new Sender(DATABASE.store());
    Claim claim = delivered(sender, "Bo@example.com");

    report(sender, claim, DeliveryFact.BOUNCE_REPORTED, Sender.UNKNOWN);

    SuppressedAddress entry = entryOfBo(sender).orElseThrow();
    assertThat(entry.reason()).isEqualTo(SuppressionReason.BOUNCED);
    assertThat(entry.address()).contains(EmailAddress.parse("Bo@example.com"));
    assertThat(entry.origin())
        .contains(
            new SuppressedAddress.Origin(
                claim.dispatch().message(), Sender.only(claim), Sender.UNKNOWN));
    assertThat(sender.events().getLast().kind()).isEqualTo(EventKind.SUPPRESSION_ADDED);
    assertThat(sender.events().getLast().data())
        .containsEntry("address", "Bo@example.com")
        .containsEntry("reason", "BOUNCED")
        .containsEntry("cause", "MAILBOX_UNKNOWN");
  }

  @Test
  void a_refusal_at_the_servers_door_does_so_too() {
    var sender = new Sender(DATABASE.store());
    Claim claim = sender.claimNew();
    sender.handOver(claim);

    sender.settle(
        claim, new Outcome.Rejected(Sender.UNKNOWN), new NextStep.Settle(DeliveryFact.REJECTED));

    assertThat(entryOfBo(sender)).isPresent();
  }

  @Test
  void a_complaint_does_so_whatever_the_team_decided() {
    var sender = new Sender(DATABASE.store());
    suppressions.decide(sender.team(), never());
    Claim claim = delivered(sender, "bo@example.com");

    report(
        sender,
        claim,
        DeliveryFact.COMPLAINT_REPORTED,
        Failure.of(Cause.MARKED_AS_SPAM, "Feedback-Type: abuse"));

    assertThat(entryOfBo(sender).map(SuppressedAddress::reason))
        .contains(SuppressionReason.COMPLAINED);
  }

  @Test
  void a_block_of_our_servers_a_rule_or_a_verdict_of_spam_says_nothing_of_the_address() {
    var sender = new Sender(DATABASE.store());
    for (Cause cause :
        List.of(
            Cause.REPUTATION_BLOCK,
            Cause.POLICY,
            Cause.SPAM_REJECTED,
            Cause.AUTH_FAILURE,
            Cause.SENDER_DNS,
            Cause.DELIVERY_EXPIRED)) {
      Claim claim = delivered(sender, "bo@example.com");
      report(sender, claim, DeliveryFact.BOUNCE_REPORTED, Failure.of(cause, "550 no"));
    }

    assertThat(entryOfBo(sender)).isEmpty();
  }

  @Test
  void what_a_team_wants_to_see_fail_thrice_goes_on_the_list_with_the_third() {
    var sender = new Sender(DATABASE.store());
    suppressions.decide(sender.team(), fullThrice());

    bounceFull(sender);
    bounceFull(sender);
    assertThat(entryOfBo(sender)).isEmpty();
    bounceFull(sender);

    assertThat(entryOfBo(sender).map(SuppressedAddress::reason))
        .contains(SuppressionReason.BOUNCED);
  }

  @Test
  void failures_too_long_ago_do_not_count() {
    var sender = new Sender(DATABASE.store());
    suppressions.decide(sender.team(), fullThrice());
    bounceFull(sender);
    bounceFull(sender);
    DATABASE
        .jdbi()
        .useHandle(
            handle -> handle.execute("UPDATE suppression_strike SET at = at - interval '31 days'"));

    bounceFull(sender);

    assertThat(entryOfBo(sender)).isEmpty();
  }

  @Test
  void one_message_that_fails_again_and_again_counts_once() {
    var sender = new Sender(DATABASE.store());
    suppressions.decide(sender.team(), fullThrice());
    Claim claim = delivered(sender, "bo@example.com");
    for (int i = 0; i < 3; i++) {
      report(sender, claim, DeliveryFact.BOUNCE_REPORTED, FULL_FOR_GOOD);
      assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isOne();
      claim = sender.claimOne();
      sender.deliver(claim);
    }

    assertThat(entryOfBo(sender)).isEmpty();
  }

  @Test
  void failures_that_two_nodes_write_down_at_once_are_counted_together() throws Exception {
    var sender = new Sender(DATABASE.store());
    suppressions.decide(sender.team(), fullThrice());
    bounceFull(sender);
    Claim one = delivered(sender, "bo@example.com");
    Claim other = delivered(sender, "BO@example.com");

    try (Handle first = DATABASE.jdbi().open();
        ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
      first.begin();
      bounceFull(first, sender, one);
      Future<?> second =
          nodes.submit(
              () -> DATABASE.jdbi().useTransaction(handle -> bounceFull(handle, sender, other)));
      await().until(() -> second.isDone() || DATABASE.waitingForALock() > 0);
      first.commit();
      second.get();
    }

    assertThat(entryOfBo(sender)).isPresent();
  }

  private static void bounceFull(Handle handle, Sender sender, Claim claim) {
    var moves = new DeliveryMoves(handle, sender.team());
    moves.make(
        moves
            .lock(Sender.only(claim))
            .flatMap(
                standing ->
                    standing.on(
                        DeliveryFact.BOUNCE_REPORTED, Optional.empty(), Optional.of(FULL_FOR_GOOD)))
            .stream()
            .toList());
    moves.file();
  }

  @Test
  void taking_an_address_off_forgets_what_counted_against_it() {
    var sender = new Sender(DATABASE.store());
    suppressions.decide(sender.team(), fullThrice());
    bounceFull(sender);
    bounceFull(sender);
    bounceFull(sender);
    var _ =
        suppressions.remove(
            sender.team(), entryOfBo(sender).orElseThrow().id(), sender.admin().id(), "asked");

    bounceFull(sender);

    assertThat(entryOfBo(sender)).isEmpty();
  }

  private Optional<SuppressedAddress> entryOfBo(Sender sender) {
    return Optional.ofNullable(suppressions.among(sender.team(), List.of(BO)).get(BO));
  }

  private static Claim delivered(Sender sender, String recipient) {
    var _ = sender.accept(sender.mail(recipient));
    Claim claim = sender.claimOne();
    sender.deliver(claim);
    return claim;
  }

  private static void bounceFull(Sender sender) {
    report(
        sender, delivered(sender, "bo@example.com"), DeliveryFact.BOUNCE_REPORTED, FULL_FOR_GOOD);
  }

  private static void report(Sender sender, Claim claim, DeliveryFact fact, Failure failure) {
    var id = new ReportId(IDS.next());
    var link = new Link.Genuine(sender.team(), Sender.only(claim));
    var _ =
        DATABASE
            .store()
            .reports()
            .store(
                new IncomingReport(
                    new ChannelKind("pigeon"),
                    "b.token@example.com",
                    link,
                    ReportKind.DELIVERY_STATUS,
                    Optional.empty(),
                    List.of(),
                    Octets.of("Message-ID: <%s>".formatted(id.value()).getBytes(US_ASCII))),
                List.of(Found.as(id, link, new ReportVerdict.Moves(fact, failure))));
  }

  private static SuppressionPolicy fullThrice() {
    return new SuppressionPolicy(
        Map.of(Cause.MAILBOX_FULL, new SuppressionRule.After(3, Duration.ofDays(30))));
  }

  private static SuppressionPolicy never() {
    return new SuppressionPolicy(Map.of(Cause.MAILBOX_UNKNOWN, new SuppressionRule.Never()));
  }
}
