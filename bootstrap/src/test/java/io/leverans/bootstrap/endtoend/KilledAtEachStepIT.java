package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.bootstrap.endtoend.StoppingSink.Step;
import io.leverans.bootstrap.endtoend.StoppingSink.Stop;
import io.leverans.persistence.embedded.Durability;
import io.leverans.persistence.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed at each step of a message's way while another one runs beside it; what is said
 * of the message afterwards is compared with what the next hop recorded. The node is held at its
 * step from outside: by the next hop, which does not answer, or by the database, which does not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAtEachStepIT {
  private static final Path BINARIES = Path.of("target", "postgres-binaries");
  private static final String DOMAIN = "northwind.example";
  private static final String AUTHOR = "erik@" + DOMAIN;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Ten times the lease that is set here; with the default one it is the lease. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

  private EmbeddedPostgres server;
  private HeldDatabase database;
  private StoppingSink sink;
  private TwoNodes nodes;
  private VerifiedAuthor author;
  private int number;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = EmbeddedPostgres.start(folder.resolve("postgres"), BINARIES, Durability.DURABLE);
    database = new HeldDatabase(server);
    sink = new StoppingSink();
    nodes =
        new TwoNodes(
            folder,
            database,
            List.of(
                "mode=live",
                "platform.domain=" + DOMAIN,
                "channels=msc",
                "database.url=" + server.jdbcUrl(),
                "database.user=" + server.user(),
                "database.password=" + server.password(),
                "database.connections=8",
                "secrets.keyset-file=" + folder.resolve("secrets.json"),
                "dispatch.lease=3s",
                "retry.first-pause=2s",
                "msc.smart-host=127.0.0.1:" + sink.port(),
                "msc.bounce-listen=127.0.0.1:0",
                "msc.dkim=off"));
    author = VerifiedAuthor.of(AUTHOR, nodes.http(), sink);
  }

  @AfterAll
  void stop() throws Exception {
    try (var _ = server;
        var _ = database;
        var _ = sink) {
      nodes.close();
    }
  }

  @BeforeEach
  void bothRun() throws Exception {
    nodes.awaitBoth();
    number++;
  }

  @Test
  void claimed_and_not_yet_connected_the_other_sends_it() throws Exception {
    Stop refusal = sink.stopBefore(Step.ANSWER_TO_RCPT);
    sink.refuseOnce();
    UUID message = submit();
    refusal.awaitReached();
    refusal.goOn();
    awaitState(message, "QUEUED");
    int connections = sink.connections();
    try (var channels = database.lockChannels()) {
      awaitState(message, "SENDING");
      channels.awaitSomebodyWaits();
      nodes.killHolderOf(message);
      assertThat(sink.connections()).isEqualTo(connections);
    }
    assertEndsAs("accepted", message, 1);
  }

  @Test
  void connected_the_other_sends_it() throws Exception {
    assertEndsAs("accepted", killedAt(Step.GREETING), 1);
  }

  @Test
  void with_its_recipient_named_the_other_sends_it() throws Exception {
    assertEndsAs("accepted", killedAt(Step.ANSWER_TO_RCPT), 1);
  }

  @Test
  void before_its_permission_is_decided_the_other_sends_it() throws Exception {
    Stop data = sink.stopBefore(Step.ANSWER_TO_DATA);
    UUID message = submit();
    data.awaitReached();
    try (var delivery = database.lockDeliveryOf(message)) {
      data.goOn();
      delivery.awaitSomebodyWaits();
      nodes.killHolderOf(message);
    }
    assertEndsAs("accepted", message, 1);
  }

  @Test
  void permitted_and_before_the_final_dot_it_is_in_doubt_and_nobody_has_it() throws Exception {
    Stop data = sink.stopBefore(Step.ANSWER_TO_DATA);
    UUID message = submit();
    data.awaitReached();
    database.holdCommits(message);
    try {
      data.goOn();
      database.awaitCommitOn(message);
      nodes.killHolderOf(message);
    } finally {
      database.letCommits();
    }
    assertEndsAs("in-doubt", message, 0);
  }

  @Test
  void with_the_final_dot_sent_and_no_answer_it_is_in_doubt() throws Exception {
    assertEndsAs("in-doubt", killedAt(Step.ANSWER_TO_THE_END), 1);
  }

  @Test
  void answered_and_before_that_is_stored_it_is_in_doubt() throws Exception {
    Stop end = sink.stopBefore(Step.ANSWER_TO_THE_END);
    UUID message = submit();
    end.awaitReached();
    try (var delivery = database.lockDeliveryOf(message)) {
      end.goOn();
      delivery.awaitSomebodyWaits();
      nodes.killHolderOf(message);
    }
    assertEndsAs("in-doubt", message, 1);
  }

  @Test
  void with_its_answer_stored_it_is_accepted_though_the_node_never_knew() throws Exception {
    Stop end = sink.stopBefore(Step.ANSWER_TO_THE_END);
    UUID message = submit();
    end.awaitReached();
    database.holdCommits(message);
    try {
      end.goOn();
      database.awaitCommitOn(message);
      nodes.killHolderOf(message);
    } finally {
      database.letCommits();
    }
    assertEndsAs("accepted", message, 1);
  }

  private UUID killedAt(Step step) throws Exception {
    Stop stop = sink.stopBefore(step);
    UUID message = submit();
    stop.awaitReached();
    nodes.killHolderOf(message);
    stop.goOn();
    return message;
  }

  private String recipient() {
    return "reader" + number + "@customer.example";
  }

  private UUID submit() throws IOException {
    return author.submit(recipient(), nodes.http());
  }

  private void awaitState(UUID message, String state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> database.stateOf(message).equals(state));
  }

  /** As one who asks is told by the node that lived on, and as the next hop has it. */
  private void assertEndsAs(String state, UUID message, int copies) {
    await()
        .atMost(TAKEN_OVER)
        .untilAsserted(
            () ->
                assertThat(
                        nodes
                            .http()
                            .get("/v1/messages/" + message)
                            .json()
                            .at("/recipients/0/state")
                            .asText())
                    .isEqualTo(state));
    assertThat(sink.copiesFor(recipient())).hasSize(copies);
  }
}
