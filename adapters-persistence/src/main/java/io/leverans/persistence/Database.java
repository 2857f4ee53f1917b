package io.leverans.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Events;
import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.port.out.FailureRecords;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.KeptMail;
import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.MailHistory;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.PersonalData;
import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.Reports;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.StuckMail;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.Teams;
import io.leverans.application.port.out.WaitingMail;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * All that is kept, on one PostgreSQL (15 or newer) that any number of nodes share. Safe for use by
 * many threads.
 */
public final class Database implements AutoCloseable {
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(10);
  private static final int MIGRATION_CONNECTIONS = 3;
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

  private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(3);
  private static final Duration RENEWAL_IDLE = Duration.ofSeconds(10);

  /** In that mode the driver writes values into the statement, where octets have no form. */
  private static final Pattern SIMPLE_QUERIES = Pattern.compile("[?&]preferQueryMode=simple\\b");

  private final HikariDataSource pool;
  private final HikariDataSource renewalPool;
  private final Jdbi jdbi;
  private final Channels channels;
  private final WakeUps wakeUps;
  private final UsedLanes usedLanes = new UsedLanes();
  private final OverviewReader overview;

  private Database(Settings settings, HikariDataSource pool, HikariDataSource renewalPool) {
    this.pool = pool;
    this.renewalPool = renewalPool;
    this.jdbi = jdbi(pool);
    this.channels = new JdbiChannels(jdbi, new SecretRenewals(jdbi(renewalPool)));
    this.wakeUps = new WakeUps(jdbi, settings);
    this.overview = new OverviewReader(jdbi, usedLanes);
  }

  /**
   * Where it is and how many connections to hold at most, but for the few more while access to
   * accounts is renewed.
   *
   * @param jdbcUrl such as {@code jdbc:postgresql://host:5432/leverans}
   */
  public record Settings(String jdbcUrl, String user, String password, int connections) {
    public Settings {
      Objects.requireNonNull(jdbcUrl);
      Objects.requireNonNull(user);
      Objects.requireNonNull(password);
      if (connections < 1) {
        throw new IllegalArgumentException("at least one connection is needed");
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Settings[" + jdbcUrl + ", " + user + ", " + connections + "]";
    }
  }

  /**
   * Connects, and brings the tables to the newest version. A new database is made for the mode.
   *
   * @throws WrongModeException if it was made for the other one
   */
  public static Database open(Settings settings, Mode mode) {
    HikariDataSource pool = new HikariDataSource(configuration(settings));
    HikariDataSource renewalPool = new HikariDataSource(renewalConfiguration(settings));
    boolean opened = false;
    try {
      Database database = new Database(settings, pool, renewalPool);
      database.refuseOtherThan(mode);
      migrate(settings);
      database.claimFor(mode);
      opened = true;
      return database;
    } finally {
      if (!opened) {
        renewalPool.close();
        pool.close();
      }
    }
  }

  private static HikariConfig connecting(Settings settings) {
    HikariConfig configuration = new HikariConfig();
    configuration.setJdbcUrl(settings.jdbcUrl());
    configuration.setUsername(settings.user());
    configuration.setPassword(settings.password());
    configuration.addDataSourceProperty("ApplicationName", "leverans");
    if (!SIMPLE_QUERIES.matcher(settings.jdbcUrl()).find()) {
      configuration.addDataSourceProperty("binaryTransferEnable", SqlArray.AS_OCTETS);
    }
    return configuration;
  }

  static HikariConfig configuration(Settings settings) {
    HikariConfig configuration = connecting(settings);
    configuration.setPoolName("database");
    configuration.setMaximumPoolSize(settings.connections());
    configuration.setConnectionTimeout(CONNECTION_PATIENCE.toMillis());
    // The locks of the queue and of the feed count on each statement seeing what is committed.
    configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    // Whoever shares a trip with others waits for the database: it must not do so for ever.
    configuration.addDataSourceProperty("socketTimeout", ANSWER_PATIENCE.toSeconds());
    configuration.addDataSourceProperty("tcpKeepAlive", true);
    configuration.setConnectionInitSql(SessionSettings.ofNodes());
    return configuration;
  }

  /** A change of the tables takes as long as it takes. */
  private static void migrate(Settings settings) {
    HikariConfig configuration = connecting(settings);
    configuration.setPoolName("migration");
    configuration.setMaximumPoolSize(MIGRATION_CONNECTIONS);
    configuration.setConnectionInitSql(SessionSettings.OF_MIGRATIONS);
    try (var pool = new HikariDataSource(configuration)) {
      Schema.migrate(pool);
    }
  }

  /** Connected to when there is something to renew, and not for longer. */
  private static HikariConfig renewalConfiguration(Settings settings) {
    HikariConfig configuration = configuration(settings);
    configuration.setPoolName("renewals");
    configuration.setMaximumPoolSize(SecretRenewals.AT_A_TIME);
    configuration.setMinimumIdle(0);
    configuration.setIdleTimeout(RENEWAL_IDLE.toMillis());
    configuration.setConnectionTimeout(RENEWAL_PATIENCE.toMillis());
    configuration.setInitializationFailTimeout(-1);
    return configuration;
  }

