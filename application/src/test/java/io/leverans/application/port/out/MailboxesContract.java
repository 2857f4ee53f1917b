package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Mailboxes.Held;
import io.leverans.application.port.out.Mailboxes.Hold;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.view.MailboxState;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Mailboxes} promises. */
public interface MailboxesContract {
  ChannelKind KIND = new ChannelKind("kind-with-mailbox");
  Duration LEASE = Duration.ofMinutes(3);
  Duration MINUTE = Duration.ofMinutes(1);
  MailboxMark HERE = new MailboxMark("page 7");
  ChannelFault WRONG_KEY =
      new ChannelFault(Cause.CREDENTIALS_REFUSED, "no", "Enter it anew.", Certainty.CERTAIN);
  ChannelFault NO_LIGHT =
      new ChannelFault(Cause.NETWORK_FAILURE, "dark", "Wait.", Certainty.PRESUMED);

  Mailboxes mailboxes();

  /** A channel of {@link #KIND} of a team of its own. */
  Place channel(MailboxChoice choice);

  /** Replaces how it connects. */
  void reconnect(Place place);

  void remove(Place place);

  /** As if all that is known of it had been so much earlier. */
  void age(Place place, Duration by);

  /** What its team was told of mailboxes, each as the word of the event and the cause, if any. */
  List<String> told(Place place);

  private List<Place> due() {
    return mailboxes().due(Set.of(KIND), 1_000);
  }

  private Optional<Held> take(Place place) {
    return mailboxes().take(place, new LeaseId(UUID.randomUUID()), LEASE);
  }

  private Held taken(Place place) {
    return take(place).orElseThrow();
  }

  private void meet(Place place, ChannelFault fault) {
    mailboxes().leave(taken(place), fault, Duration.ZERO);
  }

  private Place open() {
    return channel(MailboxChoice.READ);
  }

  @Test
  default void only_mailboxes_whose_owners_said_so_are_due() {
    Place open = open();
    Place shut = channel(MailboxChoice.LEFT_ALONE);

    assertThat(due()).contains(open).doesNotContain(shut);
    assertThat(mailboxes().due(Set.of(new ChannelKind("another")), 1_000)).isEmpty();
  }

