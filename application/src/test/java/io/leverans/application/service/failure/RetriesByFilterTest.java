package io.leverans.application.service.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.CarryOutRetries;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.in.RetryFailedDeliveries.Result;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.memory.CountingIds;
import io.leverans.application.port.out.memory.MemoryFailingMail;
import io.leverans.application.port.out.memory.MemoryRetries;
import io.leverans.application.port.out.memory.MemoryUndelivered;
import io.leverans.application.view.Caller;
import io.leverans.application.view.FailedFilter;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RetriesByFilterTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-30T12:00:00Z"));
  private final InstantSource clock =
      () -> now.updateAndGet(before -> before.plus(Duration.ofMillis(1)));
  private final MemoryUndelivered undelivered = new MemoryUndelivered();
  private final MemoryRetries retries = new MemoryRetries(undelivered, clock);
  private final MemoryFailingMail mail = new MemoryFailingMail(undelivered, clock);
  private final Set<EmailAddress> unwanted = new HashSet<>();
  private final RetryFailedDeliveries ordering =
      new RetryFailedDeliveriesService(retries, new CountingIds(), clock);
  private final CarryOutRetries carrying =
      new CarryOutRetriesService(
          retries, (_, _) -> Set.copyOf(unwanted), new LeaseId(UUID.randomUUID()));

  private Caller caller(MemberId member, Member.Role role) {
    return new Caller(new Member(mail.team(), member, "Somebody", role));
  }

  private Caller admin() {
    return caller(mail.admin(), Member.Role.ADMIN);
  }

  private Caller member() {
    return caller(mail.member(), Member.Role.MEMBER);
  }

  private static FailedFilter everything() {
    return new FailedFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private RetryView order(Caller caller) {
    Result result =
        ordering.retry(new RetryFailedDeliveries.Command(caller, everything(), Optional.empty()));
    assertThat(result).isInstanceOf(Result.Ordered.class);
    return ((Result.Ordered) result).retry();
  }

  private RetryView read(Caller caller, RetryView order) {
    return new ReadRetryService(retries).read(caller, order.id()).orElseThrow();
  }

  private int carryOutAll() {
    int retried = 0;
    while (carrying.carryOut() instanceof CarryOutRetries.Result.CarriedOn(int some)) {
      retried += some;
    }
    return retried;
  }

  @Test
  void all_that_failed_is_tried_again_however_much_it_is() {
    for (int i = 0; i < 250; i++) {
      var _ = mail.failed(mail.admin(), Cause.REMOTE_SYSTEM_ERROR, i + "@example.com");
    }
    RetryView order = order(admin());

    assertThat(carryOutAll()).isEqualTo(250);

    assertThat(read(admin(), order).retried()).isEqualTo(250);
    assertThat(read(admin(), order).endedAt()).isPresent();
  }

  @Test
  void orders_of_several_teams_are_carried_out_in_turn() {
    var others = new MemoryFailingMail(undelivered, clock);
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com");
    DeliveryId theirs = others.failed(others.admin(), Cause.POLICY, "a@example.com").getFirst();
    var _ = order(admin());
    var _ =
        ordering.retry(
            new RetryFailedDeliveries.Command(
                new Caller(new Member(others.team(), others.admin(), "Other", Member.Role.ADMIN)),
                everything(),
                Optional.empty()));

    assertThat(carrying.carryOut()).isEqualTo(new CarryOutRetries.Result.CarriedOn(2));
    assertThat(carrying.carryOut()).isEqualTo(new CarryOutRetries.Result.NothingToDo());
    assertThat(mail.state(theirs)).isEqualTo(DeliveryState.QUEUED);
  }

  @Test
  void an_address_that_is_not_written_to_is_refused_and_one_that_is_again_is_not() {
    DeliveryId lifted = mail.failed(mail.admin(), Cause.SUPPRESSED, "a@example.com").getFirst();
    DeliveryId listed = mail.failed(mail.admin(), Cause.POLICY, "b@example.com").getFirst();
    DeliveryId fine = mail.failed(mail.admin(), Cause.POLICY, "c@example.com").getFirst();
    unwanted.add(EmailAddress.parse("b@example.com"));
    RetryView order = order(admin());

    assertThat(carryOutAll()).isEqualTo(2);

    assertThat(mail.state(lifted)).isEqualTo(DeliveryState.QUEUED);
    assertThat(mail.state(listed)).isEqualTo(DeliveryState.FAILED);
    assertThat(mail.state(fine)).isEqualTo(DeliveryState.QUEUED);
    assertThat(read(admin(), order).refused()).containsEntry(Refusal.SUPPRESSED, 1L);
  }

  @Test
  void a_members_order_is_about_their_own_mail() {
    DeliveryId admins = mail.failed(mail.admin(), Cause.POLICY, "a@example.com").getFirst();
    DeliveryId own = mail.failed(mail.member(), Cause.POLICY, "b@example.com").getFirst();

    assertThat(order(member()).total()).isEqualTo(1);
    assertThat(carryOutAll()).isEqualTo(1);

    assertThat(mail.state(admins)).isEqualTo(DeliveryState.FAILED);
    assertThat(mail.state(own)).isEqualTo(DeliveryState.QUEUED);
  }

  @Test
  void a_member_sees_the_orders_that_they_gave_and_an_admin_all() {
    RetryView admins = order(admin());
    RetryView members = order(member());
    var reading = new ReadRetryService(retries);

    assertThat(reading.read(member(), admins.id())).isEmpty();
    assertThat(reading.read(member(), members.id())).isPresent();
    assertThat(reading.read(admin(), members.id())).isPresent();
  }

  @Test
  void a_repeated_request_orders_nothing_new() {
    var command =
        new RetryFailedDeliveries.Command(
            admin(), everything(), Optional.of(new Idempotency("key", "print")));

    Result first = ordering.retry(command);
    Result again = ordering.retry(command);
    Result other =
        ordering.retry(
            new RetryFailedDeliveries.Command(
                admin(), everything(), Optional.of(new Idempotency("key", "other"))));

    assertThat(first).isInstanceOf(Result.Ordered.class);
    assertThat(again).isEqualTo(new Result.OrderedBefore(((Result.Ordered) first).retry()));
    assertThat(other).isEqualTo(new Result.KeyUsedOtherwise("key"));
  }
}
