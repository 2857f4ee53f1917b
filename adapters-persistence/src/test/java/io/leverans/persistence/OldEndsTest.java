package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Retries.NewRetry;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.SuppressionImports;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.suppression.SuppressionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is over goes by its age; what is not, or may still count, stays. */
class OldEndsTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());
  private static final Duration QUARTER = Duration.ofDays(90);
  private static final Map<String, String> END =
      Map.of(
          "suppression", "until",
          "suppression_strike", "at",
          "retry_order", "ended_at",
          "suppression_import", "finished_at");

  private final Sender sender = new Sender(DATABASE.store());

  @Test
  void an_entry_goes_when_it_was_over_for_long_and_never_before() {
    SuppressionId over = suppress("over@example.com", Optional.of(Instant.now().minusSeconds(60)));
    SuppressionId endless = suppress("endless@example.com", Optional.empty());
    SuppressionId lasting =
        suppress("lasting@example.com", Optional.of(Instant.now().plus(QUARTER)));
    ended("suppression", Duration.ofDays(89));
    assertThat(purge()).isZero();

    ended("suppression", Duration.ofDays(2));

    assertThat(purge()).isOne();
    assertThat(isThere(over)).isFalse();
    assertThat(isThere(lasting)).isTrue();
    assertThat(isThere(endless)).isTrue();
  }

  @Test
  void a_failure_stays_for_as_long_as_the_policy_may_count_it() {
    strike();
    policy(Duration.ofDays(120));
    ended("suppression_strike", Duration.ofDays(91));
    assertThat(purge()).isZero();

    ended("suppression_strike", Duration.ofDays(30));

    assertThat(purge()).isOne();
  }

  @Test
  void an_order_to_try_again_goes_when_it_ended_long_ago() {
    RetryId ended = order();
    carryOut();
    RetryId open = order();
    ended("retry_order", QUARTER.plusDays(1));

    assertThat(purge()).isOne();

    assertThat(DATABASE.database().retries().find(sender.team(), ended)).isEmpty();
    assertThat(DATABASE.database().retries().find(sender.team(), open)).isPresent();
  }

  @Test
  void an_import_goes_after_its_lines() {
    SuppressionImports imports = DATABASE.database().suppressionImports(IDS);
    UUID id =
        imports
            .store(
                sender.team(),
                IDS.next(),
                sender.admin().id(),
                List.<Line>of(
                        new Line.Named(
                            2,
                            EmailAddress.parse("eva@example.com"),
                            Optional.empty(),
                            Optional.empty()))
                    .iterator())
            .id();
    while (imports.step() == SuppressionImports.Step.DONE) {
      assertThat(purge()).isZero();
    }
    ended("suppression_import", QUARTER.plusDays(1));
    assertThat(purge()).isZero();
    assertThat(imports.forgetOld()).isOne();

    assertThat(purge()).isOne();

    assertThat(imports.find(sender.team(), id)).isEmpty();
  }

  @Test
  void much_goes_in_several_steps_and_what_another_node_has_locked_in_a_later_round() {
    for (int i = 0; i < 150; i++) {
      var _ = suppress(i + "@example.com", Optional.of(Instant.EPOCH));
    }
    Batch first = step();
    assertThat(first.purged()).isEqualTo(100);
    assertThat(first.next()).isPresent();
    try (Handle other = DATABASE.jdbi().open()) {
      other.begin();
      assertThat(new OldEnds(other, sender.team(), QUARTER).purge().purged()).isEqualTo(50);
      assertThat(purge()).isZero();
      other.rollback();
    }
    assertThat(purge()).isEqualTo(50);
  }

  private Batch step() {
    return DATABASE
        .database()
        .keptMail()
        .purge(sender.team(), Part.ENDED, QUARTER, Optional.empty());
  }

  private int purge() {
    Batch batch = step();
    assertThat(batch.next()).isEmpty();
    return batch.purged();
  }

  /** As if all that ended had ended that much earlier. */
  private void ended(String table, Duration by) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE <table> SET <end> = <end> - :seconds * interval '1 second'
                         WHERE team_id = :team\
                        """)
                    .define("table", table)
                    .define("end", END.get(table))
                    .bind("seconds", by.toSeconds())
                    .bind("team", sender.team().value())
                    .execute());
  }

  private SuppressionId suppress(String address, Optional<Instant> until) {
    var id = new SuppressionId(IDS.next());
    var _ =
        DATABASE
            .database()
            .suppressions()
            .add(
                new NewSuppression(
                    sender.team(),
                    id,
                    EmailAddress.parse(address),
                    SuppressionReason.BY_HAND,
                    until,
                    Optional.empty()));
    return id;
  }

  private boolean isThere(SuppressionId id) {
    return DATABASE.database().suppressions().find(sender.team(), id).isPresent();
  }

  private void policy(Duration within) {
    DATABASE
        .database()
        .suppressions()
        .decide(
            sender.team(),
            new SuppressionPolicy(
                Map.of(Cause.MAILBOX_FULL, new SuppressionRule.After(3, within))));
  }

  private void strike() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO suppression_strike (team_id, address_hash, delivery_id, cause)
                        VALUES (:team, '\\x01', :delivery, 'MAILBOX_FULL')\
                        """)
                    .bind("team", sender.team().value())
                    .bind("delivery", IDS.next())
                    .execute());
  }

  private RetryId order() {
    var id = new RetryId(IDS.next());
    var everything =
        new FailedSelection(
            sender.team(),
            Optional.empty(),
            Instant.EPOCH,
            Instant.now().plusSeconds(60),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var _ =
        DATABASE
            .database()
            .retries()
            .order(new NewRetry(id, everything, sender.admin().id(), Optional.empty()));
    return id;
  }

  private void carryOut() {
    var batch =
        DATABASE
            .database()
            .retries()
            .take(sender.team(), new LeaseId(IDS.next()), Duration.ofSeconds(30), 10)
            .orElseThrow();
    var _ = DATABASE.database().retries().carryOut(batch, Map.of());
  }
}
