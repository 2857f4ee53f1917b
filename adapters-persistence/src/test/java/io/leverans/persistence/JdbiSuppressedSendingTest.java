package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.DispatchQueue.Claimed;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of accepted mail to an address that came onto the suppression list. */
class JdbiSuppressedSendingTest {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final RandomIds IDS = new RandomIds(InstantSource.system());

  private final Suppressions suppressions = DATABASE.database().suppressions();

  @Test
  void mail_to_an_address_that_came_onto_the_list_meanwhile_is_not_sent() {
    var sender = new Sender(DATABASE.store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    suppress(sender, "BO@example.com");

    assertThat(sender.claim()).isEmpty();

    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(delivery.failure().map(Failure::cause)).contains(Cause.SUPPRESSED);
    assertThat(delivery.attempts()).as("nothing was tried").isEmpty();
    assertThat(sender.messagesIn(Folder.FAILED)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.SUPPRESSION_ADDED, EventKind.DELIVERY_FAILED);
    assertThat(sender.claim()).as("nobody looks at it any more").isEmpty();
  }

  @Test
  void the_others_of_the_same_dispatch_are_sent() {
    var sender = new Sender(DATABASE.store());
    MessageId message = sender.accept(sender.mailTogether("eva@example.com", "bo@example.com"));
    suppress(sender, "bo@example.com");

    Claim claim = sender.claimOne();

    assertThat(claim.dispatch().envelopes())
        .extracting(envelope -> envelope.recipient().toString())
        .containsExactly("eva@example.com");
    sender.deliver(claim);
    assertThat(sender.read(message).deliveries())
        .extracting(DeliveryView::state)
        .containsExactlyInAnyOrder(DeliveryState.ACCEPTED, DeliveryState.FAILED);
  }

  @Test
  void a_claim_tells_how_many_it_ended_of_each_channel() {
    var sender = new Sender(DATABASE.store());
    var _ = sender.accept(sender.mailTogether("eva@example.com", "bo@example.com"));
    var _ = sender.accept(sender.mail("bo@example.com"));
    var _ = sender.accept(sender.mail("ida@example.com"));
    suppress(sender, "bo@example.com");

    Claimed claimed =
        sender.claimed(
            sender.readyLines().stream().collect(Collectors.toMap(line -> line, _ -> 100)));

    assertThat(claimed.claims()).hasSize(2);
    assertThat(claimed.suppressed()).containsExactly(Map.entry(sender.channel(), 2));
  }

  @Test
  void an_attempt_is_told_of_afterwards_without_who_was_suppressed_before_it() {
    var sender = new Sender(DATABASE.store());
    var _ = sender.accept(sender.mailTogether("bo@example.com", "eva@example.com"));
    suppress(sender, "bo@example.com");
    Claim claim = sender.claimOne();

    Dispatch told =
        DATABASE
            .store()
            .messages()
            .findDispatch(sender.team(), Sender.only(claim))
            .orElseThrow()
            .dispatch();

    assertThat(told.envelopes()).isEqualTo(claim.dispatch().envelopes());
  }

  @Test
  void what_was_suppressed_can_be_tried_again_once_it_is_taken_off() {
    var sender = new Sender(DATABASE.store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    SuppressionId entry = suppress(sender, "bo@example.com");
    assertThat(sender.claim()).isEmpty();
    var _ = suppressions.remove(sender.team(), entry, sender.admin().id(), "asked for it");

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isOne();
    sender.deliver(sender.claimOne());

    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  void the_systems_own_mail_asks_no_teams_list() {
    var sender = new Sender(DATABASE.store());
    suppress(sender, "bo@example.com");
    var _ = sender.accept(sender.letters().systemMail("bo@example.com"));

    assertThat(sender.claim()).hasSize(1);
  }

  private SuppressionId suppress(Sender sender, String address) {
    var id = new SuppressionId(IDS.next());
    var _ =
        suppressions.add(
            new NewSuppression(
                sender.team(),
                id,
                EmailAddress.parse(address),
                SuppressionReason.BY_HAND,
                Optional.empty(),
                Optional.empty()));
    return id;
  }
}
