package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Retries.Batch;
import io.leverans.application.port.out.Retries.Batch.Part;
import io.leverans.application.port.out.Retries.FailedDelivery;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.port.out.Retries.Ordering;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Retries} has to do. */
public interface RetriesContract {
  Duration LEASE = Duration.ofMinutes(1);

  Retries retries();

  /** A team of its own. */
  FailingMail mail();

  @Test
  default void an_order_is_carried_out_batch_by_batch_the_longest_failed_first() {
    FailingMail mail = mail();
    List<DeliveryId> failed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      failed.addAll(mail.failed(mail.admin(), Cause.MAILBOX_FULL, i + "@example.com"));
    }

    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));
    assertThat(order.total()).isEqualTo(5);
    assertThat(order.done()).isZero();
    assertThat(order.endedAt()).isEmpty();

    Batch first = take(mail, 2);
    assertThat(first.deliveries())
        .extracting(FailedDelivery::delivery)
        .containsExactlyElementsOf(failed.subList(0, 2));
    assertThat(first.part()).isEqualTo(Part.ONE_OF_SEVERAL);
    assertThat(retries().carryOut(first, Map.of())).isEqualTo(2);
    assertThat(read(mail, order).retried()).isEqualTo(2);
    assertThat(read(mail, order).endedAt()).isEmpty();

    assertThat(retries().carryOut(take(mail, 2), Map.of())).isEqualTo(2);
    assertThat(retries().carryOut(take(mail, 2), Map.of())).isEqualTo(1);
    assertThat(failed).extracting(mail::state).containsOnly(DeliveryState.QUEUED);
    RetryView done = read(mail, order);
    assertThat(done.retried()).isEqualTo(5);
    assertThat(done.done()).isEqualTo(done.total());
    assertThat(done.endedAt()).isPresent();
    assertThat(retries().take(mail.team(), node(), LEASE, 2)).isEmpty();
  }

  @Test
  default void what_is_offered_says_whom_it_went_to_and_why_it_failed() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com");
    var _ = ordered(mail, FailedDeliveriesContract.all(mail));

    FailedDelivery offered = take(mail, 10).deliveries().getFirst();

    assertThat(offered.recipient()).hasToString("a@example.com");
    assertThat(offered.cause()).isEqualTo(Cause.POLICY);
  }

  @Test
  default void what_is_refused_is_counted_by_why_and_goes_on_to_be_failed() {
    FailingMail mail = mail();
    DeliveryId unwanted = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "a@example.com").getFirst();
    DeliveryId purged = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "b@example.com").getFirst();
    DeliveryId fine = mail.failed(mail.admin(), Cause.MAILBOX_FULL, "c@example.com").getFirst();
    mail.contentPurged(purged);
    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));

    int retried = retries().carryOut(take(mail, 10), Map.of(unwanted, Refusal.SUPPRESSED));

    assertThat(retried).isEqualTo(1);
    assertThat(mail.state(unwanted)).isEqualTo(DeliveryState.FAILED);
    assertThat(mail.state(purged)).isEqualTo(DeliveryState.FAILED);
    assertThat(mail.state(fine)).isEqualTo(DeliveryState.QUEUED);
    assertThat(read(mail, order).refused())
        .containsEntry(Refusal.SUPPRESSED, 1L)
        .containsEntry(Refusal.CONTENT_PURGED, 1L)
        .containsEntry(Refusal.NO_LONGER_FAILED, 0L);
    assertThat(read(mail, order).done()).isEqualTo(3);
  }

  @Test
  default void what_is_queued_again_already_is_passed_by_and_counted() {
    FailingMail mail = mail();
    DeliveryId before = mail.failed(mail.admin(), Cause.POLICY, "a@example.com").getFirst();
    DeliveryId meanwhile = mail.failed(mail.admin(), Cause.POLICY, "b@example.com").getFirst();
    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));
    mail.retriedAlone(before);
    Batch batch = take(mail, 10);
    mail.retriedAlone(meanwhile);

    assertThat(batch.deliveries()).extracting(FailedDelivery::delivery).containsExactly(meanwhile);
    assertThat(retries().carryOut(batch, Map.of())).isZero();
    assertThat(read(mail, order).refused()).containsEntry(Refusal.NO_LONGER_FAILED, 2L);
    assertThat(read(mail, order).done()).isEqualTo(2);
    assertThat(read(mail, order).endedAt()).isPresent();
  }

  @Test
  default void what_fails_after_the_order_is_not_tried_by_it() {
    FailingMail mail = mail();
    DeliveryId delivery = mail.failed(mail.admin(), Cause.POLICY, "a@example.com").getFirst();
    var _ = mail.failed(mail.admin(), Cause.POLICY, "b@example.com");
    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));
    assertThat(retries().carryOut(take(mail, 1), Map.of())).isEqualTo(1);
    mail.failedAgain(delivery, Cause.POLICY);

    assertThat(take(mail, 10).deliveries())
        .extracting(FailedDelivery::delivery)
        .doesNotContain(delivery);
    assertThat(read(mail, order).total()).isEqualTo(2);
  }

  @Test
  default void what_is_in_doubt_or_complained_about_never_comes_by() {
    FailingMail mail = mail();
    var _ = mail.inDoubt(mail.admin(), "a@example.com");
    var _ = mail.complained(mail.admin(), "b@example.com");
    DeliveryId bounced = mail.bounced(mail.admin(), Cause.POLICY, "c@example.com");

    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));

    assertThat(order.total()).isEqualTo(1);
    assertThat(take(mail, 10).deliveries())
        .extracting(FailedDelivery::delivery)
        .containsExactly(bounced);
  }

  @Test
  default void an_order_is_about_what_its_filter_selects() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com");
    var _ = mail.failed(mail.member(), Cause.POLICY, "b@example.net");
    DeliveryId members = mail.failed(mail.member(), Cause.POLICY, "c@example.com").getFirst();
    FailedSelection own = FailedDeliveriesContract.of(mail, mail.member());
    FailedSelection selection =
        new FailedSelection(
            own.team(),
            own.member(),
            own.since(),
            own.until(),
            Optional.of(Cause.POLICY),
            Optional.of("example.com"),
            Optional.of(mail.channel()),
            Optional.of(mail.identityOf(mail.member())));

    RetryView order = ordered(mail, selection);

    assertThat(order.total()).isEqualTo(1);
    assertThat(order.selection().member()).contains(mail.member());
    assertThat(order.selection().domain()).contains("example.com");
    assertThat(take(mail, 10).deliveries())
        .extracting(FailedDelivery::delivery)
        .containsExactly(members);
  }

  @Test
  default void an_order_about_nothing_ends_with_its_first_batch() {
    FailingMail mail = mail();
    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));

    assertThat(retries().carryOut(take(mail, 10), Map.of())).isZero();

    assertThat(read(mail, order).endedAt()).isPresent();
    assertThat(read(mail, order).total()).isZero();
  }

  @Test
  default void what_somebody_is_at_nobody_else_takes_on() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com");
    var _ = ordered(mail, FailedDeliveriesContract.all(mail));
    assertThat(retries().teamsWithOpen(1000)).contains(mail.team());
    var _ = take(mail, 10);

    assertThat(retries().take(mail.team(), node(), LEASE, 10)).isEmpty();
    assertThat(retries().teamsWithOpen(1000)).doesNotContain(mail.team());
  }

  @Test
  default void what_a_dead_node_was_at_is_taken_on_by_another_and_done_once() {
    FailingMail mail = mail();
    DeliveryId delivery = mail.failed(mail.admin(), Cause.POLICY, "a@example.com").getFirst();
    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));
    Batch lost = retries().take(mail.team(), node(), Duration.ZERO, 10).orElseThrow();
    Batch taken = take(mail, 10);

    assertThat(retries().carryOut(taken, Map.of())).isEqualTo(1);
    assertThat(retries().carryOut(lost, Map.of())).isZero();

    assertThat(mail.state(delivery)).isEqualTo(DeliveryState.QUEUED);
    assertThat(read(mail, order).retried()).isEqualTo(1);
    assertThat(read(mail, order).done()).isEqualTo(1);
  }

  @Test
  default void a_key_stands_for_one_order() {
    FailingMail mail = mail();
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com");
    FailedSelection all = FailedDeliveriesContract.all(mail);
    RetryView order = ordered(mail, all, Optional.of(new Idempotency("key", "print")));

    assertThat(order(mail, all, Optional.of(new Idempotency("key", "print"))))
        .isInstanceOfSatisfying(
            Ordering.OrderedBefore.class,
            before -> assertThat(before.retry().id()).isEqualTo(order.id()));
    assertThat(order(mail, all, Optional.of(new Idempotency("key", "other"))))
        .isInstanceOf(Ordering.KeyUsedOtherwise.class);
  }

  @Test
  default void an_order_is_found_by_its_team_alone() {
    FailingMail mail = mail();
    RetryView order = ordered(mail, FailedDeliveriesContract.all(mail));

    assertThat(read(mail, order).by()).isEqualTo(mail.admin());
    assertThat(retries().find(mail().team(), order.id())).isEmpty();
    assertThat(retries().find(mail.team(), new RetryId(UUID.randomUUID()))).isEmpty();
  }

  private RetryView read(FailingMail mail, RetryView order) {
    return retries().find(mail.team(), order.id()).orElseThrow();
  }

  private Batch take(FailingMail mail, int atMost) {
    return retries().take(mail.team(), node(), LEASE, atMost).orElseThrow();
  }

  private RetryView ordered(FailingMail mail, FailedSelection selection) {
    return ordered(mail, selection, Optional.empty());
  }

  private RetryView ordered(
      FailingMail mail, FailedSelection selection, Optional<Idempotency> key) {
    Ordering ordering = order(mail, selection, key);
    assertThat(ordering).isInstanceOf(Ordering.Ordered.class);
    return ((Ordering.Ordered) ordering).retry();
  }

  private Ordering order(FailingMail mail, FailedSelection selection, Optional<Idempotency> key) {
    return retries()
        .order(new NewRetry(new RetryId(UUID.randomUUID()), selection, mail.admin(), key));
  }

  private static LeaseId node() {
    return new LeaseId(UUID.randomUUID());
  }
}
