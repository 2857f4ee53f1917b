package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.KeptMail.Batch;
import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link KeptMail} promises of bodies, and of all that is unsettled. */
public interface KeptBodiesContract extends KeptMailFixture {
  static Collection<DeliveryState> unsettled() {
    return DeliveryState.UNSETTLED;
  }

  @ParameterizedTest
  @MethodSource("unsettled")
  default void what_is_unsettled_is_never_purged_however_old(DeliveryState state)
      throws IOException {
    var sender = new Sender(store());
    MessageId message = in(state, sender);
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(state);
    List<List<String>> transcripts = transcripts(sender, message);
    ReportId report = bounceThatTellsNothing(sender, message);
    age(MONTH.multipliedBy(12));

    assertThat(purgeAll(sender.team())).isZero();

    assertThat(hasContent(sender, message)).isTrue();
    assertThat(sender.read(message).contentPurgedAt()).isEmpty();
    assertThat(transcripts(sender, message)).isEqualTo(transcripts);
    assertThat(rawOf(sender.caller(), report)).isEqualTo(RAW_BOUNCE);
  }

  @Test
  default void of_a_message_with_anything_unsettled_nothing_is_purged() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com", "cy@example.com"));
    List<Claim> claims = sender.claim();
    sender.deliver(claims.getFirst());
    loseAnswer(sender, claims.getLast());
    age(MONTH.multipliedBy(2));

    assertThat(purgeAll(sender.team())).isZero();
    assertThat(sender.order(message, DeliveryFact.DECLARED_FAILED)).isOne();
    age(DAY);

