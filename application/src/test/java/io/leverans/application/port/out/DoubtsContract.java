package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Doubts.Doubt;
import io.leverans.application.port.out.Doubts.Patience;
import io.leverans.application.port.out.Doubts.Place;
import io.leverans.application.port.out.Doubts.Rhythm;
import io.leverans.application.port.out.Doubts.Unresolved;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link Doubts} promises. */
public interface DoubtsContract extends StoreContract {
  Duration MINUTE = Duration.ofMinutes(1);
  Duration HOUR = Duration.ofHours(1);
  Rhythm RHYTHM = new Rhythm(MINUTE, HOUR, Duration.ofDays(3));
  Set<ChannelKind> KINDS = Set.of(Colleagues.KIND);

  /** As if everything had been handed over and looked into so much earlier. */
  void age(Duration by);

  private Doubts doubts() {
    return store().doubts();
  }

  private Optional<Doubt> take(Claim claim) {
    return doubts().take(place(claim), RHYTHM);
  }

  private static Place place(Claim claim) {
    return new Place(claim.dispatch().team(), claim.channel());
  }

  private List<Place> due() {
    return doubts().due(KINDS, RHYTHM, 1_000);
  }

  private Sender sender() {
    return new Colleagues(store()).sender;
  }

  /** Handed over through a channel of the team, and no answer came. */
  private Claim inDoubt(Sender sender) {
    return inDoubt(sender, channel(sender));
  }

  private ChannelId channel(Sender sender) {
    return store()
        .channels()
        .connect(
            new NewChannel(
                new ChannelId(store().ids().next()),
                Colleagues.KIND,
                "Account",
                new ChannelOwner.OfTeam(sender.team()),
                Colleagues.SETTINGS,
                Colleagues.SECRETS),
            sender.terms())
        .channel()
        .id();
  }

  private Claim inDoubt(Sender sender, ChannelId channel) {
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
    Claim claim = inDoubt(sender());
    assertThat(due()).contains(place(claim));

    List<Optional<Doubt>> taken = Race.atTheSameTime(4, _ -> take(claim));

    List<Doubt> all = taken.stream().flatMap(Optional::stream).toList();
    assertThat(all).hasSize(1);
    Doubt doubt = all.getFirst();
    assertThat(doubt.dispatch().id()).isEqualTo(claim.dispatch().id());
    assertThat(doubt.dispatch().envelopes()).isEqualTo(claim.dispatch().envelopes());
    assertThat(doubt.channel()).isEqualTo(claim.channel());
    assertThat(doubt.handedOverAt()).isBeforeOrEqualTo(doubt.takenAt());
    assertThat(take(claim)).isEmpty();
    assertThat(due()).doesNotContain(place(claim));

    age(MINUTE);

    assertThat(due()).contains(place(claim));
    assertThat(take(claim)).isPresent();
  }

  @Test
  default void pauses_grow_with_the_age_of_a_doubt_up_to_the_longest() {
    Claim claim = inDoubt(sender());
    age(Duration.ofMinutes(10));
    assertThat(take(claim)).isPresent();

    age(Duration.ofMinutes(4));
    assertThat(take(claim)).isEmpty();
    age(MINUTE);
    assertThat(take(claim)).isPresent();

    age(Duration.ofHours(10));
    assertThat(take(claim)).isPresent();
    age(HOUR.minus(MINUTE));
    assertThat(take(claim)).isEmpty();
    age(MINUTE);
    assertThat(take(claim)).isPresent();
  }

