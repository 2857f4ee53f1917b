package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.out.MailHistory.HandedOver;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiMailHistoryTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");

  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private final MailHistory history = DATABASE.database().mailHistory();
  private final Sender sender = new Sender(DATABASE.store());

  @Test
  void what_was_handed_over_is_counted_by_message_and_by_recipient() {
    var _ = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    sender.deliver(sender.claimOne());
    sender.deliver(sender.claimNew());
    var _ = sender.accept(sender.mail("waiting@example.com"));

    HandedOver passed = handedOver(sender.team(), sender.channel());

    assertThat(passed.amount()).isEqualTo(new Amount(2, 3));
    assertThat(passed.oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  void another_channel_and_another_team_are_not_counted() {
    sender.deliver(sender.claimNew());

    assertThat(handedOver(sender.team(), new ChannelId(DATABASE.store().ids().next())))
        .isEqualTo(HandedOver.NOTHING);
    assertThat(handedOver(new Sender(DATABASE.store()).team(), sender.channel()))
        .isEqualTo(HandedOver.NOTHING);
  }

  @Test
  void every_window_is_counted_by_itself() {
    sender.deliver(sender.claimNew());
    longAgo(Duration.ofHours(3));
    sender.deliver(sender.claimNew());

    Map<Duration, HandedOver> passed =
        history.handedOver(
            sender.team(),
            sender.channel(),
            List.of(Duration.ofMillis(1), Duration.ofHours(1), DAY));

    assertThat(passed.get(Duration.ofMillis(1))).isEqualTo(HandedOver.NOTHING);
    assertThat(passed.get(Duration.ofHours(1)).amount()).isEqualTo(new Amount(1, 1));
    assertThat(passed.get(DAY).amount()).isEqualTo(new Amount(2, 2));
    assertThat(passed.get(DAY).oldest()).isBetween(Duration.ofHours(3), Duration.ofHours(4));
    assertThat(history.handedOver(sender.team(), sender.channel(), List.of())).isEmpty();
  }

  @Test
  void what_was_accepted_long_before_it_was_sent_is_counted_by_its_time() {
    Ids ids = new RandomIds(() -> Instant.now().minus(Duration.ofDays(90)));
    var patient = new Sender(withIds(DATABASE.store(), ids));
    Instant yesterday = Instant.now().minus(Duration.ofHours(20));
    var _ =
        patient.accept(
            ChangedMail.scheduled(
                patient.mail("bo@example.com"),
                new Schedule(Optional.of(yesterday), Optional.empty())));
    patient.deliver(patient.claimOne());

    assertThat(handedOver(patient.team(), patient.channel()).amount()).isEqualTo(new Amount(1, 1));
  }

  private static Store withIds(Store store, Ids ids) {
    return new Store(
        ids,
        store.teams(),
        store.apiKeys(),
        store.identities(),
        store.channels(),
        store.messages(),
        store.queue(),
        store.waitingMail(),
        store.events(),
        store.consents(),
        store.doubts(),
        store.reports());
  }

  private HandedOver handedOver(TeamId team, ChannelId channel) {
    return history.handedOver(team, channel, List.of(DAY)).get(DAY);
  }

  /** As if everything of the team had been handed over earlier by this. */
  private void longAgo(Duration by) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE attempt SET handed_over_at = handed_over_at - :by * interval '1 second'
                         WHERE team_id = :team\
                        """)
                    .bind("team", sender.team().value())
                    .bind("by", by.toSeconds())
                    .execute());
  }

  @Test
  void logged_mail_counts_in_no_pace() {
    var _ = sender.log("<1@mailbox.example>");

    assertThat(handedOver(sender.team(), sender.channel())).isEqualTo(HandedOver.NOTHING);
  }

  @Test
  void an_address_that_failed_for_good_is_known_however_it_is_written() {
    reject(sender.claimNew(), Sender.UNKNOWN.cause());
    EmailAddress shouted = EmailAddress.parse("BO@example.com");

    assertThat(history.causesNotToWrite(sender.team(), List.of(shouted, address("cy@example.com"))))
        .isEqualTo(Map.of(shouted, Cause.MAILBOX_UNKNOWN));
    assertThat(history.causesNotToWrite(new Sender(DATABASE.store()).team(), List.of(BO)))
        .isEmpty();
    assertThat(history.causesNotToWrite(sender.team(), List.of())).isEmpty();
  }

  @Test
  void a_failure_that_closes_no_address_is_not_held_against_it() {
    reject(sender.claimNew(), Cause.SPAM_REJECTED);
    sender.deliver(sender.claimNew());

    assertThat(history.causesNotToWrite(sender.team(), List.of(BO))).isEmpty();
  }

  private void reject(Claim claim, Cause cause) {
    sender.settle(
        claim,
        new Outcome.Rejected(Failure.of(cause, "550 no")),
        new NextStep.Settle(DeliveryFact.REJECTED));
  }

  private static EmailAddress address(String text) {
    return EmailAddress.parse(text);
  }
}