    assertThat(purge(sender.team(), Part.BODIES)).isOne();
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isEqualTo(2);
  }

  @Test
  default void unsettled_mail_holds_up_the_purge_of_no_other() {
    var sender = new Sender(store());
    for (int i = 0; i < 130; i++) {
      var _ = sender.accept(sender.mail("bo@example.com"));
    }
    sender.claim(130).forEach(claim -> loseAnswer(sender, claim));
    MessageId behind = delivered(sender);
    age(MONTH.plusDays(1));

    assertThat(purge(sender.team(), Part.BODIES)).isOne();
    assertThat(purge(sender.team(), Part.TRANSCRIPTS)).isOne();
    assertThat(hasContent(sender, behind)).isFalse();
    assertThat(sender.messagesIn(Folder.IN_DOUBT)).hasSize(100);
  }

  @Test
  default void an_old_body_is_purged_and_what_is_told_of_the_message_stays() {
    var sender = new Sender(store());
    MessageId message = delivered(sender);
    age(MONTH.plusDays(1));
    var before = sender.read(message);

    assertThat(purge(sender.team(), Part.BODIES)).isOne();

    assertThat(hasContent(sender, message)).isFalse();
    var after = sender.read(message);
    assertThat(after.contentPurgedAt())
        .hasValueSatisfying(at -> assertThat(at).isAfter(after.acceptedAt()));
    assertThat(after.deliveries()).isEqualTo(before.deliveries());
    assertThat(after.subject()).isEqualTo(before.subject());
    assertThat(after.size()).isEqualTo(before.size());
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    assertThat(purge(sender.team(), Part.BODIES)).isZero();
  }

  @Test
  default void a_body_that_is_young_or_was_sent_lately_or_is_anothers_stays() {
    var sender = new Sender(store());
    MessageId old = failed(sender);
    age(Duration.ofDays(20));
    MessageId young = delivered(sender);
    assertThat(sender.order(old, DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());
    var other = new Sender(store());
    MessageId others = delivered(other);
    age(Duration.ofDays(20));

    assertThat(purge(sender.team(), Part.BODIES)).isZero();
    age(Duration.ofDays(11));
    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(2);

    assertThat(hasContent(sender, old)).isFalse();
    assertThat(hasContent(sender, young)).isFalse();
    assertThat(hasContent(other, others)).isTrue();
  }

  @Test
  default void a_body_of_which_something_was_heard_lately_stays_so_that_it_can_be_sent_again() {
    var sender = new Sender(store());
    MessageId message = delivered(sender);
    age(MONTH.plusDays(1));
    var _ =
        receive(
            new Link.Genuine(sender.team(), sender.onlyDelivery(message).id()),
            new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Sender.BY_RULE));

    assertThat(purge(sender.team(), Part.BODIES)).isZero();
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.BODIES)).isOne();
  }

  @Test
  default void a_body_that_was_to_be_sent_lately_stays() {
    var sender = new Sender(store());
    MessageId message = in(DeliveryState.SCHEDULED, sender);
    age(MONTH.plusDays(1));
    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isOne();

    assertThat(purge(sender.team(), Part.BODIES)).isZero();
  }

  @Test
  default void large_bodies_and_those_of_logged_mail_are_purged_too() {
    var sender = new Sender(store());
    MessageId large =
        sender.accept(ChangedMail.withContent(sender.mail("bo@example.com"), new byte[600 * 1024]));
    sender.deliver(sender.claimOne());
    MessageId logged = sender.log("<1@mailbox.example>");
    age(MONTH.plusDays(1));

    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(2);

    assertThat(hasContent(sender, large)).isFalse();
    assertThat(store().messages().findLogged(sender.team(), logged)).isEmpty();
    assertThat(sender.read(logged).contentPurgedAt()).isPresent();
    assertThat(store().messages().log(sender.letters().loggedMail("<1@mailbox.example>")))
        .isEqualTo(new Messages.Logging.KnownAlready(logged));
  }

  @Test
  default void many_bodies_go_batch_by_batch() {
    var sender = new Sender(store());
    for (int i = 0; i < 120; i++) {
      var _ = sender.log("<" + i + "@mailbox.example>");
    }
    age(MONTH.plusDays(1));

    Batch first = kept().purge(sender.team(), Part.BODIES, MONTH, Optional.empty());

    assertThat(first.purged()).isBetween(1, 100);
    assertThat(first.next()).isPresent();
    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(120 - first.purged());
  }

  @Test
  default void a_few_large_bodies_fill_a_batch() {
    var sender = new Sender(store());
    for (int i = 0; i < 3; i++) {
      var _ =
          sender.accept(
              ChangedMail.withContent(sender.mail("bo@example.com"), new byte[5 * 1024 * 1024]));
      sender.deliver(sender.claimOne());
    }
    age(MONTH.plusDays(1));

    assertThat(kept().purge(sender.team(), Part.BODIES, MONTH, Optional.empty()).purged()).isOne();
    assertThat(purge(sender.team(), Part.BODIES)).isEqualTo(2);
  }

  @Test
  default void what_has_no_content_any_more_is_not_queued_again() {
    var sender = new Sender(store());
    MessageId message = failed(sender);
    age(MONTH.plusDays(1));
    assertThat(purge(sender.team(), Part.BODIES)).isOne();

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isZero();

    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.FAILED);
    assertThat(sender.claim()).isEmpty();
  }

  @Test
  default void of_a_purge_and_an_order_to_try_again_at_the_same_time_one_wins() throws Exception {
    var sender = new Sender(store());
    for (int round = 0; round < 20; round++) {
      MessageId message = failed(sender);
      age(MONTH.plusDays(1));

      List<Integer> done =
          atTheSameTime(
              2,
              which ->
                  which == 0
                      ? sender.order(message, DeliveryFact.RETRY_ORDERED)
                      : kept().purge(sender.team(), Part.BODIES, MONTH, Optional.empty()).purged());

      assertThat(done.getFirst() + done.getLast()).isLessThanOrEqualTo(1);
      assertThat(hasContent(sender, message)).isEqualTo(done.getLast() == 0);
      assertThat(sender.claim().stream().map(claim -> claim.dispatch().message()).toList())
          .isEqualTo(done.getFirst() == 1 ? List.of(message) : List.of());
    }
  }

  @Test
  default void several_nodes_that_purge_purge_each_thing_once() throws Exception {
    var sender = new Sender(store());
    for (int i = 0; i < 120; i++) {
      var _ = sender.log("<" + i + "@mailbox.example>");
    }
    for (int i = 0; i < 30; i++) {
      var _ = delivered(sender);
    }
    age(MONTH.plusDays(1));

    List<Integer> bodies = atTheSameTime(4, _ -> purge(sender.team(), Part.BODIES));
    List<Integer> transcripts = atTheSameTime(4, _ -> purge(sender.team(), Part.TRANSCRIPTS));

    assertThat(sum(bodies) + purge(sender.team(), Part.BODIES)).isEqualTo(150);
    assertThat(sum(transcripts) + purge(sender.team(), Part.TRANSCRIPTS)).isEqualTo(30);
  }
}
