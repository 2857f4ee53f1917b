package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leverans.application.port.out.DispatchQueue.TakenBack;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link WaitingMail} promises. */
public interface WaitingMailContract extends StoreContract {
  byte[] NEW_BYTES =
      "Subject: hello\r\n\r\nas it looks there\r\n".getBytes(StandardCharsets.US_ASCII);
  Lane NEW_LANE = new Lane("the other channel");

  private WaitingMail waitingMail() {
    return store().waitingMail();
  }

  private ChannelId anotherChannel() {
    return new ChannelId(store().ids().next());
  }

  private List<WaitingMessage> list(Sender sender) {
    return waitingMail().list(sender.team(), sender.channel(), 100, Optional.empty());
  }

  private WaitingMessage only(Sender sender) {
    List<WaitingMessage> messages = list(sender);
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  /** All that is left in one dispatch. */
  private MovedMessage to(ChannelId channel, Sender sender, WaitingMessage message) {
    return to(channel, sender.channel(), message);
  }

  private MovedMessage to(ChannelId channel, ChannelId from, WaitingMessage message) {
    List<PlannedDelivery> left =
        message.left().entrySet().stream()
            .map(entry -> new PlannedDelivery(entry.getKey(), entry.getValue()))
            .toList();
    return new MovedMessage(
        message.id(),
        from,
        channel,
        Octets.of(NEW_BYTES),
        Optional.empty(),
        List.of(new PlannedDispatch(new DispatchId(store().ids().next()), NEW_LANE, left)));
  }

  private void move(Sender sender, MovedMessage moved) {
    assertThat(waitingMail().move(sender.team(), moved)).isEqualTo(Moved.MOVED);
  }

  /** Two travel together; one of them is accepted, the other is due again. */
  private MessageId acceptedForOneOfTwo(Sender sender) {
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    List<DeliveryId> ids = sender.deliveriesOf(message);
    sender.handOver(claim);
    sender.settle(
        claim,
        new Settlement(
            ids.getFirst(), Sender.accepted(), new NextStep.Settle(DeliveryFact.ACCEPTED)),
        new Settlement(
            ids.getLast(),
            Sender.deferred(),
            new NextStep.Return(DeliveryFact.DEFERRED, Duration.ofHours(1))));
    return message;
  }

  @Test
  default void an_amount_counts_what_is_still_to_be_tried_through_the_channel() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail("bo@example.com", "cy@example.com", "di@example.com"));
    sender.deliver(sender.claim(1).getFirst());
    Parking.park(sender, sender.claim(1).getFirst());
    var _ = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    ChannelId unused = anotherChannel();

    var amounts = waitingMail().amounts(sender.team(), List.of(sender.channel(), unused));

