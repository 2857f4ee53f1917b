package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Urgency;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What {@link DispatchQueue} promises of claims, leases and the permission to hand over. */
public interface DispatchQueueContract extends StoreContract {
  private DispatchQueue queue() {
    return store().queue();
  }

  @Test
  default void accepted_mail_is_due_at_once_and_claimed_with_all_that_sending_needs()
      throws IOException {
    var sender = new Sender(store());
    NewMail mail = sender.mailTogether("bo@example.com", "cy@example.com");
    var _ = sender.accept(mail);

    Claim claim = sender.claimOne();

    assertThat(claim.dispatch().message()).isEqualTo(mail.message().id());
    assertThat(claim.dispatch().sender()).hasToString("astrid@sender.example");
    assertThat(claim.dispatch().attempt()).isEqualTo(1);
    assertThat(claim.dispatch().lane()).isEqualTo(mail.dispatches().getFirst().lane());
    assertThat(claim.dispatch().envelopes())
        .extracting(envelope -> envelope.recipient().toString())
        .containsExactlyInAnyOrder("bo@example.com", "cy@example.com");
    assertThat(claim.dispatch().content().toArray()).isEqualTo(mail.composed().toArray());
    assertThat(claim.channel()).isEqualTo(sender.channel());
    assertThat(claim.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  default void a_large_message_comes_whole() throws IOException {
    var sender = new Sender(store());
    var bytes = new byte[700_000];
    Arrays.fill(bytes, (byte) 'x');
    var _ = sender.accept(ChangedMail.withContent(sender.mail("bo@example.com"), bytes));

    var content = sender.claimOne().dispatch().content();

    assertThat(content.size()).isEqualTo(bytes.length);
    assertThat(content.toArray()).isEqualTo(bytes);
    assertThat(content.toArray()).as("and once more").isEqualTo(bytes);
  }

  @Test
  default void a_claim_is_not_given_twice() throws Exception {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail(Sender.recipients(60)));

    List<Claim> claimed =
        atTheSameTime(4, _ -> drain(sender)).stream().flatMap(List::stream).toList();

    assertThat(claimed)
        .extracting(claim -> claim.dispatch().id())
        .hasSize(60)
        .doesNotHaveDuplicates();
    claimed.forEach(sender::handOver);
  }

  private static List<Claim> drain(Sender sender) {
    List<Claim> drained = new ArrayList<>();
    List<Claim> claims = sender.claim(3);
    while (!claims.isEmpty()) {
      drained.addAll(claims);
      claims = sender.claim(3);
    }
    return drained;
  }

  @Test
  default void a_claim_takes_the_oldest_first_and_no_more_than_asked_for() {
    var sender = new Sender(store());
    MessageId first = sender.accept(sender.mail("bo@example.com"));
    MessageId second = sender.accept(sender.mail("bo@example.com"));

    assertThat(sender.claim(1))
        .extracting(claim -> claim.dispatch().message())
        .containsExactly(first);
    assertThat(sender.claim(5))
        .extracting(claim -> claim.dispatch().message())
        .containsExactly(second);
  }

  @Test
  default void a_lane_that_is_not_named_is_left_alone() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.mail("bo@slow.example", "cy@quick.example"));

