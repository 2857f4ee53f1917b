package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Doubts.Doubt;
import io.leverans.application.view.DeliveryView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Doubts} promises. */
public interface DoubtsContract extends StoreContract {
  Duration PAUSE = Duration.ofMinutes(1);

  /** As if so much time had passed since anybody looked into what is in doubt. */
  void ageInquiries(Duration by);

  private Doubts doubts() {
    return store().doubts();
  }

  private List<Doubt> take(Sender sender) {
    return doubts().take(sender.team(), Set.of(Colleagues.KIND), PAUSE, 10);
  }

  private Sender sender() {
    return new Colleagues(store()).sender;
  }

  /** Handed over through a channel of the team, and no answer came. */
  private Claim inDoubt(Sender sender) {
    ChannelId channel = new ChannelId(store().ids().next());
    var _ =
        store()
            .channels()
            .connect(
                new NewChannel(
                    channel,
                    Colleagues.KIND,
                    "Account",
                    new ChannelOwner.OfTeam(sender.team()),
                    Colleagues.SETTINGS,
                    Colleagues.SECRETS),
                sender.terms());
    var _ = sender.accept(Parking.through(channel, sender.mail("bo@example.com")));
    Claim claim = sender.claimOne();
    loseAnswer(sender, claim);
    return claim;
  }

  private void loseAnswer(Sender sender, Claim claim) {
    sender.handOver(claim);
    sender.settle(
        claim,
        new Outcome.InDoubt(Failure.of(Cause.NETWORK_FAILURE, "the link broke")),
        new NextStep.Settle(DeliveryFact.ANSWER_LOST));
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.IN_DOUBT);
  }

  @Test
  default void a_doubt_is_taken_on_by_one_and_left_by_others_for_a_while() throws Exception {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    assertThat(doubts().teams(1_000)).contains(sender.team());

    List<List<Doubt>> taken = Race.atTheSameTime(4, _ -> take(sender));

    List<Doubt> all = taken.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(1);
    Doubt doubt = all.getFirst();
    assertThat(doubt.dispatch().id()).isEqualTo(claim.dispatch().id());
    assertThat(doubt.dispatch().envelopes()).isEqualTo(claim.dispatch().envelopes());
    assertThat(doubt.channel()).isEqualTo(claim.channel());
    assertThat(doubt.handedOverAt()).isBeforeOrEqualTo(doubt.takenAt());
    assertThat(take(sender)).isEmpty();

    ageInquiries(PAUSE.plusSeconds(1));

    assertThat(take(sender)).hasSize(1);
  }

  @Test
  default void doubts_on_channels_of_other_kinds_are_left_alone() {
    Sender sender = sender();
    var _ = inDoubt(sender);

    assertThat(doubts().take(sender.team(), Set.of(new ChannelKind("another")), PAUSE, 10))
        .isEmpty();
  }

  @Test
  default void what_the_provider_took_is_accepted_with_its_reference() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    Doubt doubt = take(sender).getFirst();

    assertThat(doubts().shownSent(doubt, "message 17")).isEqualTo(1);

    DeliveryView delivery = sender.onlyDelivery(claim.dispatch().message());
    assertThat(delivery.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(delivery.evidence()).contains(Evidence.PROVIDER);
    assertThat(delivery.attempts().getLast().reference()).contains("message 17");
    assertThat(sender.events().getLast().data()).containsEntry("fact", "SHOWN_SENT");
    assertThat(sender.claim()).isEmpty();
    assertThat(doubts().shownNotSent(doubt)).isZero();
  }

  @Test
  default void what_the_provider_never_took_is_tried_again() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    Doubt doubt = take(sender).getFirst();

    assertThat(doubts().shownNotSent(doubt)).isEqualTo(1);

    assertThat(sender.claimOne().dispatch().id()).isEqualTo(claim.dispatch().id());
    assertThat(doubts().shownSent(doubt, "message 17")).isZero();
  }

  @Test
  default void what_was_shown_of_one_attempt_says_nothing_of_a_later_one() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    Doubt old = take(sender).getFirst();
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RESEND_ORDERED)).isOne();
    loseAnswer(sender, sender.claimOne());

    assertThat(doubts().shownNotSent(old)).isZero();
    assertThat(doubts().shownSent(old, "message 17")).isZero();

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.IN_DOUBT);
  }
}
