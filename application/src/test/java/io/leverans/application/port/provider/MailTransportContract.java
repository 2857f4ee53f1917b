package io.leverans.application.port.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every way to hand mail to a next hop promises. An adapter's test supplies the world. */
public interface MailTransportContract {
  /** In seconds: an adapter's test sets its timeouts well below. */
  int BOUND = 30;

  MailTransport transport();

  OpenChannel channel();

  /** A new dispatch with as many recipients as the channel's grouping puts into one. */
  Dispatch dispatch();

  Peer peer();

  /** The next hop, as far as a test has to move it and to look into it. */
  interface Peer {
    /** From now on; links that stand feel it too. */
    void behave(Behaviour behaviour);

    /** How many messages it has seen the end of. */
    int messagesTaken();
  }

  /** What the next hop does. */
  enum Behaviour {
    TAKES_EVERYTHING,
    /** Is not there; a link that stands is dead. */
    CANNOT_BE_REACHED,
    /** Refuses each message or recipient for now, before the message is there. */
    DEFERS,
    /** Refuses each message or recipient for good, before the message is there. */
    REJECTS,
    /** Breaks the link before the message is there. */
    BREAKS_BEFORE_THE_END,
    /** Takes the message, and breaks the link without an answer. */
    BREAKS_AFTER_THE_END,
    /** Keeps the link and answers nothing, before the message is there. */
    HANGS,
    /** Takes the message, keeps the link, and answers nothing. */
    HANGS_AFTER_THE_END,
    /** Answers what no protocol knows, before the message is there. */
    SPEAKS_RUBBISH,
    /** Takes the message, and answers what no protocol knows. */
    SPEAKS_RUBBISH_AFTER_THE_END,
    /** Says unasked that it has the message before that is there, and drops it then. */
    LIES,
    /** Takes everything up to the end, and refuses then. */
    CHANGES_ITS_MIND
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(BOUND)
  default void there_is_an_outcome_for_every_envelope(Behaviour behaviour) {
    peer().behave(behaviour);
    Dispatch dispatch = dispatch();
    assertThat(attempt(dispatch, _ -> Permission.GO).outcomes())
        .containsOnlyKeys(dispatch.envelopes().stream().map(Envelope::delivery).toList());
  }

