package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.FailureRecords.Batch;
import io.leverans.application.port.out.FailureRecords.Position;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node that knows no records has moved is recorded as it stands. */
class JdbiFailureRecordsTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private final StoredFailingMail mail = new StoredFailingMail(DATABASE);

  @Test
  void what_ended_without_a_record_gets_one() {
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com", "b@EXAMPLE.org");
    var _ = mail.bounced(mail.member(), Cause.MAILBOX_FULL, "c@example.com");
    var _ = mail.inDoubt(mail.admin(), "d@example.com");
    var _ = mail.complained(mail.admin(), "e@example.com");
    List<Map<String, Object>> kept = records();
    assertThat(kept).hasSize(5);
    execute("DELETE FROM undelivered WHERE team_id = :team");

    assertThat(mendAll()).isEqualTo(5);

    assertThat(records()).isEqualTo(kept);
    assertThat(endsThatAreFarOff()).isZero();
    assertThat(mendAll()).as("there is nothing left to mend").isZero();
  }

  @Test
  void what_is_tried_again_loses_the_record_of_before_and_what_failed_otherwise_has_its_own() {
    DeliveryId otherwise = mail.failed(mail.admin(), Cause.POLICY, "b@example.com").getFirst();
    DeliveryId again = mail.failed(mail.admin(), Cause.POLICY, "a@example.com").getFirst();
    mail.retriedAlone(otherwise);
    mail.failedAgain(otherwise, Cause.SPAM_REJECTED);
    mail.retriedAlone(again);
    List<Map<String, Object>> right = records();
    execute("UPDATE undelivered SET cause = 'POLICY' WHERE team_id = :team");
    execute(
        """
        INSERT INTO undelivered
        SELECT u.team_id, d.id, d.message_id, u.identity_id, u.channel_id, u.state, u.cause,
               u.domain, u.sender_domain, u.ended_at
          FROM undelivered u JOIN delivery d ON d.team_id = u.team_id AND d.state = 'QUEUED'
         WHERE u.team_id = :team\
        """);
    assertThat(records()).hasSize(2);

    assertThat(mendAll()).isEqualTo(2);

    assertThat(records()).isEqualTo(right);
    assertThat(mail.state(again)).isEqualTo(DeliveryState.QUEUED);
  }

  @Test
  void what_another_node_is_just_moving_is_left_to_it() {
    var _ = mail.failed(mail.admin(), Cause.POLICY, "a@example.com");
    execute("DELETE FROM undelivered WHERE team_id = :team");
    try (Handle other = DATABASE.jdbi().open()) {
      other.begin();
      other
          .createQuery("SELECT 1 FROM delivery WHERE team_id = :team FOR NO KEY UPDATE")
          .bind("team", mail.team().value())
          .mapTo(Integer.class)
          .list();

      assertThat(mendAll()).isZero();
      other.rollback();
    }
    assertThat(mendAll()).isOne();
  }

  private int mendAll() {
    int mended = 0;
    Optional<Position> from = Optional.empty();
    do {
      Batch batch = DATABASE.database().failureRecords().mend(mail.team(), from);
      mended += batch.mended();
      from = batch.next();
    } while (from.isPresent());
    return mended;
  }

  /** But for the time of the end. */
  private List<Map<String, Object>> records() {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT delivery_id, message_id, identity_id, channel_id, state, cause,
                               domain, sender_domain
                          FROM undelivered WHERE team_id = :team ORDER BY delivery_id\
                        """)
                    .bind("team", mail.team().value())
                    .mapToMap()
                    .list());
  }

  private int endsThatAreFarOff() {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) FROM undelivered
                         WHERE team_id = :team
                           AND abs(extract(epoch FROM now() - ended_at)) > :seconds\
                        """)
                    .bind("team", mail.team().value())
                    .bind("seconds", Duration.ofMinutes(5).toSeconds())
                    .mapTo(Integer.class)
                    .one());
  }

  private void execute(String sql) {
    DATABASE
        .jdbi()
        .useHandle(handle -> handle.createUpdate(sql).bind("team", mail.team().value()).execute());
  }
}
