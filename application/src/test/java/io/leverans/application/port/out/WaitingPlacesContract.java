package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue} promises of mail that waits for its channel. */
public interface WaitingPlacesContract extends StoreContract {
  Duration LATER = Duration.ofHours(5);
  int ALL = 10_000;

  private DispatchQueue queue() {
    return store().queue();
  }

  private static WaitingPlace place(Sender sender) {
    return new WaitingPlace(sender.team(), sender.channel());
  }

  @Test
  default void a_place_where_mail_waits_is_named_until_it_is_resumed() {
    var sender = new Sender(store());
    var idle = new Sender(store());
    Parking.park(sender, sender.claimNew());
    Parking.park(sender, sender.claimNew());

    assertThat(queue().waitingPlaces(ALL))
        .containsOnlyOnce(place(sender))
        .doesNotContain(place(idle));
    assertThat(queue().resume(place(sender))).isEqualTo(2);

    assertThat(sender.claim()).hasSize(2);
    assertThat(queue().waitingPlaces(ALL)).doesNotContain(place(sender));
  }

  @Test
  default void only_what_waits_for_that_channel_in_that_team_is_resumed() {
    var sender = new Sender(store());
    var other = new Sender(store());
    var elsewhere = new ChannelId(store().ids().next());
    MessageId resumed = sender.accept(sender.mail("bo@example.com"));
    Parking.park(sender, sender.claimOne());
    var _ = sender.accept(Parking.through(elsewhere, sender.mail("bo@example.com")));
    Parking.park(sender, sender.claimOne());
    var _ = other.accept(Parking.through(sender.channel(), other.mail("bo@example.com")));
    Parking.park(other, other.claimOne());

    assertThat(queue().resume(place(sender))).isEqualTo(1);

    assertThat(sender.claimOne().dispatch().message()).isEqualTo(resumed);
    assertThat(other.claim()).isEmpty();
  }

  @Test
  default void what_would_go_on_later_by_itself_is_no_place_and_is_resumed_all_the_same() {
    var sender = new Sender(store());
    Parking.park(sender, sender.claimNew(), LATER);

    assertThat(sender.claim()).isEmpty();
    assertThat(queue().waitingPlaces(ALL)).doesNotContain(place(sender));
    assertThat(queue().resume(place(sender))).isEqualTo(1);

    var _ = sender.claimOne();
  }

  @Test
  default void a_pause_that_is_not_the_channels_fault_is_not_cut_short() {
    var sender = new Sender(store());
    sender.settleDeferred(sender.claimNew(), LATER);

    assertThat(queue().resume(place(sender))).isZero();

    assertThat(sender.claim()).isEmpty();
  }

  @Test
  default void what_is_being_tried_keeps_its_lease_when_the_rest_is_resumed() {
    var sender = new Sender(store());
    Parking.park(sender, sender.claimNew(), Duration.ZERO);
    Claim tried = sender.claimOne();

    assertThat(queue().resume(place(sender))).isZero();

    assertThat(sender.claim()).isEmpty();
    assertThat(queue().permit(tried, Sender.aboard(tried))).isEqualTo(Permission.GO);
  }

  @Test
  default void what_was_handed_over_and_not_taken_for_the_channels_fault_waits_for_it() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    Parking.park(sender, claim);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.WAITING);
    assertThat(queue().resume(place(sender))).isEqualTo(1);
    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
  }

  @Test
  default void nothing_waits_any_more_where_all_was_cancelled() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    Parking.park(sender, claim);

    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.CANCELLED)).isEqualTo(1);

    assertThat(queue().waitingPlaces(ALL)).doesNotContain(place(sender));
  }

  @Test
  default void every_place_gets_its_turn_however_few_are_asked_for() {
    Set<WaitingPlace> waiting = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      var sender = new Sender(store());
      Parking.park(sender, sender.claimNew());
      waiting.add(place(sender));
    }
    int all = queue().waitingPlaces(ALL).size();

    Set<WaitingPlace> named = new HashSet<>();
    for (int round = 0; round < all; round++) {
      List<WaitingPlace> next = queue().waitingPlaces(1);
      assertThat(next).hasSize(1);
      named.addAll(next);
    }

    assertThat(named).containsAll(waiting);
  }
}