  @Test
  default void what_the_next_hop_took_is_accepted() {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    assertThat(attempt(dispatch(), _ -> Permission.GO).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(peer().messagesTaken()).isPositive();
  }

  @Test
  default void no_peer_sees_the_end_of_a_message_before_it_was_permitted() {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    AtomicInteger permitted = new AtomicInteger();
    HandOver watchful =
        _ -> {
          assertThat(peer().messagesTaken()).isEqualTo(permitted.getAndIncrement());
          return Permission.GO;
        };
    AttemptReport report = attempt(dispatch(), watchful);
    assertThat(report.outcomes().values()).hasOnlyElementsOfType(Outcome.Accepted.class);
    assertThat(peer().messagesTaken()).isEqualTo(permitted.get());
  }

  @Test
  default void every_accepted_delivery_was_asked_for_once() {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    Set<DeliveryId> asked = new HashSet<>();
    HandOver noting =
        aboard -> {
          assertThat(aboard).isNotEmpty().noneMatch(asked::contains);
          asked.addAll(aboard);
          return Permission.GO;
        };
    AttemptReport report = attempt(dispatch(), noting);
    assertThat(asked).isEqualTo(report.outcomes().keySet());
  }

  @ParameterizedTest
  @EnumSource(names = "GO", mode = EnumSource.Mode.EXCLUDE)
  default void without_permission_the_peer_has_no_message_and_all_is_tried_again(
      Permission permission) {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    AttemptReport report = attempt(dispatch(), _ -> permission);
    assertThat(report.outcomes().values())
        .hasOnlyElementsOfType(
            permission == Permission.LANE_CLOSED ? Outcome.HeldBack.class : Outcome.Deferred.class);
    assertThat(peer().messagesTaken()).isZero();
    assertThat(attempt(dispatch(), _ -> Permission.GO).outcomes().values())
        .as("the next one is not disturbed")
        .hasOnlyElementsOfType(Outcome.Accepted.class);
  }

  @Test
  default void a_hand_over_that_cannot_be_asked_for_leaves_the_peer_without_a_message() {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    HandOver failing =
        _ -> {
          throw new IllegalStateException("no database");
        };
    assertThatThrownBy(() -> attempt(dispatch(), failing)).hasMessageContaining("no database");
    assertThat(peer().messagesTaken()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CANNOT_BE_REACHED", "DEFERS", "BREAKS_BEFORE_THE_END", "HANGS", "SPEAKS_RUBBISH"})
  @Timeout(BOUND)
  default void what_fails_before_the_end_for_now_is_deferred(Behaviour behaviour) {
    peer().behave(behaviour);
    assertThat(attempt(dispatch(), _ -> Permission.GO).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Deferred.class);
    assertThat(peer().messagesTaken()).isZero();
  }

  @Test
  default void what_is_refused_for_good_is_rejected() {
    peer().behave(Behaviour.REJECTS);
    assertThat(attempt(dispatch(), _ -> Permission.GO).outcomes().values())
        .hasOnlyElementsOfType(Outcome.Rejected.class);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BREAKS_AFTER_THE_END", "HANGS_AFTER_THE_END", "SPEAKS_RUBBISH_AFTER_THE_END"})
  @Timeout(BOUND)
  default void an_end_without_an_answer_that_makes_sense_leaves_it_in_doubt(Behaviour behaviour) {
    peer().behave(behaviour);
    Dispatch dispatch = dispatch();
    assertThat(attempt(dispatch, _ -> Permission.GO).outcomes().values())
        .hasOnlyElementsOfType(Outcome.InDoubt.class);
    assertThat(peer().messagesTaken()).as("tried once").isBetween(1, dispatch.envelopes().size());
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(BOUND)
  default void a_link_killed_while_permission_is_asked_for_carries_no_message(
      Permission permission) {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    HandOver killing =
        _ -> {
          peer().behave(Behaviour.CANNOT_BE_REACHED);
          return permission;
        };
    assertThat(attempt(dispatch(), killing).outcomes().values())
        .hasOnlyElementsOfTypes(
            Outcome.Deferred.class, Outcome.HeldBack.class, Outcome.InDoubt.class);
    assertThat(peer().messagesTaken()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(BOUND)
  default void a_peer_that_says_it_has_the_message_before_that_is_there_is_not_believed(
      Permission permission) {
    peer().behave(Behaviour.LIES);
    assertThat(attempt(dispatch(), _ -> permission).outcomes().values())
        .hasOnlyElementsOfTypes(
            Outcome.Deferred.class, Outcome.HeldBack.class, Outcome.InDoubt.class);
  }

  @Test
  default void what_is_refused_at_the_end_is_neither_accepted_nor_in_doubt() {
    peer().behave(Behaviour.CHANGES_ITS_MIND);
    assertThat(attempt(dispatch(), _ -> Permission.GO).outcomes().values())
        .hasOnlyElementsOfTypes(Outcome.Deferred.class, Outcome.Rejected.class);
  }

  @Test
  default void a_kept_connection_carries_one_message_after_the_other() {
    peer().behave(Behaviour.TAKES_EVERYTHING);
    List<Dispatch> dispatches = List.of(dispatch(), dispatch(), dispatch());
    for (Dispatch dispatch : dispatches) {
      assertThat(attempt(dispatch, _ -> Permission.GO).outcomes().values())
          .hasOnlyElementsOfType(Outcome.Accepted.class);
    }
  }

  private AttemptReport attempt(Dispatch dispatch, HandOver handOver) {
    return transport().attempt(dispatch, channel(), handOver);
  }
}