  @Test
  default void a_mailbox_is_taken_on_by_one_over_all_nodes() throws Exception {
    Place place = open();

    List<Optional<Held>> all = Race.atTheSameTime(4, _ -> take(place));

    assertThat(all.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(due()).doesNotContain(place);
    assertThat(take(place)).isEmpty();
  }

  @Test
  default void the_mailbox_of_a_node_that_died_is_taken_on_by_another_where_it_was() {
    Place place = open();
    Held dead = taken(place);
    assertThat(mailboxes().reached(dead, HERE, LEASE)).isEqualTo(Hold.HELD);

    age(place, LEASE);

    assertThat(due()).contains(place);
    Held next = taken(place);
    assertThat(next.mark()).contains(HERE);
    assertThat(mailboxes().reached(dead, new MailboxMark("page 3"), LEASE)).isEqualTo(Hold.LOST);
    mailboxes().leave(dead, WRONG_KEY, Duration.ZERO);
    mailboxes().leave(dead, Duration.ZERO);
    assertThat(due()).doesNotContain(place);
    assertThat(told(place)).isEmpty();
    mailboxes().leave(next, Duration.ZERO);
    assertThat(taken(place).mark()).contains(HERE);
  }

  @Test
  default void who_notes_how_far_it_was_read_holds_it_on() {
    Place place = open();
    Held held = taken(place);
    age(place, LEASE.minus(MINUTE));
    assertThat(mailboxes().reached(held, HERE, LEASE)).isEqualTo(Hold.HELD);

    age(place, MINUTE);

    assertThat(take(place)).isEmpty();
  }

  @Test
  default void a_mailbox_that_was_left_is_due_after_a_pause() {
    Place place = open();
    mailboxes().leave(taken(place), MINUTE);
    assertThat(due()).doesNotContain(place);
    assertThat(take(place)).isEmpty();

    age(place, MINUTE);

    assertThat(due()).contains(place);
    assertThat(take(place)).isPresent();
  }

  @Test
  default void what_is_longest_due_comes_first() {
    Place first = open();
    Place second = open();
    mailboxes().leave(taken(first), Duration.ZERO);
    mailboxes().leave(taken(second), Duration.ZERO);
    age(second, MINUTE);

    assertThat(due()).containsSubsequence(second, first);
  }

  @Test
  default void trouble_is_counted_until_it_is_over() {
    Place place = open();
    meet(place, NO_LIGHT);
    meet(place, NO_LIGHT);

    Held held = taken(place);

    assertThat(held.troubles()).isEqualTo(2);
    assertThat(state(place).trouble().map(MailboxTrouble::fault)).contains(NO_LIGHT);
    mailboxes().leave(held, Duration.ZERO);
    assertThat(taken(place).troubles()).isZero();
    assertThat(state(place).trouble()).isEmpty();
  }

  private MailboxState state(Place place) {
    return mailboxes().states(place.team(), List.of(place.channel())).get(place.channel());
  }

  @Test
  default void certain_trouble_is_told_once_and_so_is_its_end() {
    Place place = open();
    meet(place, WRONG_KEY);
    meet(place, WRONG_KEY);
    assertThat(told(place)).containsExactly("channel.mailbox-needs-attention CREDENTIALS_REFUSED");

    mailboxes().leave(taken(place), Duration.ZERO);
    mailboxes().leave(taken(place), Duration.ZERO);

    assertThat(told(place))
        .containsExactly(
            "channel.mailbox-needs-attention CREDENTIALS_REFUSED", "channel.mailbox-recovered");
  }

  @Test
  default void who_gives_a_mailbox_back_says_nothing_of_its_trouble() {
    Place place = open();
    meet(place, WRONG_KEY);
    Held held = taken(place);

    mailboxes().giveBack(held, MINUTE);

    assertThat(take(place)).isEmpty();
    age(place, MINUTE);
    assertThat(taken(place).troubles()).isEqualTo(1);
    assertThat(state(place).trouble().map(MailboxTrouble::fault)).contains(WRONG_KEY);
    assertThat(told(place)).containsExactly("channel.mailbox-needs-attention CREDENTIALS_REFUSED");
    mailboxes().giveBack(held, Duration.ZERO);
    assertThat(due()).doesNotContain(place);
  }

  @Test
  default void trouble_that_may_pass_is_told_only_when_it_did_not() {
    Place place = open();
    meet(place, NO_LIGHT);
    age(place, MailboxTrouble.PASSING.minusSeconds(1));
    meet(place, NO_LIGHT);
    assertThat(told(place)).isEmpty();

    age(place, Duration.ofSeconds(2));
    meet(place, NO_LIGHT);

    assertThat(told(place)).containsExactly("channel.mailbox-needs-attention NETWORK_FAILURE");
  }

  @Test
  default void trouble_that_passed_untold_ends_untold() {
    Place place = open();
    meet(place, NO_LIGHT);

    mailboxes().leave(taken(place), Duration.ZERO);

    assertThat(told(place)).isEmpty();
  }

  @Test
  default void a_channel_that_connects_otherwise_is_looked_at_anew_at_once() {
    Place place = open();
    Held before = taken(place);
    assertThat(mailboxes().reached(before, HERE, LEASE)).isEqualTo(Hold.HELD);

    reconnect(place);

    assertThat(mailboxes().reached(before, HERE, LEASE)).isEqualTo(Hold.LOST);
    assertThat(due()).contains(place);
    assertThat(taken(place).mark()).contains(HERE);
  }

  @Test
  default void the_mailbox_of_a_channel_that_is_gone_is_not_due() {
    Place place = open();
    mailboxes().leave(taken(place), Duration.ZERO);

    remove(place);

    assertThat(due()).doesNotContain(place);
  }

  @Test
  default void it_is_told_when_a_mailbox_was_read() {
    Place place = open();
    assertThat(mailboxes().states(place.team(), List.of(place.channel()))).isEqualTo(Map.of());

    assertThat(mailboxes().reached(taken(place), HERE, LEASE)).isEqualTo(Hold.HELD);

    assertThat(state(place).readAt()).isPresent();
    assertThat(state(place).trouble()).isEmpty();
  }
}
