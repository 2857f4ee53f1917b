package io.leverans.bootstrap.endtoend;

import static org.awaitility.Awaitility.await;

import io.leverans.persistence.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The database of running nodes, seen by its superuser, who can hold a node up within what it does:
 * before a row, and between a commit and its answer.
 */
final class HeldDatabase implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration AT_ONCE = Duration.ofMillis(2);

  private final EmbeddedPostgres server;
  private final Connection connection;

  HeldDatabase(EmbeddedPostgres server) throws SQLException {
    this.server = server;
    this.connection = connect();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), "postgres", server.password());
  }

  /** A lock that is held until it is closed. */
  final class Lock implements AutoCloseable {
    private final Connection holder;

    private Lock(String statement, Object... parameters) throws SQLException {
      holder = connect();
      holder.setAutoCommit(false);
      try (PreparedStatement lock = prepare(holder, statement, parameters)) {
        lock.execute();
      }
    }

    void awaitSomebodyWaits() throws SQLException {
      String process = one(holder, "SELECT pg_backend_pid()").orElseThrow();
      await("somebody waits for the lock")
          .atMost(PATIENCE)
          .until(
              () ->
                  one(
                          "SELECT pid FROM pg_stat_activity WHERE ?::int = ANY"
                              + " (pg_blocking_pids(pid))",
                          process)
                      .isPresent());
    }

    @Override
    public void close() throws SQLException {
      holder.close();
    }
  }

  Lock lockChannels() throws SQLException {
    return new Lock("LOCK TABLE channel IN ACCESS EXCLUSIVE MODE");
  }

  Lock lockDeliveryOf(UUID message) throws SQLException {
    return new Lock("SELECT FROM delivery WHERE message_id = ? FOR UPDATE", message);
  }

  /**
   * From now on commits are on the disk, and are neither answered nor seen: they wait for another
   * machine that does not exist. It begins just after the message's lease was renewed: the next
   * renewal is held with its lock, and keeps all else of its dispatch waiting.
   */
  void holdCommits(UUID message) throws SQLException {
    awaitRenewal(message);
    setStandby("nobody");
    var held = new AtomicBoolean();
    Thread.ofVirtual().start(() -> commitUntil(held));
    await("commits are held")
        .pollDelay(Duration.ZERO)
        .pollInterval(AT_ONCE)
        .atMost(PATIENCE)
        .until(() -> heldCommit().isPresent());
    held.set(true);
  }

  private void awaitRenewal(UUID message) {
    String lease = leaseOf(message);
    await("the lease is renewed")
        .pollInterval(AT_ONCE)
        .atMost(PATIENCE)
        .until(() -> !leaseOf(message).equals(lease));
  }

  private String leaseOf(UUID message) {
    return one("SELECT due_at FROM dispatch WHERE message_id = ?", message).orElseThrow();
  }

  void letCommits() throws SQLException {
    setStandby("");
    await("no commit is held").atMost(PATIENCE).until(() -> heldCommit().isEmpty());
  }

  /** A process of its own tells the others of it, some time after the setting shows. */
  private void setStandby(String name) throws SQLException {
    execute("ALTER SYSTEM SET synchronous_standby_names = '%s'".formatted(name));
    execute("SELECT pg_reload_conf()");
  }

  private void commitUntil(AtomicBoolean held) {
    try (Connection committing = connect()) {
      while (!held.get()) {
        var _ = one(committing, "SELECT pg_logical_emit_message(true, 'held', '')");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> heldCommit() {
    return one("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
  }

  /** Waits until a change of the message's delivery is committed and its answer held back. */
  void awaitCommitOn(UUID message) {
    await("a change of the delivery is committed")
        .atMost(PATIENCE)
        .until(
            () ->
                one(
                        """
                        SELECT a.pid FROM delivery d
                          JOIN pg_stat_activity a ON a.backend_xid = d.xmax
                         WHERE d.message_id = ? AND a.wait_event = 'SyncRep'\
                        """,
                        message)
                    .isPresent());
  }

  Optional<UUID> holderOf(UUID message) {
    return one("SELECT lease_holder FROM dispatch WHERE message_id = ?", message)
        .map(UUID::fromString);
  }

  String stateOf(UUID message) {
    return one("SELECT state FROM delivery WHERE message_id = ?", message).orElseThrow();
  }

  Set<UUID> nodes() throws SQLException {
    Set<UUID> nodes = new HashSet<>();
    try (PreparedStatement query = prepare(connection, "SELECT id FROM node");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        nodes.add(rows.getObject(1, UUID.class));
      }
    }
    return nodes;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void execute(String statement) throws SQLException {
    try (PreparedStatement prepared = prepare(connection, statement)) {
      prepared.execute();
    }
  }

  private Optional<String> one(String query, Object... parameters) {
    try {
      return one(connection, query, parameters);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> one(Connection at, String query, Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepare(at, query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }

  private static PreparedStatement prepare(Connection at, String statement, Object... parameters)
      throws SQLException {
    PreparedStatement prepared = at.prepareStatement(statement);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
    return prepared;
  }
}
