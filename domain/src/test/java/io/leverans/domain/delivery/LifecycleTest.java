package io.leverans.domain.delivery;

import static io.leverans.domain.delivery.DeliveryState.HANDED_OVER;
import static io.leverans.domain.delivery.DeliveryState.IN_DOUBT;
import static io.leverans.domain.delivery.DeliveryState.QUEUED;
import static io.leverans.domain.delivery.DeliveryState.SCHEDULED;
import static io.leverans.domain.delivery.DeliveryState.SENDING;
import static io.leverans.domain.delivery.DeliveryState.UNSETTLED;
import static io.leverans.domain.delivery.DeliveryState.WAITING;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
  /** Every fact in every state; a name is cut to five letters, a dot is no move. */
  private static final String MOVES =
      """
      fact \\ state       SCHED QUEUE SENDI HANDE WAITI IN_DO ACCEP CONFI BOUNC COMPL FAILE CANCE LOGGE
      CAME_DUE           QUEUE .     .     .     .     .     .     .     .     .     .     .     .
      CLAIMED            .     SENDI .     .     .     .     .     .     .     .     .     .     .
      GO                 .     .     HANDE .     .     .     .     .     .     .     .     .     .
      DEFERRED           .     .     QUEUE QUEUE .     QUEUE .     .     .     .     .     .     .
      LEASE_LOST         .     .     QUEUE IN_DO .     .     .     .     .     .     .     .     .
      HELD_BACK          .     .     QUEUE QUEUE .     .     .     .     .     .     .     .     .
      REROUTED           .     .     QUEUE .     .     .     .     .     .     .     .     .     .
      NOT_TRIED          .     .     WAITI WAITI .     .     .     .     .     .     .     .     .
      CHANNEL_READY      .     .     .     .     QUEUE .     .     .     .     .     .     .     .
      ACCEPTED           .     .     .     ACCEP .     ACCEP .     .     .     .     .     .     .
      REJECTED           .     .     FAILE FAILE .     FAILE .     .     .     .     .     .     .
      SUPPRESSED         .     .     FAILE .     .     .     .     .     .     .     .     .     .
      GAVE_UP            FAILE FAILE FAILE FAILE FAILE FAILE .     .     .     .     .     .     .
      ANSWER_LOST        .     .     .     IN_DO .     .     .     .     .     .     .     .     .
      SHOWN_NOT_SENT     .     .     .     .     .     QUEUE .     .     .     .     .     .     .
      SHOWN_SENT         .     .     .     .     .     ACCEP .     .     .     .     .     .     .
      DECLARED_SENT      .     .     .     .     .     ACCEP .     .     .     .     .     .     .
      ASSUMED_SENT       .     .     .     .     .     ACCEP .     .     .     .     .     .     .
      DECLARED_FAILED    .     .     .     .     .     FAILE .     .     .     .     .     .     .
      RESEND_ORDERED     .     .     .     .     .     QUEUE .     .     .     .     .     .     .
      RETRY_ORDERED      .     .     .     .     .     .     .     .     QUEUE .     QUEUE .     .
      CANCELLED          CANCE CANCE CANCE .     CANCE .     .     .     .     .     .     .     .
      RESCHEDULED        SCHED SCHED SCHED .     SCHED .     .     .     .     .     .     .     .
      BOUNCE_REPORTED    .     .     .     BOUNC .     BOUNC BOUNC .     .     .     .     .     .
      DELIVERY_REPORTED  .     .     .     CONFI .     CONFI CONFI .     .     .     .     .     .
      COMPLAINT_REPORTED .     .     .     COMPL .     COMPL COMPL COMPL .     .     .     .     .
      REPORT_WITHDRAWN   .     .     .     .     .     .     .     ACCEP ACCEP ACCEP .     .     .
      """;

  @ParameterizedTest(name = "{1} in {0}: {2}")
  @MethodSource("everyFactInEveryState")
  void moves_as_the_table_says_and_not_otherwise(
      DeliveryState state, DeliveryFact fact, Optional<DeliveryState> next) {
    assertThat(Lifecycle.next(state, fact)).isEqualTo(next);
  }

  @Test
  void the_table_leaves_out_no_fact_and_no_state() {
    assertThat(everyFactInEveryState())
        .extracting(arguments -> List.of(arguments.get()).subList(0, 2))
        .doesNotHaveDuplicates()
        .hasSize(DeliveryState.values().length * DeliveryFact.values().length);
  }

  @Test
  void no_unsettled_state_loses_mail() {
    assertThat(UNSETTLED)
        .allSatisfy(state -> assertThat(reachableFrom(state)).contains(DeliveryState.ACCEPTED));
  }

  @Test
  void only_a_persons_order_to_try_again_unsettles_what_is_settled() {
    assertThat(DeliveryState.values())
        .filteredOn(state -> !UNSETTLED.contains(state))
        .isNotEmpty()
        .allSatisfy(
            state ->
                assertThat(DeliveryFact.values())
                    .filteredOn(
                        fact -> Lifecycle.next(state, fact).filter(UNSETTLED::contains).isPresent())
                    .isSubsetOf(DeliveryFact.RETRY_ORDERED));
  }

  @Test
  void whatever_is_on_its_way_can_also_fail() {
    assertThat(UNSETTLED)
        .allSatisfy(state -> assertThat(reachableFrom(state)).contains(DeliveryState.FAILED));
  }

  @Test
  void what_may_have_arrived_is_sent_again_only_on_proof_or_by_order() {
    assertThat(EnumSet.of(HANDED_OVER, IN_DOUBT))
        .flatMap(LifecycleTest::factsThatQueue)
        .containsOnly(
            DeliveryFact.DEFERRED,
            DeliveryFact.HELD_BACK,
            DeliveryFact.SHOWN_NOT_SENT,
            DeliveryFact.RESEND_ORDERED);
  }

  @Test
  void a_lost_lease_never_queues_what_was_handed_over() {
    assertThat(Lifecycle.next(HANDED_OVER, DeliveryFact.LEASE_LOST)).contains(IN_DOUBT);
    assertThat(Lifecycle.next(IN_DOUBT, DeliveryFact.LEASE_LOST)).isEmpty();
  }

  @Test
  void what_the_next_hop_took_is_never_sent_again_unless_it_came_back() {
    assertThat(
            EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.CONFIRMED, DeliveryState.COMPLAINED))
        .allSatisfy(
            state ->
                assertThat(reachableFrom(state).stream().filter(UNSETTLED::contains))
                    .allMatch(_ -> reachableFrom(state).contains(DeliveryState.BOUNCED)));
    assertThat(EnumSet.of(DeliveryState.ACCEPTED, DeliveryState.CONFIRMED))
        .flatMap(LifecycleTest::factsThatQueue)
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DeliveryState.class)
  void cancelling_works_before_the_hand_over_and_at_no_other_time(DeliveryState state) {
    Set<DeliveryState> beforeTheHandOver = EnumSet.of(SCHEDULED, QUEUED, SENDING, WAITING);
    assertThat(Lifecycle.next(state, DeliveryFact.CANCELLED).isPresent())
        .isEqualTo(beforeTheHandOver.contains(state));
  }

  @Test
  void delivered_is_written_only_where_a_delivery_report_says_so() {
    assertThat(DeliveryFact.values())
        .filteredOn(
            fact ->
                Stream.of(DeliveryState.values())
                    .anyMatch(
                        state ->
                            Lifecycle.next(state, fact)
                                .equals(Optional.of(DeliveryState.CONFIRMED))))
        .containsExactly(DeliveryFact.DELIVERY_REPORTED);
  }

  @Test
  void what_reports_alone_lead_to_can_be_taken_back_and_nothing_else() {
    Set<DeliveryFact> reports =
        EnumSet.of(
            DeliveryFact.BOUNCE_REPORTED,
            DeliveryFact.DELIVERY_REPORTED,
            DeliveryFact.COMPLAINT_REPORTED);
    for (DeliveryState state : DeliveryState.values()) {
      Set<DeliveryFact> leadHere =
          Stream.of(DeliveryFact.values())
              .filter(
                  fact ->
                      Stream.of(DeliveryState.values())
                          .anyMatch(from -> Lifecycle.next(from, fact).equals(Optional.of(state))))
              .collect(toSet());
      assertThat(Lifecycle.next(state, DeliveryFact.REPORT_WITHDRAWN).isPresent())
          .as(state.name())
          .isEqualTo(!leadHere.isEmpty() && reports.containsAll(leadHere));
    }
  }

  private static Set<DeliveryFact> factsThatQueue(DeliveryState state) {
    return Stream.of(DeliveryFact.values())
        .filter(fact -> Lifecycle.next(state, fact).equals(Optional.of(QUEUED)))
        .collect(toSet());
  }

  private static Set<DeliveryState> reachableFrom(DeliveryState start) {
    Set<DeliveryState> reached = EnumSet.noneOf(DeliveryState.class);
    Set<DeliveryState> edge = EnumSet.of(start);
    while (reached.addAll(edge)) {
      edge =
          edge.stream()
              .flatMap(LifecycleTest::nextOf)
              .collect(toCollection(() -> EnumSet.noneOf(DeliveryState.class)));
    }
    return reached;
  }

  private static Stream<DeliveryState> nextOf(DeliveryState state) {
    return Stream.of(DeliveryFact.values()).flatMap(fact -> Lifecycle.next(state, fact).stream());
  }

  static List<Arguments> everyFactInEveryState() {
    List<String> lines = MOVES.lines().toList();
    List<String> states = cells(lines.getFirst().replace("fact \\ state", "fact"));
    return lines.stream()
        .skip(1)
        .map(LifecycleTest::cells)
        .flatMap(
            row ->
                IntStream.range(1, states.size())
                    .mapToObj(
                        column ->
                            Arguments.of(
                                state(states.get(column)),
                                DeliveryFact.valueOf(row.getFirst()),
                                row.get(column).equals(".")
                                    ? Optional.empty()
                                    : Optional.of(state(row.get(column))))))
        .toList();
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.strip().split(" +", -1));
  }

  private static DeliveryState state(String start) {
    return Stream.of(DeliveryState.values())
        .filter(state -> state.name().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(start));
  }
}
