package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.KeptBodiesContract;
import io.leverans.application.port.out.KeptMail;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.out.KeptMailContract;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiKeptMailTest implements KeptBodiesContract, KeptMailContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  /** Whoever has to wait for another's transaction waits for ever here. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final List<String> AGED =
      List.of(
          "UPDATE message SET accepted_at = accepted_at - <by>,"
              + " transcripts_due_at = transcripts_due_at - <by>",
          "UPDATE attempt SET started_at = started_at - <by>",
          "UPDATE report SET received_at = received_at - <by>");

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public KeptMail kept() {
    return DATABASE.database().keptMail();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Override
  public void age(Duration by) {
    DATABASE
        .jdbi()
        .useTransaction(
            handle ->
                AGED.forEach(
                    update ->
                        handle
                            .createUpdate(update)
                            .define("by", ":millis * interval '1 millisecond'")
                            .bind("millis", by.toMillis())
                            .execute()));
  }

  @Test
  void mail_is_accepted_sent_and_settled_while_a_purge_is_under_way() {
    var sender = new Sender(store());
    MessageId old = delivered(sender);
    Claim underWay = sender.claimNew();
    age(MONTH.plusDays(1));
    try (Handle purging = DATABASE.jdbi().open()) {
      purging.begin();
      var bodies = new OldBodies(purging, sender.team(), MONTH).purge(Optional.empty());
      var reports = new OldReports(purging, sender.team().value(), MONTH).purge(Optional.empty());
      assertThat(bodies.purged()).isOne();
      assertThat(reports.purged()).isZero();

      assertTimeoutPreemptively(
          AT_ONCE,
          () -> {
            sender.deliver(underWay);
            assertThat(delivered(sender)).isNotEqualTo(old);
            assertThat(
                    sender.order(
                        sender.accept(sender.mail("bo@example.com")), DeliveryFact.CANCELLED))
                .isOne();
            assertThat(sender.told()).isNotEmpty();
          });
      purging.commit();
    }
    assertThat(sender.state(underWay)).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(sender.read(old).contentPurgedAt()).isPresent();
  }

  @Test
  void mail_is_accepted_sent_and_settled_while_transcripts_are_purged() {
    var sender = new Sender(store());
    var _ = delivered(sender);
    age(MONTH.plusDays(1));
    Claim underWay = sender.claimNew();
    try (Handle purging = DATABASE.jdbi().open()) {
      purging.begin();
      assertThat(new OldTranscripts(purging, sender.team(), MONTH).purge().purged()).isOne();

      assertTimeoutPreemptively(
          AT_ONCE,
          () -> {
            sender.deliver(underWay);
            var _ = delivered(sender);
          });
      purging.commit();
    }
  }

  @Test
  void a_purge_waits_for_nobody_and_comes_back_to_what_others_had_locked() {
    var sender = new Sender(store());
    MessageId first = delivered(sender);
    MessageId locked = delivered(sender);
    MessageId third = delivered(sender);
    age(MONTH.plusDays(1));
    try (Handle other = DATABASE.jdbi().open()) {
      other.begin();
      other.execute(
          "SELECT FROM message WHERE team_id = ? AND id = ? FOR NO KEY UPDATE",
          sender.team().value(),
          locked.value());

      assertTimeoutPreemptively(
          AT_ONCE,
          () -> {
            assertThat(purged(sender, Part.BODIES)).isEqualTo(2);
            assertThat(purged(sender, Part.TRANSCRIPTS)).isOne();
          });
      other.rollback();
    }
    assertThat(List.of(first, third))
        .allSatisfy(each -> assertThat(sender.read(each).contentPurgedAt()).isPresent());
    assertThat(purged(sender, Part.BODIES)).isOne();
    assertThat(purged(sender, Part.TRANSCRIPTS)).isEqualTo(2);
  }

  private int purged(Sender sender, Part part) {
    return kept().purge(sender.team(), part, MONTH, Optional.empty()).purged();
  }

  /** As if each had been moved to another channel. */
  @Test
  void messages_with_several_contents_fill_a_batch_like_others_and_lose_them_all() {
    var sender = new Sender(store());
    for (int i = 0; i < 110; i++) {
      var _ = sender.accept(sender.mail("bo@example.com"));
    }
    sender.claim(110).forEach(sender::deliver);
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO message_content (team_id, message_id, channel_id, bytes)
                    SELECT team_id, message_id, gen_random_uuid(), bytes FROM message_content
                     WHERE team_id = ?\
                    """,
                    sender.team().value()));
    age(MONTH.plusDays(1));

    assertThat(purged(sender, Part.BODIES)).isEqualTo(100);
    assertThat(purged(sender, Part.BODIES)).isEqualTo(10);
    assertThat(contents(sender)).isZero();
  }

  private static int contents(Sender sender) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM message_content WHERE team_id = :team")
                    .bind("team", sender.team().value())
                    .mapTo(Integer.class)
                    .one());
  }

  /** What was purged is not looked at again, however much it is. */
  @Test
  void each_batch_begins_at_the_front_of_what_is_left() {
    var sender = new Sender(store());
    for (int i = 0; i < 30; i++) {
      var _ = delivered(sender);
    }
    age(MONTH.plusDays(1));

    assertThat(purged(sender, Part.TRANSCRIPTS)).isEqualTo(30);

    int left =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT count(*) FROM message m JOIN team t USING (team_id)
                             WHERE t.team_id = :team AND m.id > t.transcripts_purged_to\
                            """)
                        .bind("team", sender.team().value())
                        .mapTo(Integer.class)
                        .one());
    assertThat(left).isZero();
  }
}