    assertThat(amounts).containsOnlyKeys(sender.channel());
    WaitingAmount amount = amounts.get(sender.channel());
    assertThat(amount.messages()).isEqualTo(2);
    assertThat(amount.recipients()).isEqualTo(4);
    assertThat(amount.since()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  default void the_mail_of_other_teams_through_the_same_channel_is_neither_counted_nor_listed() {
    var sender = new Sender(store());
    var other = new Sender(store());
    var _ = other.accept(Parking.through(sender.channel(), other.mail("bo@example.com")));

    assertThat(waitingMail().amounts(sender.team(), List.of(sender.channel()))).isEmpty();
    assertThat(list(sender)).isEmpty();
  }

  @Test
  default void a_listed_message_tells_all_that_a_move_needs() throws IOException {
    var sender = new Sender(store());
    NewMail mail = sender.mail("bo@example.com", "cy@example.com");
    var _ = sender.accept(mail);
    Claim settled = sender.claim(1).getFirst();
    sender.deliver(settled);

    WaitingMessage message = only(sender);

    assertThat(message.id()).isEqualTo(mail.message().id());
    assertThat(message.identity()).contains(sender.identity());
    assertThat(message.author()).isEqualTo(mail.message().from());
    assertThat(message.subject()).isEqualTo("Hello");
    assertThat(message.recipients()).isEqualTo(2);
    assertThat(message.left())
        .hasSize(1)
        .doesNotContainKey(Sender.only(settled))
        .allSatisfy(
            (id, recipient) ->
                assertThat(
                        mail.dispatches().stream()
                            .flatMap(dispatch -> dispatch.deliveries().stream()))
                    .contains(new PlannedDelivery(id, recipient)));
    assertThat(message.composed().toArray()).isEqualTo(mail.composed().toArray());
  }

  @Test
  default void what_is_under_way_is_not_left() {
    var sender = new Sender(store());
    var _ = sender.claimNew();

    assertThat(list(sender)).isEmpty();
  }

  @Test
  default void messages_are_listed_oldest_first_a_page_at_a_time() {
    var sender = new Sender(store());
    MessageId first = sender.accept(sender.mail("bo@example.com"));
    MessageId second = sender.accept(sender.mail("bo@example.com"));
    MessageId third = sender.accept(sender.mail("bo@example.com"));

    assertThat(waitingMail().list(sender.team(), sender.channel(), 2, Optional.empty()))
        .extracting(WaitingMessage::id)
        .containsExactly(first, second);
    assertThat(waitingMail().list(sender.team(), sender.channel(), 2, Optional.of(second)))
        .extracting(WaitingMessage::id)
        .containsExactly(third);
  }

  @Test
  default void a_moved_message_is_due_at_once_through_the_other_channel_with_its_bytes()
      throws IOException {
    var sender = new Sender(store());
    ChannelId target = anotherChannel();
    Parking.park(sender, sender.claimNew());
    MovedMessage moved = to(target, sender, only(sender));

    move(sender, moved);

    Claim claim = sender.claimOne();
    assertThat(claim.channel()).isEqualTo(target);
    assertThat(claim.dispatch().id()).isEqualTo(moved.dispatches().getFirst().id());
    assertThat(claim.dispatch().lane()).isEqualTo(NEW_LANE);
    assertThat(claim.dispatch().content().toArray()).isEqualTo(NEW_BYTES);
    assertThat(claim.dispatch().content().size()).isEqualTo(NEW_BYTES.length);
    assertThat(claim.deferrals()).isZero();
    sender.deliver(claim);
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(moved.message());
  }

  @Test
  default void a_move_changes_the_messages_channel_and_is_told_of() {
    var sender = new Sender(store());
    ChannelId target = anotherChannel();
    Parking.park(sender, sender.claimNew());
    MessageId message = only(sender).id();

    move(sender, to(target, sender, only(sender)));

    assertThat(sender.read(message).channel()).contains(target);
    assertThat(sender.read(message).size()).isEqualTo(NEW_BYTES.length);
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.QUEUED);
    assertThat(sender.messagesIn(Folder.IN_PROGRESS)).containsExactly(message);
    Event told = sender.events().getLast();
    assertThat(told.kind()).isEqualTo(EventKind.MESSAGE_MOVED);
    assertThat(told.data())
        .containsEntry("messageId", message.value().toString())
        .containsEntry("from", sender.channel().value().toString())
        .containsEntry("to", target.value().toString());
  }

  @Test
  default void nothing_of_a_moved_message_waits_for_the_old_channel() {
    var sender = new Sender(store());
    ChannelId target = anotherChannel();
    Parking.park(sender, sender.claimNew());

    move(sender, to(target, sender, only(sender)));

    assertThat(list(sender)).isEmpty();
    assertThat(waitingMail().amounts(sender.team(), List.of(sender.channel(), target)))
        .containsOnlyKeys(target);
    var place = new DispatchQueue.WaitingPlace(sender.team(), sender.channel());
    assertThat(store().queue().waitingPlaces(10_000)).doesNotContain(place);
    assertThat(store().queue().resume(place)).isZero();
    assertThat(sender.claim()).hasSize(1);
  }

  @Test
  default void attempts_through_both_channels_are_one_history() {
    var sender = new Sender(store());
    Claim parked = sender.claimNew();
    Parking.park(sender, parked);
    move(sender, to(anotherChannel(), sender, only(sender)));

    sender.deliver(sender.claimOne());

    DeliveryView delivery = sender.onlyDelivery(parked.dispatch().message());
    assertThat(delivery.id()).isEqualTo(Sender.only(parked));
    assertThat(delivery.attempts()).extracting(AttemptView::number).containsExactly(1, 2);
    assertThat(delivery.attempts())
        .extracting(attempt -> attempt.fact().orElseThrow())
        .containsExactly(DeliveryFact.NOT_TRIED, DeliveryFact.ACCEPTED);
  }

  @Test
  default void attempts_that_broke_off_on_the_old_channel_do_not_count_on_the_new_one() {
    var sender = new Sender(store());
    runOut(sender.claimNew());
    runOut(sender.claimOne());
    assertThat(sender.takeBack()).isEqualTo(new TakenBack(1, 0, 0));

    move(sender, to(anotherChannel(), sender, only(sender)));

    runOut(sender.claimOne());
    runOut(sender.claimOne());
    runOut(sender.claimOne());
    assertThat(sender.claim()).as("the third in a row waits").isEmpty();
  }