    List<Line> lines = sender.readyLines();
    assertThat(lines)
        .extracting(line -> line.lane().name())
        .containsExactly("quick.example", "slow.example");
    assertThat(sender.claim(Map.of(lines.getFirst(), 10)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.dispatch().lane().name()).isEqualTo("quick.example"));
    assertThat(sender.readyLines()).containsExactly(lines.getLast());
  }

  @Test
  default void each_sender_has_a_line_of_its_own_and_bulk_mail_waits_apart() {
    var sender = new Sender(store());
    IdentityId other = sender.identity("other@sender.example");
    var _ = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.accept(ChangedMail.from(other, sender.mail("bo@example.com")));
    var _ = sender.accept(sender.letters().systemMail("bo@example.com"));
    MessageId bulk = sender.accept(ChangedMail.inBulk(sender.mail("bo@example.com")));

    List<Line> lines = sender.readyLines();

    assertThat(lines)
        .extracting(Line::urgency, Line::sender)
        .containsExactlyInAnyOrder(
            tuple(Urgency.PERSONAL, Optional.of(sender.identity())),
            tuple(Urgency.PERSONAL, Optional.of(other)),
            tuple(Urgency.PERSONAL, Optional.empty()),
            tuple(Urgency.BULK, Optional.of(sender.identity())));
    assertThat(sender.claim(Map.of(lines.getLast(), 5)))
        .singleElement()
        .satisfies(claim -> assertThat(claim.dispatch().message()).isEqualTo(bulk));
  }

  @Test
  default void lines_and_lanes_are_named_from_after_one_on_in_an_order_that_stays() {
    var sender = new Sender(store());
    for (String name : List.of("ada", "bea", "cia")) {
      IdentityId identity = sender.identity(name + "@sender.example");
      var _ =
          sender.accept(ChangedMail.from(identity, sender.mail("bo@a.example", "bo@b.example")));
    }
    Lane first = new Lane("a.example");
    List<Line> all = sender.readyLines().stream().filter(on(first)).toList();

    assertThat(queue().readyLanes(sender.team(), Optional.of(first), 5))
        .containsExactly(new Lane("b.example"));
    assertThat(queue().readyLanes(sender.team(), Optional.empty(), 1)).containsExactly(first);
    assertThat(
            queue()
                .readyLines(
                    sender.team(),
                    List.of(
                        new LineSearch(first, Urgency.PERSONAL, Optional.of(all.getFirst()), 5),
                        new LineSearch(first, Urgency.PERSONAL, Optional.empty(), 2))))
        .containsExactly(all.get(1), all.get(2), all.get(0), all.get(1));
  }

  private static Predicate<Line> on(Lane lane) {
    return line -> line.lane().equals(lane);
  }

  @Test
  default void what_was_withdrawn_while_it_waited_for_its_turn_is_not_claimed() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isEqualTo(1);

    assertThat(sender.readyLines()).isEmpty();
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void only_teams_with_due_mail_are_named_each_in_turn() {
    var one = new Sender(store());
    var other = new Sender(store());
    var idle = new Sender(store());
    var _ = one.accept(one.mail("bo@example.com"));
    var _ = other.accept(other.mail("bo@example.com"));

    assertThat(queue().teamsWithDueMail(10_000))
        .contains(one.team(), other.team())
        .doesNotContain(idle.team());
    assertThat(List.of(queue().teamsWithDueMail(1), queue().teamsWithDueMail(1)))
        .as("one after the other")
        .doesNotHaveDuplicates();
    var _ = one.claim();
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(one.team());
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

  @Test
  default void a_lease_lost_before_the_hand_over_means_another_try_and_nobody_is_told() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    List<EventName> before = sender.told();
    runOut(lost);

    Claim again = sender.claimOne();

    assertThat(again.dispatch().id()).isEqualTo(lost.dispatch().id());
    assertThat(again.dispatch().attempt()).isEqualTo(2);
    assertThat(sender.onlyDelivery(again.dispatch().message()).attempts())
        .extracting(AttemptView::number, AttemptView::fact)
        .containsExactly(
            tuple(1, Optional.of(DeliveryFact.LEASE_LOST)), tuple(2, Optional.empty()));
    assertThat(sender.told()).isEqualTo(before);
  }

  @Test
  default void a_lease_lost_after_the_hand_over_leaves_it_in_doubt_and_unclaimed() {
    var sender = new Sender(store());
    Claim lost = sender.claimNew();
    sender.handOver(lost);
    runOut(lost);

    assertThat(sender.claim()).isEmpty();

    MessageId message = lost.dispatch().message();
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.IN_DOUBT);
    assertThat(delivery.failure()).isPresent();
    assertThat(sender.messagesIn(Folder.IN_DOUBT)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_IN_DOUBT);
    assertThat(queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
  }

  @Test
  default void of_a_lost_lease_what_was_handed_over_is_in_doubt_and_the_rest_is_tried_again() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim lost = sender.claimOne();
    DeliveryId gone = sender.read(message).deliveries().getFirst().id();
    assertThat(queue().permit(lost, Set.of(gone))).isEqualTo(Permission.GO);
    runOut(lost);

    Claim again = sender.claimOne();

    assertThat(Sender.aboard(again)).hasSize(1).doesNotContain(gone);
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.IN_DOUBT, DeliveryState.SENDING);
  }

  @Test
  default void a_renewed_lease_holds_and_a_lost_one_stays_lost() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    queue().renew(List.of(claim), Sender.LEASE);
    assertThat(sender.claim()).isEmpty();
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);

    Claim lost = sender.claimNew();
    runOut(lost);
    queue().renew(List.of(lost), Sender.LEASE);

    assertThat(queue().permit(lost, Sender.aboard(lost))).isEqualTo(Permission.LEASE_LOST);
    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
  }

  @Test
  default void what_is_handed_back_is_claimed_again_at_once_and_at_its_old_place() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    MessageId later = sender.accept(sender.mail("cy@example.com"));
    List<EventName> before = sender.told();

    assertThat(queue().handBack(List.of(claim))).containsExactly(claim);

    assertThat(sender.state(claim)).isEqualTo(DeliveryState.QUEUED);
    List<Claim> again = sender.claim();
    assertThat(again)
        .extracting(next -> next.dispatch().message())
        .containsExactly(claim.dispatch().message(), later);
    assertThat(again.getFirst().deferrals()).isZero();
    assertThat(again.getFirst().dispatch().envelopes()).isEqualTo(claim.dispatch().envelopes());
    assertThat(sender.told()).isEqualTo(before);
    assertThat(sender.onlyDelivery(claim.dispatch().message()).attempts())
        .extracting(AttemptView::number, AttemptView::fact)
        .containsExactly(
            tuple(1, Optional.of(DeliveryFact.LEASE_LOST)), tuple(2, Optional.empty()));
  }

  @Test
  default void what_is_handed_back_has_no_go_and_what_comes_of_its_attempt_changes_nothing() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    assertThat(queue().handBack(List.of(claim))).containsExactly(claim);

    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.LEASE_LOST);
    sender.settleDeferred(claim, Duration.ofHours(1));
    Claim again = sender.claimOne();
    assertThat(queue().permit(again, Sender.aboard(again))).isEqualTo(Permission.GO);
    assertThat(queue().handBack(List.of(claim))).isEmpty();
  }

  @Test
  default void what_was_handed_over_in_part_or_taken_over_is_not_handed_back() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    Claim claim = sender.claimOne();
    DeliveryId gone = sender.read(message).deliveries().getFirst().id();
    assertThat(queue().permit(claim, Set.of(gone))).isEqualTo(Permission.GO);
    Claim lost = sender.claimNew();
    runOut(lost);
    Claim taken = sender.claimOne();

    assertThat(queue().handBack(List.of(claim, lost))).isEmpty();

    assertThat(sender.claim()).isEmpty();
    assertThat(queue().permit(taken, Sender.aboard(taken))).isEqualTo(Permission.GO);
    assertThat(queue().permit(claim, Sender.aboard(claim))).isEqualTo(Permission.GO);
  }

  @Test
  default void a_go_and_a_hand_back_at_the_same_time_never_both_succeed() throws Exception {
    for (int i = 0; i < 20; i++) {
      var sender = new Sender(store());
      Claim claim = sender.claimNew();

      List<Object> results =
          atTheSameTime(
              2,
              which ->
                  which == 0
                      ? queue().permit(claim, Sender.aboard(claim))
                      : queue().handBack(List.of(claim)));

      assertThat((List<?>) results.getLast()).hasSize(results.getFirst() == Permission.GO ? 0 : 1);
    }
  }
}
