package io.leverans.persistence;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Sender;
import io.leverans.domain.delivery.DeliveryState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known here alone survives that the database is away for a moment. */
class OutlastedOutageTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final String BREAK =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'\
      """;

  private final RuntimeException away =
      new IllegalStateException(new SQLException("the database system is shutting down", "57P01"));

  @Test
  void an_answer_is_written_down_although_the_connection_breaks_while_it_is() throws Exception {
    var sender = new Sender(DATABASE.store());
    Claim claim = sender.claimNew();
    sender.handOver(claim);

    CompletableFuture<Void> settling;
    try (Handle other = DATABASE.jdbi().open()) {
      other.begin();
      lock(other, claim);
      settling = CompletableFuture.runAsync(() -> sender.settleAccepted(claim));
      await().until(() -> DATABASE.waitingForALock() == 1);
      assertThat(other.createQuery(BREAK).mapTo(Boolean.class).list()).containsExactly(true);
      other.rollback();
    }
    settling.get(20, SECONDS);

    assertThat(sender.onlyDelivery(claim.dispatch().message()).state())
        .isEqualTo(DeliveryState.ACCEPTED);
  }

  private static void lock(Handle handle, Claim claim) {
    handle
        .createQuery("SELECT id FROM dispatch WHERE team_id = :team AND id = :id FOR UPDATE")
        .bind("team", claim.dispatch().team().value())
        .bind("id", claim.dispatch().id().value())
        .mapToMap()
        .one();
  }

  /** A connection that broke, a server that stops, and one that ended a session for its silence. */
  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "25P03"})
  void it_is_tried_again_until_the_database_is_back(String state) {
    List<String> tries = new ArrayList<>();

    String answer =
        DatabaseTrouble.outlast(
            Duration.ofMinutes(1),
            () -> {
              tries.add("again");
              if (tries.size() < 3) {
                throw new IllegalStateException(new SQLException("away", state));
              }
              return "back";
            });

    assertThat(answer).isEqualTo("back");
    assertThat(tries).hasSize(3);
  }

  @Test
  void patience_ends() {
    assertThatThrownBy(() -> DatabaseTrouble.outlast(Duration.ZERO, this::failing)).isSameAs(away);
  }

  @Test
  void whoever_is_interrupted_goes_at_once() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> DatabaseTrouble.outlast(Duration.ofMinutes(1), this::failing))
        .isSameAs(away);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void what_is_no_trouble_of_the_database_is_not_tried_again() {
    List<String> tries = new ArrayList<>();
    var bug = new IllegalStateException("a bug");

    assertThatThrownBy(
            () ->
                DatabaseTrouble.outlast(
                    Duration.ofMinutes(1),
                    () -> {
                      tries.add("once");
                      throw bug;
                    }))
        .isSameAs(bug);

    assertThat(tries).hasSize(1);
  }

  private String failing() {
    throw away;
  }
}
