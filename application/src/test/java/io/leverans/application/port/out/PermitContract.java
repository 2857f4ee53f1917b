package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.DeliveryView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.message.MessageId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue} promises of the permission to hand over. */
public interface PermitContract extends StoreContract {
  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void a_go_is_seen_by_all_before_it_is_given() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.HANDED_OVER);
    assertThat(delivery.attempts().getFirst().handedOverAt()).isPresent();
    assertThat(delivery.attempts().getFirst().endedAt()).isEmpty();
  }

  @Test
  default void a_go_is_given_again_in_the_same_attempt_and_not_once_the_lease_is_lost() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    runOut(claim);
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
  }

  @Test
  default void a_go_is_refused_when_the_lease_has_run_out() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    runOut(claim);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.SENDING);
  }

  @Test
  default void a_go_is_refused_when_the_dispatch_was_taken_over() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    runOut(lost);
    Claim taken = sender.claimOne();

    assertThat(queue().permit(lost, Sender.aboard(lost))).isEqualTo(Permission.LEASE_LOST);
    assertThat(queue().permit(taken, Sender.aboard(taken))).isEqualTo(Permission.GO);
  }

  @Test
  default void a_go_is_refused_to_another_node() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Claim forged =
        new Claim(
            claim.dispatch(),
            claim.channel(),
            new LeaseId(store().ids().next()),
            claim.deferrals(),
            claim.age());

    assertThat(queue().permit(forged, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
  }

  @Test
  default void a_go_is_refused_when_one_aboard_was_cancelled_and_then_nobody_goes() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    DeliveryId cancelled = sender.read(message).deliveries().getFirst().id();
    int moved =
        store()
            .messages()
            .apply(sender.team(), message, List.of(cancelled), DeliveryFact.CANCELLED);

    assertThat(moved).isEqualTo(1);
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.CANCELLED);
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.CANCELLED, DeliveryState.SENDING);
  }

  @Test
  default void a_go_and_a_take_over_at_the_same_time_never_both_succeed() throws Exception {
    var sender = new Sender(store());
    for (int round = 0; round < 20; round++) {
      Claim claim = sender.claimNew();
      List<Object> results =
          atTheSameTime(
              2,
              which -> {
                if (which == 0) {
                  return queue().permit(claim, Sender.aboard(claim));
                }
                runOut(claim);
                return sender.claim();
              });

      boolean gone = results.getFirst() == Permission.GO;
      assertThat((List<?>) results.getLast()).hasSize(gone ? 0 : 1);
      assertThat(sender.state(claim))
          .isEqualTo(gone ? DeliveryState.IN_DOUBT : DeliveryState.SENDING);
    }
  }
}
