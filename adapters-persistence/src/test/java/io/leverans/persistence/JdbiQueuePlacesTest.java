package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.QueuePlaces.Place;
import io.leverans.application.port.out.QueuePlaces.Waiting;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiQueuePlacesTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private final QueuePlaces places = DATABASE.database().queuePlaces();
  private final Sender sender = new Sender(DATABASE.store());

  private Place place(MessageId message) {
    assertThat(places.of(sender.team(), message)).hasSize(1);
    return places.of(sender.team(), message).getFirst();
  }

  @Test
  void mail_in_line_stands_behind_what_its_sender_sent_before() {
    MessageId first = sender.accept(sender.mail("bo@example.com"));
    MessageId second = sender.accept(sender.mail("cy@example.com"));
    MessageId elsewhere = sender.accept(sender.mail("di@example.org"));

    assertThat(place(first).waiting())
        .isInstanceOfSatisfying(Waiting.ForTurn.class, line -> assertThat(line.ahead()).isZero());
    assertThat(place(second).waiting())
        .isInstanceOfSatisfying(
            Waiting.ForTurn.class, line -> assertThat(line.ahead()).isEqualTo(1));
    assertThat(place(elsewhere).waiting())
        .isInstanceOfSatisfying(Waiting.ForTurn.class, line -> assertThat(line.ahead()).isZero());
    assertThat(place(second).lane().name()).isEqualTo("example.com");
    assertThat(place(second).aboard()).containsExactly(sender.onlyDelivery(second).id());
  }

  @Test
  void mail_goes_from_its_turn_to_an_attempt_to_a_pause_and_to_nothing() {
    Claim claim = sender.claimNew();
    MessageId message = claim.dispatch().message();
    assertThat(place(message).waiting()).isInstanceOf(Waiting.ForAttempt.class);

    sender.settleDeferred(claim, Duration.ofMinutes(10));
    assertThat(place(message).deferrals()).isEqualTo(1);
    assertThat(place(message).waiting())
        .isInstanceOfSatisfying(
            Waiting.ForTime.class,
            pause ->
                assertThat(Duration.between(place(message).now(), pause.due()))
                    .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(12)));

    Claim other = sender.claimNew();
    sender.deliver(other);
    assertThat(place(other.dispatch().message()).waiting()).isEqualTo(new Waiting.ForNothing());
  }

  @Test
  void the_age_of_what_a_pace_holds_back_is_what_it_was_when_the_pause_is_over() {
    Claim claim = sender.claimNew();
    Duration quarter = Duration.ofMinutes(15);
    sender.settle(
        claim, new Outcome.HeldBack(quarter), new NextStep.Return(DeliveryFact.HELD_BACK, quarter));

    Place place = place(claim.dispatch().message());

    assertThat(place.deferrals()).isZero();
    assertThat(place.waiting())
        .isInstanceOfSatisfying(
            Waiting.ForTime.class,
            pause ->
                assertThat(place.age().plus(Duration.between(place.now(), pause.due())))
                    .isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1)));
  }

  @Test
  void mail_whose_channel_is_at_fault_waits_for_that() {
    Claim claim = sender.claimNew();
    var fault =
        new ChannelFault(
            Cause.CREDENTIALS_REFUSED, "535 no", "Connect it again.", Certainty.CERTAIN);
    sender.settle(
        claim,
        new Outcome.NotTried(fault, Optional.empty()),
        new NextStep.AwaitChannel(DeliveryFact.NOT_TRIED));

    assertThat(place(claim.dispatch().message()).waiting()).isInstanceOf(Waiting.ForChannel.class);
  }

  @Test
  void whose_a_message_is_can_be_found_out() {
    MessageId message = sender.accept(sender.mail("bo@example.com"));

    assertThat(places.teamOf(message)).contains(sender.team());
    assertThat(places.teamOf(new MessageId(new UUID(0, 1)))).isEmpty();
    assertThat(places.of(new Sender(DATABASE.store()).team(), message)).isEmpty();
  }
}
