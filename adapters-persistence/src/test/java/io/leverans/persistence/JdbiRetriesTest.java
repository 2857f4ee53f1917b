package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.FailedDeliveriesContract;
import io.leverans.application.port.out.FailingMail;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.port.out.Retries.Ordering;
import io.leverans.application.port.out.RetriesContract;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.RetryId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiRetriesTest implements RetriesContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Retries retries() {
    return DATABASE.database().retries();
  }

  @Override
  public FailingMail mail() {
    return new StoredFailingMail(DATABASE);
  }

  @Test
  void what_is_retried_is_due_has_its_event_and_can_be_sent() {
    var mail = new StoredFailingMail(DATABASE);
    List<DeliveryId> failed = new ArrayList<>();
    failed.addAll(mail.failed(mail.admin(), Cause.POLICY, "a@example.com", "b@example.com"));
    failed.addAll(mail.failed(mail.member(), Cause.POLICY, "c@example.com"));
    carryOut(mail);

    List<Claim> claims = mail.sender().claim();

    assertThat(claims.stream().flatMap(claim -> aboard(claim)))
        .containsExactlyInAnyOrderElementsOf(failed);
    claims.forEach(mail.sender()::deliver);
    assertThat(failed).extracting(mail::state).containsOnly(DeliveryState.ACCEPTED);
    assertThat(mail.sender().events().stream().map(Event::kind))
        .filteredOn(EventKind.DELIVERY_RETRIED::equals)
        .hasSize(3);
  }

  private static Stream<DeliveryId> aboard(Claim claim) {
    return claim.dispatch().envelopes().stream().map(envelope -> envelope.delivery());
  }

  private void carryOut(StoredFailingMail mail) {
    var _ = retries().order(order(mail, Optional.empty()));
    var batch =
        retries()
            .take(mail.team(), new LeaseId(UUID.randomUUID()), Duration.ofMinutes(1), 100)
            .orElseThrow();
    assertThat(retries().carryOut(batch, Map.of())).isEqualTo(batch.deliveries().size());
  }

  @Test
  void a_key_that_a_message_was_sent_under_stands_for_no_order_and_the_other_way_round() {
    var mail = new StoredFailingMail(DATABASE);
    var _ = mail.sender().accept(mail.sender().letters().mailUnder("of a message", "print"));
    assertThat(retries().order(order(mail, key("of a message", "print"))))
        .isInstanceOf(Ordering.KeyUsedOtherwise.class);

    assertThat(retries().order(order(mail, key("of an order", "retry:print"))))
        .isInstanceOf(Ordering.Ordered.class);
    assertThat(
            DATABASE
                .store()
                .messages()
                .accept(mail.sender().letters().mailUnder("of an order", "print")))
        .isInstanceOf(Acceptance.KeyUsedOtherwise.class);
  }

  private static Optional<Idempotency> key(String key, String fingerprint) {
    return Optional.of(new Idempotency(key, fingerprint));
  }

  private static NewRetry order(StoredFailingMail mail, Optional<Idempotency> key) {
    return new NewRetry(
        new RetryId(UUID.randomUUID()), FailedDeliveriesContract.all(mail), mail.admin(), key);
  }
}