  static Jdbi jdbi(DataSource pool) {
    Jdbi jdbi = Jdbi.create(pool);
    jdbi.registerArgument(new StorableText.Argument());
    return jdbi;
  }

  /** Before anything is changed in it. */
  private void refuseOtherThan(Mode mode) {
    jdbi.useHandle(
        handle -> {
          boolean made =
              handle
                  .createQuery("SELECT to_regclass('platform') IS NOT NULL")
                  .mapTo(Boolean.class)
                  .one();
          if (made) {
            madeFor(handle).ifPresent(before -> requireSame(before, mode));
          }
        });
  }

  /** Of two nodes that start on a new database at the same time, one decides. */
  private void claimFor(Mode mode) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO platform (id, mode) VALUES (1, :mode) ON CONFLICT DO NOTHING")
              .bind("mode", mode.name())
              .execute();
          requireSame(madeFor(handle).orElseThrow(), mode);
        });
  }

  private static Optional<Mode> madeFor(Handle handle) {
    return handle
        .createQuery("SELECT mode FROM platform WHERE id = 1")
        .map((row, _) -> Columns.constant(row, "mode", Mode.class))
        .findOne();
  }

  private static void requireSame(Mode made, Mode asked) {
    if (made != asked) {
      throw new WrongModeException(made, asked);
    }
  }

  /**
   * The settings of the server by which a crash of the machine loses or ruins what was committed:
   * those of {@code fsync}, {@code full_page_writes} and {@code synchronous_commit} that are off.
   */
  public List<String> checkDurability() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT name FROM pg_settings
                     WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')
                       AND setting = 'off'
                     ORDER BY name\
                    """)
                .mapTo(String.class)
                .list());
  }

  /** Lets the pools of connections be measured from now on; once. */
  public void measure(MetricsTrackerFactory meters) {
    pool.setMetricsTrackerFactory(meters);
    renewalPool.setMetricsTrackerFactory(meters);
  }

  /**
   * How all teams' mail stands; may be a moment behind. Where many lines are ready, each call looks
   * at some more of them.
   */
  public Overview overview() {
    return overview.read();
  }

  /** Throws if the database does not answer. */
  public void ping() {
    jdbi.useHandle(handle -> handle.execute("SELECT 1"));
  }

  public Teams teams() {
    return new JdbiTeams(jdbi);
  }

  public ApiKeys apiKeys(Ids ids) {
    return new JdbiApiKeys(jdbi, ids);
  }

  public Identities identities() {
    return new JdbiIdentities(jdbi);
  }

  public Channels channels() {
    return channels;
  }

  public Messages messages() {
    return new JdbiMessages(jdbi);
  }

  public DispatchQueue dispatchQueue() {
    return new JdbiDispatchQueue(jdbi);
  }

  public StuckMail stuckMail() {
    return new JdbiStuckMail(jdbi);
  }

  public Lanes lanes() {
    return new JdbiLanes(
        jdbi, note -> Thread.ofVirtual().name("note of a lane").start(note), usedLanes);
  }

  public WakeUps wakeUps() {
    return wakeUps;
  }

  public WaitingMail waitingMail() {
    return new JdbiWaitingMail(jdbi);
  }

  public Consents consents() {
    return new JdbiConsents(jdbi);
  }

  public Doubts doubts() {
    return new JdbiDoubts(jdbi);
  }

  public Mailboxes mailboxes() {
    return new JdbiMailboxes(jdbi);
  }

  public Events events() {
    return new JdbiEvents(jdbi);
  }

  public Reports reports() {
    return new JdbiReports(jdbi);
  }

  public FailedDeliveries failedDeliveries() {
    return new JdbiFailedDeliveries(jdbi);
  }

  public Erasures erasures() {
    return new JdbiErasures(jdbi);
  }

  public PersonalData personalData() {
    return new JdbiPersonalData(jdbi);
  }

  public FailureRecords failureRecords() {
    return new JdbiFailureRecords(jdbi);
  }

  public Retries retries() {
    return new JdbiRetries(jdbi);
  }

  public PlatformFaults platformFaults() {
    return new JdbiPlatformFaults(jdbi);
  }

  public KeptMail keptMail() {
    return new JdbiKeptMail(jdbi);
  }

  public GrowingTables growingTables() {
    return new GrowingTables(jdbi);
  }

  public QueuePlaces queuePlaces() {
    return new JdbiQueuePlaces(jdbi);
  }

  public MailHistory mailHistory() {
    return new JdbiMailHistory(jdbi);
  }

  public Keysets keysets() {
    return new JdbiKeysets(jdbi);
  }

  public NodeRegistry nodes() {
    return new JdbiNodeRegistry(jdbi);
  }

  public SealedStore sealedChannels() {
    return JdbiSealedSecrets.ofChannels(jdbi);
  }

  public SealedStore sealedDomains() {
    return JdbiSealedSecrets.ofDomains(jdbi);
  }

  public SenderDomains senderDomains() {
    return new JdbiSenderDomains(jdbi);
  }

  public Suppressions suppressions() {
    return new JdbiSuppressions(jdbi);
  }

  public SuppressionImports suppressionImports(Ids ids) {
    return new JdbiSuppressionImports(jdbi, ids);
  }

  @Override
  public void close() {
    renewalPool.close();
    pool.close();
  }
}