  @Test
  default void only_what_is_left_is_moved_and_what_was_sent_keeps_its_bytes() throws IOException {
    var sender = new Sender(store());
    MessageId message = acceptedForOneOfTwo(sender);
    List<DeliveryView> before = sender.read(message).deliveries();
    byte[] old = only(sender).composed().toArray();

    ChannelId target = anotherChannel();
    move(sender, to(target, sender, only(sender)));

    Claim claim = sender.claimOne();
    assertThat(Sender.aboard(claim)).containsExactly(before.getLast().id());
    Messages.Routed sent = routed(sender, before.getFirst());
    assertThat(sent.channel()).isEqualTo(sender.channel());
    assertThat(sent.dispatch().content().toArray()).isEqualTo(old);
    Messages.Routed moved = routed(sender, before.getLast());
    assertThat(moved.channel()).isEqualTo(target);
    assertThat(moved.dispatch().content().toArray()).isEqualTo(NEW_BYTES);
  }

  private Messages.Routed routed(Sender sender, DeliveryView delivery) {
    return store().messages().findDispatch(sender.team(), delivery.id()).orElseThrow();
  }

  @Test
  default void a_message_that_comes_back_has_the_bytes_that_it_had_there() throws IOException {
    var sender = new Sender(store());
    ChannelId target = anotherChannel();
    var _ = sender.accept(sender.mail("bo@example.com"));
    byte[] old = only(sender).composed().toArray();
    move(sender, to(target, sender, only(sender)));
    WaitingMessage there =
        waitingMail().list(sender.team(), target, 1, Optional.empty()).getFirst();

    move(sender, to(sender.channel(), target, there));

    Claim claim = sender.claimOne();
    assertThat(claim.channel()).isEqualTo(sender.channel());
    assertThat(claim.dispatch().content().toArray()).isEqualTo(old);
  }

  @Test
  default void nothing_is_moved_while_something_of_the_message_is_being_tried() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail("bo@example.com", "cy@example.com"));
    Claim underWay = sender.claim(1).getFirst();
    MovedMessage moved = to(anotherChannel(), sender, only(sender));

    assertThat(waitingMail().move(sender.team(), moved)).isEqualTo(Moved.CHANGED_MEANWHILE);

    sender.deliver(underWay);
    assertThat(sender.claimOne().channel()).isEqualTo(sender.channel());
    assertThat(sender.told()).doesNotContain(EventKind.MESSAGE_MOVED);
  }

  @Test
  default void a_move_that_names_other_deliveries_than_are_left_changes_nothing() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    MovedMessage moved = to(anotherChannel(), sender, only(sender));
    DeliveryId cancelled = sender.read(message).deliveries().getFirst().id();
    int withdrawn =
        store()
            .messages()
            .apply(sender.team(), message, List.of(cancelled), DeliveryFact.CANCELLED);
    assertThat(withdrawn).isEqualTo(1);

    assertThat(waitingMail().move(sender.team(), moved)).isEqualTo(Moved.CHANGED_MEANWHILE);

    assertThat(sender.read(message).channel()).contains(sender.channel());
    assertThat(only(sender).left()).hasSize(1);
  }

  @Test
  default void another_teams_message_is_not_moved() {
    var sender = new Sender(store());
    var stranger = new Sender(store());
    var _ = sender.accept(sender.mail("bo@example.com"));
    MovedMessage moved = to(anotherChannel(), sender, only(sender));

    assertThat(waitingMail().move(stranger.team(), moved)).isEqualTo(Moved.CHANGED_MEANWHILE);

    assertThat(list(sender)).hasSize(1);
  }

  @Test
  default void of_two_moves_and_a_claim_at_the_same_time_one_succeeds() throws Exception {
    var sender = new Sender(store());
    for (int round = 0; round < 20; round++) {
      MessageId message = sender.accept(sender.mail("bo@example.com"));
      WaitingMessage waiting = only(sender);
      ChannelId target = anotherChannel();

      List<Object> results =
          atTheSameTime(
              3,
              which ->
                  which == 0
                      ? sender.claim().stream().map(Claim::channel).toList()
                      : waitingMail().move(sender.team(), to(target, sender, waiting)));

      long moves = results.stream().filter(Moved.MOVED::equals).count();
      assertThat(moves).isEqualTo(results.contains(List.of(sender.channel())) ? 0 : 1);
      assertThat(sender.read(message).deliveries()).hasSize(1);
      assertThat(sender.order(message, DeliveryFact.CANCELLED)).isEqualTo(1);
      var _ = sender.claim();
    }
  }
}