  @Test
  default void after_some_days_nobody_is_asked_any_more_and_the_doubt_remains() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);

    age(RHYTHM.end());

    assertThat(due()).doesNotContain(place(claim));
    assertThat(take(claim)).isEmpty();
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.IN_DOUBT);
  }

  @Test
  default void what_is_longest_due_comes_first() {
    Sender sender = sender();
    ChannelId channel = channel(sender);
    Claim first = inDoubt(sender, channel);
    age(MINUTE);
    Claim second = inDoubt(sender, channel);
    Claim elsewhere = inDoubt(sender());
    Claim latest = inDoubt(sender());

    assertThat(due()).containsSubsequence(place(first), place(elsewhere), place(latest));
    assertThat(take(first)).map(doubt -> doubt.dispatch().id()).contains(first.dispatch().id());
    assertThat(due()).containsSubsequence(place(second), place(elsewhere), place(latest));
    assertThat(take(second)).map(doubt -> doubt.dispatch().id()).contains(second.dispatch().id());
    assertThat(take(second)).isEmpty();
  }

  @Test
  default void doubts_on_channels_of_other_kinds_are_left_alone() {
    Claim claim = inDoubt(sender());

    assertThat(doubts().due(Set.of(new ChannelKind("another")), RHYTHM, 1_000))
        .doesNotContain(place(claim));
  }

  @Test
  default void doubts_on_the_platforms_channel_are_due_too() {
    var kind = new ChannelKind("kind-of-the-platform");
    ChannelId channel =
        store()
            .channels()
            .keepPlatformChannel(
                new NewChannel(
                    new ChannelId(store().ids().next()),
                    kind,
                    "Platform",
                    new ChannelOwner.Platform(),
                    Colleagues.SETTINGS,
                    Colleagues.SECRETS))
            .id();
    Claim claim = inDoubt(sender(), channel);

    assertThat(doubts().due(Set.of(kind), RHYTHM, 1_000)).contains(place(claim));
    assertThat(take(claim)).isPresent();
  }

  @Test
  default void a_later_attempt_is_a_doubt_of_its_own_and_due_at_once() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    assertThat(take(claim)).isPresent();
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RESEND_ORDERED)).isOne();

    loseAnswer(sender, sender.claimOne());

    assertThat(take(claim)).isPresent();
  }

  @Test
  default void what_the_provider_took_is_accepted_with_its_reference() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    Doubt doubt = take(claim).orElseThrow();

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
    Doubt doubt = take(claim).orElseThrow();

    assertThat(doubts().shownNotSent(doubt)).isEqualTo(1);

    assertThat(sender.claimOne().dispatch().id()).isEqualTo(claim.dispatch().id());
    assertThat(doubts().shownSent(doubt, "message 17")).isZero();
  }

  @Test
  default void what_was_shown_of_one_attempt_says_nothing_of_a_later_one() {
    Sender sender = sender();
    Claim claim = inDoubt(sender);
    Doubt old = take(claim).orElseThrow();
    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RESEND_ORDERED)).isOne();
    loseAnswer(sender, sender.claimOne());

    assertThat(doubts().shownNotSent(old)).isZero();
    assertThat(doubts().shownSent(old, "message 17")).isZero();

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.IN_DOUBT);
  }

  private Claim inDoubtOn(Sender sender, WhenInDoubt choice) {
    ChannelId channel = channel(sender);
    var _ = store().channels().change(sender.team(), channel, before -> before.inDoubt(choice));
    return inDoubt(sender, channel);
  }

  private static Patience patience(ChannelKind... asked) {
    return new Patience(Duration.ofMinutes(15), Duration.ofDays(3), Set.of(asked), 2);
  }

  private static Unresolved unresolved(Claim claim) {
    return new Unresolved(claim.dispatch().team(), claim.dispatch().message(), claim.channel());
  }

  private static List<Event> resolved(Sender sender) {
    return sender.events().stream()
        .filter(event -> event.kind() == EventKind.DELIVERY_RESOLVED)
        .toList();
  }

  @Test
  default void a_doubt_is_held_unless_the_channels_owner_chose_otherwise() {
    Claim claim = inDoubt(sender());
    age(Duration.ofDays(30));

    assertThat(doubts().unresolved(patience(), 1_000)).doesNotContain(unresolved(claim));
    assertThat(doubts().doAsChosen(unresolved(claim), patience())).isZero();
  }

  @Test
  default void nothing_is_done_as_chosen_while_an_answer_may_come_or_a_provider_may_be_asked() {
    Sender sender = sender();
    Claim claim = inDoubtOn(sender, WhenInDoubt.RESEND);
    age(Duration.ofMinutes(14));
    assertThat(doubts().unresolved(patience(), 1_000)).doesNotContain(unresolved(claim));
    assertThat(doubts().doAsChosen(unresolved(claim), patience())).isZero();

    age(MINUTE);
    assertThat(doubts().unresolved(patience(Colleagues.KIND), 1_000))
        .doesNotContain(unresolved(claim));
    assertThat(doubts().doAsChosen(unresolved(claim), patience(Colleagues.KIND))).isZero();
    assertThat(doubts().unresolved(patience(), 1_000)).contains(unresolved(claim));

    age(Duration.ofDays(3));
    assertThat(doubts().unresolved(patience(Colleagues.KIND), 1_000)).contains(unresolved(claim));
  }

  @Test
  default void what_is_resent_by_choice_is_resent_twice_at_most_and_then_held() {
    Sender sender = sender();
    Claim claim = inDoubtOn(sender, WhenInDoubt.RESEND);
    for (int resend = 1; resend <= 2; resend++) {
      age(Duration.ofMinutes(15));
      assertThat(doubts().doAsChosen(unresolved(claim), patience())).isOne();
      assertThat(doubts().doAsChosen(unresolved(claim), patience())).isZero();
      assertThat(sender.state(claim)).isEqualTo(DeliveryState.QUEUED);
      assertThat(resolved(sender)).hasSize(resend);
      assertThat(resolved(sender).getLast().data())
          .containsEntry("fact", "RESEND_ORDERED")
          .containsEntry("by", "channel-policy");
      loseAnswer(sender, sender.claimOne());
    }

    age(Duration.ofMinutes(15));

    assertThat(doubts().unresolved(patience(), 1_000)).doesNotContain(unresolved(claim));
    assertThat(doubts().doAsChosen(unresolved(claim), patience())).isZero();
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.IN_DOUBT);
  }

  @Test
  default void what_is_assumed_to_be_sent_says_so() {
    Sender sender = sender();
    Claim claim = inDoubtOn(sender, WhenInDoubt.ASSUME_SENT);
    age(Duration.ofMinutes(15));

    assertThat(doubts().doAsChosen(unresolved(claim), patience())).isOne();

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.onlyDelivery(claim.dispatch().message()).evidence())
        .contains(Evidence.ASSUMED);
    assertThat(resolved(sender).getLast().data())
        .containsEntry("fact", "ASSUMED_SENT")
        .containsEntry("evidence", "ASSUMED")
        .containsEntry("by", "channel-policy");
    assertThat(sender.claim()).isEmpty();
  }

  @Test
  default void of_several_that_do_as_chosen_at_the_same_time_one_does() throws Exception {
    Sender sender = sender();
    Claim claim = inDoubtOn(sender, WhenInDoubt.RESEND);
    age(Duration.ofMinutes(15));

    List<Integer> moved =
        Race.atTheSameTime(4, _ -> doubts().doAsChosen(unresolved(claim), patience()));

    assertThat(moved).containsOnlyOnce(1).contains(0);
    assertThat(resolved(sender)).hasSize(1);
  }
}
