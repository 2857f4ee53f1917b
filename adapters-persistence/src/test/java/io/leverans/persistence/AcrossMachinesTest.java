package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.WaitingPlace;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.FailedDeliveriesContract;
import io.leverans.application.port.out.FailureRecords.Batch;
import io.leverans.application.port.out.FailureRecords.Position;
import io.leverans.application.port.out.Found;
import io.leverans.application.port.out.KeptMail;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Impediment;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.LaneNews;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statements and transactions that mail meets on its way, held to what Citus asks where the
 * tables are spread over many machines in the way of {@code ops/citus.sql}.
 */
class AcrossMachinesTest {
  private static final Distribution DISTRIBUTION = Distribution.read();

  /** Plain reads that may be stale, and run on all machines. */
  private static final Set<String> WHICH_TEAMS =
      Set.of(
          "SELECT team_id FROM event WHERE number IS NULL",
          "SELECT t.team_id FROM team t",
          "SELECT team_id, channel_id FROM dispatch",
          "SELECT d.team_id, p.channel_id FROM delivery d",
          "SELECT c.team_id, c.id FROM channel c LEFT JOIN mailbox m",
          "SELECT DISTINCT team_id FROM retry_order",
          "SELECT lane, room");

  private static final Pattern TABLE =
      Pattern.compile("\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

  private static final Doubts.Rhythm RHYTHM =
      new Doubts.Rhythm(Duration.ofMillis(1), Duration.ofDays(1), Duration.ofDays(7));

  private static final LaneNews TROUBLE =
      new LaneNews.Trouble(
          Impediment.SLOWED,
          Failure.of(Cause.RATE_LIMITED, "421 too much"),
          Optional.of(Duration.ofSeconds(5)));

  private static final SingleConnection CONNECTION = new SingleConnection();
  private static final Jdbi JDBI = CONNECTION.jdbi();
  private static final Journal JOURNAL = new Journal();

  /** The statements of each transaction. */
  private static final class Journal extends DelegatingTransactionHandler implements SqlLogger {
    private final List<List<String>> transactions = new ArrayList<>();
    private List<String> statements = new ArrayList<>();

    Journal() {
      super(new LocalTransactionHandler());
    }

    @Override
    public void begin(Handle handle) {
      statements = new ArrayList<>();
      transactions.add(statements);
      super.begin(handle);
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
      statements.add(context.getParsedSql().getSql());
    }

    /** What is committed with it, by the groups of tables that lie together. */
    List<Set<String>> groupsOfEach() {
      return transactions.stream()
          .map(
              each ->
                  each.stream()
                      .flatMap(sql -> TABLE.matcher(sql).results().map(found -> found.group(1)))
                      .flatMap(name -> DISTRIBUTION.find(name).stream())
                      .map(Distribution.Table::group)
                      .collect(Collectors.toCollection(TreeSet::new)))
          .map(groups -> (Set<String>) groups)
          .toList();
    }
  }

  @BeforeAll
  static void send_some_mail() {
    JDBI.setTransactionHandler(JOURNAL);
    JDBI.setSqlLogger(JOURNAL);
    Store store = CONNECTION.store();
    Sender sender = new Sender(store);
    for (int i = 0; i < 10; i++) {
      var _ = sender.accept(sender.mail(Sender.recipients(5)));
      sender.claim().forEach(sender::deliver);
    }
    answerNotAtOnce(store, sender);
    readMailbox(store, sender);
    purge(sender);
    failAndRetry(store);
    tellOfThePlatform();
    pass(new JdbiLanes(JDBI, Runnable::run));
    var _ = sender.told();
    JDBI.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
  }

  private static void answerNotAtOnce(Store store, Sender sender) {
    var _ = sender.accept(sender.mailUnder("key", "print"));
    List<Claim> claims = sender.claim();
    store.queue().renew(claims, Sender.LEASE);
    claims = store.queue().handBack(claims).isEmpty() ? claims : sender.claim();
    claims.forEach(claim -> sender.settleDeferred(claim, Duration.ZERO));
    sender.claim().forEach(sender::deliver);
    var cancelled = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.order(cancelled, DeliveryFact.CANCELLED);
    setTimes(store, sender);
    var _ = sender.log("<1@example.com>");
    var _ =
        store
            .messages()
            .log(
                sender.under(
                    new Idempotency("log", "print"), sender.loggedMail("<2@example.com>")));
    loseOne(store, sender);
    var _ = store.queue().resume(new WaitingPlace(sender.team(), sender.channel()));
    var _ = store.queue().waitingPlaces(10);
    var _ = store.queue().teamsWithDueMail(10);
    var _ = store.events().teamsWithUnnumbered(10);
  }

  private static void setTimes(Store store, Sender sender) {
    var message = sender.accept(sender.mail("bo@example.com"));
    Messages messages = store.messages();
    var never = new TimeChange.To(Instant.now().plusSeconds(1000));
    var _ = messages.reschedule(sender.team(), message, never, new TimeChange.Keep());
    var past = new TimeChange.To(Instant.now().minusSeconds(1000));
    var _ = messages.reschedule(sender.team(), message, new TimeChange.Keep(), past);
    var _ = store.queue().teamsWithExpiredMail(10);
    var _ = store.queue().expire(sender.team(), 10);
  }

  /** Its lease runs out after the hand-over, and an inquiry shows that it was not sent. */
  private static void loseOne(Store store, Sender sender) {
    Claim lost = sender.claimNew();
    sender.handOver(lost);
    JDBI.useHandle(
        handle ->
            handle.execute(
                "UPDATE dispatch SET due_at = now() - interval '1 second' WHERE team_id = ?"
                    + " AND lease_holder IS NOT NULL",
                sender.team().value()));
    var _ = sender.claim();
    Doubts.Place place = new Doubts.Place(sender.team(), sender.channel());
    var _ = store.doubts().due(Set.of(), RHYTHM, 10);
    store
        .doubts()
        .take(place, RHYTHM)
        .ifPresent(
            doubt -> {
              var _ = store.doubts().shownNotSent(doubt);
            });
    sender.claim().forEach(sender::deliver);
  }

  private static void readMailbox(Store store, Sender sender) {
    var kind = new ChannelKind("somekind");
    var channel =
        new NewChannel(
            new ChannelId(store.ids().next()),
            kind,
            "Mailbox",
            new ChannelOwner.OfTeam(sender.team()),
            new ChannelSettings(Map.of(MailboxChoice.SETTING, MailboxChoice.READ.word())),
            SealedSecrets.NONE);
    ChannelId id = store.channels().connect(channel, sender.terms()).channel().id();
    var mailboxes = new JdbiMailboxes(JDBI);
    for (Mailboxes.Place place : mailboxes.due(Set.of(kind), 10)) {
      var lease = new LeaseId(UUID.randomUUID());
      Mailboxes.Held held = mailboxes.take(place, lease, Duration.ofMinutes(1)).orElseThrow();
      var _ = mailboxes.reached(held, new MailboxMark("here"), Duration.ofMinutes(1));
      mailboxes.leave(
          held,
          new ChannelFault(Cause.CREDENTIALS_REFUSED, "no", "Mend it.", Certainty.CERTAIN),
          Duration.ZERO);
      mailboxes.leave(
          mailboxes.take(place, lease, Duration.ofMinutes(1)).orElseThrow(), Duration.ZERO);
    }
    JDBI.useTransaction(
        handle -> {
          var _ = MailboxRows.note(handle, new MailboxPlace(sender.team(), id, "key"));
          MailboxRows.lookAnew(handle, sender.team(), id);
        });
    var _ = mailboxes.states(sender.team(), List.of(id));
    JDBI.useTransaction(handle -> MailboxRows.remove(handle, sender.team(), id));
  }

  /** Whatever there is is old, and some of it unsettled. */
  private static void purge(Sender sender) {
    var unlinked = new Link.None();
    Claim claim = sender.claimNew();
    sender.deliver(claim);
    assertThat(new JdbiReports(JDBI).target(sender.team(), Sender.only(claim))).isPresent();
    List<Link> links = List.of(unlinked, new Link.Genuine(sender.team(), Sender.only(claim)));
    links.forEach(
        link -> {
          var _ =
              new JdbiReports(JDBI)
                  .store(
                      new IncomingReport(
                          new ChannelKind("somekind"),
                          "b.token@bounces.example",
                          link,
                          ReportKind.OTHER,
                          Optional.empty(),
                          List.of(),
                          Octets.of(new byte[1])),
                      List.of(
                          Found.as(
                              new ReportId(UUID.randomUUID()),
                              link,
                              new ReportVerdict.SaysNothing())));
        });
    var failed = sender.claimNew();
    sender.settle(
        failed, new Outcome.Rejected(Sender.UNKNOWN), new NextStep.Settle(DeliveryFact.REJECTED));
    var _ = sender.order(failed.dispatch().message(), DeliveryFact.RETRY_ORDERED);
    var _ =
        new JdbiSuppressions(JDBI)
            .add(
                new NewSuppression(
                    sender.team(),
                    new SuppressionId(UUID.randomUUID()),
                    EmailAddress.parse("over@example.com"),
                    SuppressionReason.BY_HAND,
                    Optional.of(Instant.EPOCH),
                    Optional.empty()));
    var kept = new JdbiKeptMail(JDBI);
    var _ = kept.teams(Optional.empty(), 10);
    for (KeptMail.Part part : KeptMail.Part.values()) {
      assertThat(kept.purge(sender.team(), part, Duration.ofMillis(1), Optional.empty()).purged())
          .isPositive();
    }
    assertThat(kept.purgeUnlinkedReports(Duration.ofMillis(1), Optional.empty()).purged())
        .isPositive();
    sender.claim().forEach(sender::deliver);
  }

  private static void failAndRetry(Store store) {
    var mail = new StoredFailingMail(store, JDBI);
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com", "b@example.com");
    var _ = mail.inDoubt(mail.member(), "c@example.com");
    mendRecords(mail);
    var failed = new JdbiFailedDeliveries(JDBI);
    var retries = new JdbiRetries(JDBI);
    for (FailedSelection selection :
        List.of(
            FailedDeliveriesContract.all(mail), FailedDeliveriesContract.of(mail, mail.admin()))) {
      for (By by : By.values()) {
        var _ = failed.group(selection, by, 10);
      }
      var order =
          new NewRetry(
              new RetryId(UUID.randomUUID()),
              selection,
              mail.admin(),
              Optional.of(new Idempotency("retry " + selection.member(), "print")));
      var _ = retries.order(order);
      var _ = retries.find(mail.team(), order.id());
      var _ = retries.teamsWithOpen(10);
      var _ =
          retries
              .take(mail.team(), new LeaseId(UUID.randomUUID()), Sender.LEASE, 10)
              .map(batch -> retries.carryOut(batch, Map.of()));
    }
  }

  private static void mendRecords(StoredFailingMail mail) {
    JDBI.useHandle(
        handle ->
            handle.execute(
                "DELETE FROM undelivered WHERE team_id = ? AND state = 'FAILED'",
                mail.team().value()));
    JDBI.useHandle(
        handle ->
            handle.execute(
                "UPDATE undelivered SET state = 'BOUNCED' WHERE team_id = ?", mail.team().value()));
    var records = new JdbiFailureRecords(JDBI);
    var _ = records.teams(Optional.empty(), 10);
    int mended = 0;
    Optional<Position> from = Optional.empty();
    do {
      Batch batch = records.mend(mail.team(), from);
      mended += batch.mended();
      from = batch.next();
    } while (from.isPresent());
    assertThat(mended).isEqualTo(3);
  }

  private static void tellOfThePlatform() {
    var faults = new JdbiPlatformFaults(JDBI);
    faults.met(List.of(new Met("to example.com", Failure.of(Cause.SENDER_DNS, "550 no PTR"), 1)));
    faults.latest(10).faults().forEach(faults::told);
    faults.forget(Duration.ofDays(1));
  }

  private static void pass(Lanes lanes) {
    Lane lane = new Lane("to example.com");
    Pace pace =
        new Pace(
            List.of(new Limit(2, Counted.MESSAGES, Duration.ofHours(1), Scope.CHANNEL, "a test")));
    for (int i = 0; i < 4; i++) {
      Taking taking = lanes.take(lane, pace, new Amount(1, 1), Duration.ZERO);
      if (taking instanceof Taking.Granted(Permit permit)) {
        lanes.passed(permit);
      }
    }
    lanes.reopen(lane);
    lanes.tell(lane, TROUBLE, Instant.now());
    lanes.tell(lane, TROUBLE, Instant.now());
    var _ = lanes.probe(List.of(lane));
    lanes.tell(lane, new LaneNews.Flows(), Instant.now().plusSeconds(60));
    lanes.tell(lane, new LaneNews.Flows(), Instant.now().plusSeconds(60));
    var _ = lanes.rooms(List.of(lane, new Lane("to example.org")));
    if (lanes.take(lane, pace, new Amount(1, 1), Duration.ZERO)
        instanceof Taking.Granted(Permit permit)) {
      lanes.giveBack(permit);
    }
  }

  @AfterAll
  static void close() {
    CONNECTION.close();
  }

  /** What a connection has prepared. */
  private record Prepared(String name, String statement, List<String> parameterTypes) {}

  private static List<Prepared> prepared(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT name, statement, parameter_types::text[] AS types FROM pg_prepared_statements
             WHERE statement ~* '^\\s*(WITH|SELECT|INSERT|UPDATE|DELETE)'
               AND statement !~ 'pg_'\
            """)
        .map(
            (row, _) ->
                new Prepared(
                    row.getString("name"),
                    row.getString("statement"),
                    List.of((String[]) row.getArray("types").getArray())))
        .list();
  }

  @Test
  void every_statement_names_the_team_or_the_lane_of_each_row_that_it_reads() {
    Map<String, List<String>> unnamed =
        JDBI.withHandle(
            handle -> {
              handle.execute("SET plan_cache_mode = force_generic_plan");
              Map<String, List<String>> found = new TreeMap<>();
              for (Prepared each : prepared(handle)) {
                List<String> scans =
                    nodes(plan(handle, each))
                        .filter(AcrossMachinesTest::isOnAnyMachine)
                        .map(JsonNode::toString)
                        .toList();
                if (!scans.isEmpty()) {
                  found.put(each.statement().replaceAll("\\s+", " ").strip(), scans);
                }
              }
              return found;
            });

    assertThat(unnamed)
        .allSatisfy(
            (statement, _) -> {
              assertThat(WHICH_TEAMS).anyMatch(statement::startsWith);
              assertThat(statement).doesNotContain("FOR UPDATE").doesNotContain("FOR NO KEY");
            });
  }

  private static JsonNode plan(Handle handle, Prepared each) {
    int parameters = each.parameterTypes().size();
    String arguments = String.join(", ", Collections.nCopies(parameters, "NULL"));
    String explain =
        "EXPLAIN (FORMAT JSON) EXECUTE \"%s\" %s"
            .formatted(each.name(), parameters == 0 ? "" : "(" + arguments + ")");
    try {
      return new ObjectMapper().readTree(handle.createQuery(explain).mapTo(String.class).one());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<JsonNode> nodes(JsonNode node) {
    Stream<JsonNode> below =
        StreamSupport.stream(node.spliterator(), false).flatMap(AcrossMachinesTest::nodes);
    return node.has("Node Type") ? Stream.concat(Stream.of(node), below) : below;
  }

  private static boolean isOnAnyMachine(JsonNode node) {
    String conditions =
        Stream.of("Index Cond", "Recheck Cond", "Filter")
            .map(condition -> node.path(condition).asText())
            .collect(Collectors.joining(" AND "));
    return node.path("Node Type").asText().endsWith("Scan")
        && DISTRIBUTION
            .find(node.path("Relation Name").asText())
            .flatMap(Distribution.Table::column)
            .filter(column -> !names(column).matcher(conditions).find())
            .isPresent();
  }

  /** An equality, with one value or a list of constants. */
  private static Pattern names(String column) {
    return Pattern.compile("\\b" + column + " = (?!ANY \\(\\$)");
  }

  @Test
  void no_statement_is_about_teams_and_lanes() {
    Map<String, Set<String>> spanning = new TreeMap<>();
    JDBI.useHandle(
        handle -> {
          CitusRules rules = new CitusRules(handle);
          for (Prepared each : prepared(handle)) {
            Set<String> groups =
                rules
                    .tables(CitusRules.parse(handle, each.statement(), each.parameterTypes()))
                    .stream()
                    .map(name -> DISTRIBUTION.find(name).orElseThrow().group())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (groups.size() > 1) {
              spanning.put(each.statement(), groups);
            }
          }
        });

    assertThat(spanning).isEmpty();
  }

  @Test
  void no_transaction_is_about_teams_and_lanes() {
    List<Set<String>> groups = JOURNAL.groupsOfEach();

    assertThat(groups).contains(Set.of("team"), Set.of("lane"));
    assertThat(groups).allSatisfy(each -> assertThat(each).hasSizeLessThan(2));
  }

  @Test
  void no_statement_is_one_that_citus_refuses() {
    Map<String, List<String>> refused = new TreeMap<>();
    JDBI.useHandle(
        handle -> {
          CitusRules rules = new CitusRules(handle);
          for (Prepared each : prepared(handle)) {
            List<String> refusals =
                rules.refusals(CitusRules.parse(handle, each.statement(), each.parameterTypes()));
            if (!refusals.isEmpty()) {
              refused.put(each.statement(), refusals);
            }
          }
        });

    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE dispatch SET due_at = clock_timestamp() WHERE team_id = $1",
        "UPDATE dispatch SET due_at = NULL WHERE team_id = $1 AND due_at < clock_timestamp()",
        "UPDATE dispatch SET due_at = due_at + interval '1 day' WHERE team_id = $1",
        "UPDATE dispatch SET due_at = coalesce(due_at, now()) WHERE team_id = $1",
        "UPDATE dispatch SET due_at = CASE WHEN attempt = 1 THEN now() END WHERE team_id = $1",
        "UPDATE dispatch SET due_at = NULL WHERE team_id = $1 RETURNING now()",
        "DELETE FROM dispatch WHERE team_id = $1 AND coalesce(due_at, now()) = now()",
        "UPDATE dispatch SET due_at = coalesce(due_at, t.now)"
            + " FROM (SELECT now() AS now) t WHERE team_id = $1",
        "WITH moved AS (UPDATE dispatch SET due_at = clock_timestamp() WHERE team_id = $1"
            + " RETURNING id) SELECT id FROM moved",
      })
  void what_citus_refuses_is_found(String statement) {
    assertThat(refusals(statement)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE dispatch SET due_at = now() + $1 * interval '1 day' WHERE team_id = $1",
        "UPDATE dispatch SET due_at = coalesce(due_at, t.now)"
            + " FROM (SELECT now() AS now OFFSET 0) t WHERE team_id = $1",
        "UPDATE dispatch SET due_at = t.now"
            + " FROM (SELECT clock_timestamp() AS now) t WHERE team_id = $1",
        "SELECT clock_timestamp() FROM dispatch WHERE team_id = $1 AND due_at < clock_timestamp()",
      })
  void what_citus_takes_is_taken(String statement) {
    assertThat(refusals(statement)).isEmpty();
  }

  private static List<String> refusals(String statement) {
    return JDBI.withHandle(
        handle ->
            new CitusRules(handle)
                .refusals(CitusRules.parse(handle, statement, List.of("bigint"))));
  }
}
