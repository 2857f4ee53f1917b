package io.leverans.mail.conversation;

import static io.leverans.mail.conversation.Correspondence.CONTENT;
import static io.leverans.mail.conversation.Correspondence.SHORT;
import static io.leverans.mail.conversation.Correspondence.accepted;
import static io.leverans.mail.conversation.Correspondence.outcomeIn;
import static io.leverans.mail.conversation.Correspondence.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.provider.Connections;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptConnectionsTest {
  private final Correspondence with = new Correspondence();
  final ScriptedServer server = with.server();

  @AfterEach
  void close() {
    with.close();
  }

  @Test
  void a_connection_is_kept_and_needs_no_reset() {
    for (int i = 0; i < 3; i++) {
      assertThat(with.outcome()).isEqualTo(accepted());
    }
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("RSET"));
  }

  @Test
  void a_connection_is_counted_as_busy_while_its_message_is_under_way_and_idle_when_it_is_kept() {
    List<Connections> seen = new ArrayList<>();
    seen.add(with.connections().count());
    with.outcome(
        _ -> {
          seen.add(with.connections().count());
          return Permission.GO;
        });
    seen.add(with.connections().count());

    assertThat(seen)
        .containsExactly(Connections.NONE, new Connections(1, 0), new Connections(0, 1));
  }

  @Test
  void a_transaction_without_an_end_is_reset_before_the_next() {
    server.follow(Script.say(Step.RCPT, "550 5.1.1 no"));
    with.outcome();
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).containsOnlyOnce("RSET");
  }

  @Test
  void a_kept_connection_that_died_is_replaced_unseen() {
    with.outcome();
    server.dropConnections();
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 4.4.2 idle too long", "HANG_UP", "SILENCE"})
  void a_kept_connection_that_is_half_dead_is_replaced(String how) {
    with.reconnect(SHORT, 4, 100);
    with.outcome();
    Reaction reaction =
        switch (how) {
          case "HANG_UP" -> new Reaction.HangUp();
          case "SILENCE" -> new Reaction.FallSilent();
          default -> new Reaction.SayAndHangUp(how);
        };
    server.follow(
        (step, _, connection) ->
            step == Step.MAIL && connection == 1 ? Optional.of(reaction) : Optional.empty());
    assertThat(with.outcome()).isEqualTo(accepted());
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void a_kept_connection_that_dies_after_permission_is_not_tried_again() {
    with.outcome();
    with.asked().clear();
    server.follow(
        (step, _, connection) ->
            step == Step.WITHIN_CONTENT && connection == 1
                ? Optional.of(new Reaction.Cut())
                : Optional.empty());
    HandOver late =
        _ -> {
          with.asked().add(Permission.GO);
          await().until(() -> server.openConnections() == 0);
          return Permission.GO;
        };
    assertThat(with.outcome(late)).isInstanceOf(Outcome.Deferred.class);
    assertThat(with.asked()).hasSize(1);
  }

  @Test
  void a_connection_carries_so_many_messages_and_no_more() {
    with.reconnect(Timeouts.DEFAULT, 4, 2);
    for (int i = 0; i < 5; i++) {
      with.outcome();
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void an_idle_connection_is_closed_with_a_goodbye() {
    with.use(
        new NextHopConnections(
            Correspondence.options(Timeouts.DEFAULT),
            new PoolLimits(4, Duration.ofMillis(100), 100)));
    with.outcome();
    await().untilAsserted(() -> assertThat(server.commands()).contains("QUIT"));
  }

  @Test
  void closing_says_goodbye_to_idle_connections() {
    with.outcome();
    with.connections().close();
    await().untilAsserted(() -> assertThat(server.commands()).contains("QUIT"));
  }

  @Test
  void no_more_connections_than_allowed_go_to_one_server() throws Exception {
    with.reconnect(Timeouts.DEFAULT, 2, 100);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        outcomes.add(threads.submit(() -> with.outcome(_ -> Permission.GO)));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo(accepted());
      }
    }
    assertThat(server.connections()).isLessThanOrEqualTo(2);
    assertThat(server.messages()).hasSize(20);
  }

  @Test
  void what_finds_no_connection_free_in_time_is_held_back_and_not_refused() throws Exception {
    with.reconnect(SHORT, 1, 100);
    var handingOver = new CountDownLatch(1);
    var heldBack = new CountDownLatch(1);
    HandOver slow =
        _ -> {
          handingOver.countDown();
          await().until(() -> heldBack.getCount() == 0);
          return Permission.GO;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> first = threads.submit(() -> with.outcome(slow));
      handingOver.await();
      assertThat(with.outcome())
          .isInstanceOfSatisfying(
              Outcome.HeldBack.class, held -> assertThat(held.reopens()).isPositive());
      heldBack.countDown();
      assertThat(first.get()).isEqualTo(accepted());
    }
  }

  @Test
  void no_more_connections_than_allowed_go_to_all_addresses_of_one_server() throws Exception {
    with.use(
        new NextHopConnections(
            Correspondence.options(Timeouts.DEFAULT),
            PoolLimits.ofOneServer(2, Duration.ofMinutes(1), 100)));
    var most = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        ServerAddress address = with.address("mail" + i % 5 + ".test");
        outcomes.add(
            threads.submit(
                () ->
                    outcomeIn(
                        with.connections()
                            .exchange(
                                address,
                                transaction(CONTENT, "a"),
                                _ -> {
                                  most.accumulateAndGet(server.openConnections(), Math::max);
                                  return Permission.GO;
                                },
                                new Transcript()))));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo(accepted());
      }
    }
    assertThat(most.get()).isBetween(1, 2);
    assertThat(server.messages()).hasSize(40);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nodes_share_what_a_server_grants_and_follow_when_they_become_more_or_fewer(boolean ofOne)
      throws Exception {
    PoolLimits limits =
        ofOne
            ? PoolLimits.ofOneServer(6, Duration.ofMinutes(1), 100)
            : new PoolLimits(6, Duration.ofMinutes(1), 100);
    var nodes = new AtomicInteger(1);
    with.use(
        new NextHopConnections(
            Correspondence.options(Timeouts.DEFAULT), limits.sharedAmong(nodes::get)));
    assertAtATime(6);
    nodes.set(3);
    assertAtATime(2);
    await().untilAsserted(() -> assertThat(server.openConnections()).isEqualTo(2));
    nodes.set(100);
    assertAtATime(1);
    nodes.set(1);
    assertAtATime(6);
  }

  /** So many messages are under way together, and never more. */
  private void assertAtATime(int connections) throws Exception {
    var company = new CyclicBarrier(connections);
    var busy = new AtomicInteger();
    var most = new AtomicInteger();
    HandOver together =
        _ -> {
          most.accumulateAndGet(busy.incrementAndGet(), Math::max);
          meet(company);
          busy.decrementAndGet();
          return Permission.GO;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 3 * connections; i++) {
        outcomes.add(threads.submit(() -> with.outcome(together)));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo(accepted());
      }
    }
    assertThat(most.get()).isEqualTo(connections);
  }

  private static void meet(CyclicBarrier company) {
    try {
      var _ = company.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_idle_connection_gives_way_to_one_to_another_address() {
    with.use(
        new NextHopConnections(
            Correspondence.options(Timeouts.DEFAULT),
            PoolLimits.ofOneServer(1, Duration.ofMinutes(1), 100)));
    for (String host : List.of("mail1.test", "mail2.test", "mail1.test")) {
      Exchange exchange =
          with.connections()
              .exchange(
                  with.address(host), transaction(CONTENT, "a"), with.go(), with.transcript());
      assertThat(outcomeIn(exchange)).isEqualTo(accepted());
    }
    assertThat(server.connections()).isEqualTo(3);
    await().untilAsserted(() -> assertThat(server.openConnections()).isEqualTo(1));
  }

  @Test
  void a_failed_hand_over_or_opening_takes_no_room_from_others() {
    with.use(
        new NextHopConnections(
            Correspondence.options(SHORT), PoolLimits.ofOneServer(1, Duration.ofMinutes(1), 100)));
    for (int i = 0; i < 3; i++) {
      server.follow(Script.POLITE);
      assertThatThrownBy(
              () ->
                  with.outcome(
                      _ -> {
                        throw new IllegalStateException("no database");
                      }))
          .hasMessage("no database");
      server.follow(Script.at(Step.CONNECTED, new Reaction.HangUp()));
      assertThat(with.outcome()).isInstanceOf(Outcome.Deferred.class);
    }
    server.follow(Script.POLITE);
    assertThat(with.outcome()).isEqualTo(accepted());
  }

  @Test
  void thousands_of_pools_that_are_not_used_cost_no_thread() {
    List<NextHopConnections> pools = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      pools.add(
          new NextHopConnections(
              Correspondence.options(Timeouts.DEFAULT),
              PoolLimits.ofOneServer(2, Duration.ofMinutes(1), 100)));
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("next-hop"))
        .hasSizeLessThanOrEqualTo(1);
    pools.forEach(NextHopConnections::close);
  }
}
