package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.out.MailHistory.HandedOver;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    HandedOver passed = history.handedOver(sender.team(), sender.channel(), DAY);

    assertThat(passed.amount()).isEqualTo(new Amount(2, 3));
    assertThat(passed.oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  void another_channel_another_team_and_another_time_are_not_counted() {
    sender.deliver(sender.claimNew());

    assertThat(history.handedOver(sender.team(), new ChannelId(DATABASE.store().ids().next()), DAY))
        .isEqualTo(HandedOver.NOTHING);
    assertThat(history.handedOver(new Sender(DATABASE.store()).team(), sender.channel(), DAY))
        .isEqualTo(HandedOver.NOTHING);
    assertThat(history.handedOver(sender.team(), sender.channel(), Duration.ofNanos(1)))
        .isEqualTo(HandedOver.NOTHING);
  }

  @Test
  void logged_mail_counts_in_no_pace() {
    var _ = sender.log("<1@mailbox.example>");

    assertThat(history.handedOver(sender.team(), sender.channel(), DAY))
        .isEqualTo(HandedOver.NOTHING);
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
