package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.view.Caller;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Messages} promises. */
public interface MessagesContract extends StoreContract {
  private Messages messages() {
    return store().messages();
  }

  @Test
  default void an_accepted_message_is_given_back_as_it_was() {
    var sender = new Sender(store());
    NewMail mail = sender.mail("Bo Ö <bo@example.com>", "cy@example.com");

    assertThat(messages().accept(mail)).isInstanceOf(Acceptance.Stored.class);

    MessageView view = sender.read(mail.message().id());
    assertThat(view.team()).isEqualTo(sender.team());
    assertThat(view.purpose()).isEqualTo(Purpose.CORRESPONDENCE);
    assertThat(view.identity()).contains(sender.identity());
    assertThat(view.channel()).contains(sender.channel());
    assertThat(view.from()).isEqualTo(mail.message().from());
    assertThat(view.subject()).isEqualTo("Hello");
    assertThat(view.metadata()).isEqualTo(Map.of("deal", "17"));
    assertThat(view.internetId()).isEqualTo(mail.message().internetId());
    assertThat(view.size()).isEqualTo(mail.composed().size());
    assertThat(view.deliveries())
        .extracting(DeliveryView::recipient)
        .isEqualTo(mail.message().recipients());
    assertThat(view.deliveries())
        .allSatisfy(
            delivery -> {
              assertThat(delivery.state()).isEqualTo(DeliveryState.QUEUED);
              assertThat(delivery.nextAttemptAt()).contains(view.acceptedAt());
              assertThat(delivery.attempts()).isEmpty();
              assertThat(delivery.laterWords()).isEmpty();
            });
    assertThat(sender.told()).endsWith(EventKind.MESSAGE_ACCEPTED);
  }

  @Test
  default void another_team_does_not_see_it() {
    var sender = new Sender(store());
    var other = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));

    assertThat(messages().find(other.team(), message)).isEmpty();
    assertThat(other.messagesIn(Folder.IN_PROGRESS)).isEmpty();
  }

  @Test
  default void metadata_may_hold_any_character() {
    var sender = new Sender(store());
    NewMail mail =
        ChangedMail.withMetadata(sender.mail("bo@example.com"), Map.of("\"k\"", "\\ ' \0 €"));

    MessageId message = sender.accept(mail);

    assertThat(sender.read(message).metadata()).containsEntry("\"k\"", "\\ ' \ufffd €");
  }

  @Test
  default void of_many_requests_with_one_key_at_the_same_time_one_makes_a_message()
      throws Exception {
    var sender = new Sender(store());
    List<NewMail> requests = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      requests.add(sender.letters().mailUnder("key-1", "same"));
    }

    List<Acceptance> answers =
        atTheSameTime(requests.size(), i -> messages().accept(requests.get(i)));

    List<MessageId> made = sender.messagesIn(Folder.IN_PROGRESS);
    assertThat(made).hasSize(1);
    assertThat(answers).filteredOn(Acceptance.Stored.class::isInstance).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Acceptance.Stored))
        .containsOnly(new Acceptance.StoredBefore(made.getFirst()));
    assertThat(sender.told()).containsOnlyOnce(EventKind.MESSAGE_ACCEPTED);
  }

  @Test
  default void a_key_that_stands_for_another_request_is_refused_and_nothing_is_stored() {
    var sender = new Sender(store());
    MessageId first = sender.accept(sender.letters().mailUnder("key-1", "one"));

    assertThat(messages().accept(sender.letters().mailUnder("key-1", "other")))
        .isEqualTo(new Acceptance.KeyUsedOtherwise());

    assertThat(sender.messagesIn(Folder.IN_PROGRESS)).containsExactly(first);
    assertThat(messages().findAccepted(sender.team(), new Idempotency("key-1", "one")))
        .contains(new Acceptance.StoredBefore(first));
    assertThat(messages().findAccepted(sender.team(), new Idempotency("key-1", "other")))
        .contains(new Acceptance.KeyUsedOtherwise());
    assertThat(messages().findAccepted(sender.team(), new Idempotency("key-2", "one"))).isEmpty();
  }

  @Test
  default void a_key_belongs_to_its_team() {
    var sender = new Sender(store());
    var other = new Sender(store());
    var _ = sender.accept(sender.letters().mailUnder("key-1", "one"));

    assertThat(messages().accept(other.letters().mailUnder("key-1", "other")))
        .isInstanceOf(Acceptance.Stored.class);
  }

  @Test
  default void a_message_lies_in_the_gravest_folder_of_its_deliveries() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(sender.mail("bo@example.com", "cy@example.com", "di@example.com"));
    List<Claim> claims = sender.claim();

    sender.deliver(claims.get(0));
    assertThat(sender.messagesIn(Folder.IN_PROGRESS)).containsExactly(message);

    sender.settle(
        claims.get(1),
        new Outcome.Rejected(Sender.UNKNOWN),
        new NextStep.Settle(DeliveryFact.REJECTED));
    assertThat(sender.messagesIn(Folder.FAILED)).containsExactly(message);

    sender.deliver(claims.get(2));
    assertThat(sender.messagesIn(Folder.FAILED)).containsExactly(message);
    assertThat(sender.messagesIn(Folder.SENT)).isEmpty();
    MessageSummary summary = list(sender.caller(), Optional.empty()).items().getFirst();
    assertThat(summary.folder()).isEqualTo(Folder.FAILED);
    assertThat(summary.accepted()).isEqualTo(2);
    assertThat(summary.recipients()).hasSize(3);
  }

  @Test
  default void the_folder_is_right_when_its_deliveries_are_settled_at_the_same_time()
      throws Exception {
    var sender = new Sender(store());
    for (int round = 0; round < 5; round++) {
      MessageId message = sender.accept(sender.mail(Sender.recipients(6)));
      List<Claim> claims = sender.claim();

      var _ =
          atTheSameTime(
              claims.size(),
              i -> {
                sender.deliver(claims.get(i));
                return claims.get(i);
              });

      assertThat(sender.messagesIn(Folder.SENT)).contains(message);
      assertThat(sender.messagesIn(Folder.IN_PROGRESS)).isEmpty();
    }
  }

  @Test
  default void a_folder_is_read_page_by_page_newest_first() {
    var sender = new Sender(store());
    List<MessageId> accepted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      accepted.addFirst(sender.accept(sender.mail("bo@example.com")));
    }
    List<MessageId> read = new ArrayList<>();

    Optional<MessageId> before = Optional.empty();
    do {
      Page<MessageSummary, MessageId> page = page(sender.caller(), 2, before);
      page.items().forEach(item -> read.add(item.id()));
      before = page.next();
    } while (before.isPresent());

    assertThat(read).isEqualTo(accepted);
  }

  @Test
  default void a_list_may_be_of_one_identity() {
    var sender = new Sender(store());
    IdentityId other = sender.identity("other@sender.example");
    var _ = sender.accept(sender.mail("bo@example.com"));
    MessageId wanted = sender.accept(ChangedMail.from(other, sender.mail("bo@example.com")));

    assertThat(list(sender.caller(), Optional.of(other)).items())
        .extracting(MessageSummary::id)
        .containsExactly(wanted);
  }

  @Test
  default void a_member_sees_their_own_mail_and_an_admin_everyones() {
    var sender = new Sender(store());
    var stranger =
        new Member(sender.team(), new MemberId(store().ids().next()), "Per", Member.Role.MEMBER);
    var _ = sender.accept(sender.mail("bo@example.com"));

    assertThat(list(new Caller(stranger), Optional.empty()).items()).isEmpty();
    assertThat(list(sender.caller(), Optional.empty()).items()).hasSize(1);
  }

  @Test
  default void mail_of_the_system_lies_in_no_folder_and_is_sent_all_the_same() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.letters().systemMail("bo@example.com"));
    sender.deliver(sender.claimOne());

    assertThat(list(sender.caller(), Optional.empty()).items()).isEmpty();
    assertThat(sender.onlyDelivery(message).state()).isEqualTo(DeliveryState.ACCEPTED);
  }

  @Test
  default void a_dispatch_that_was_never_tried_is_found_as_its_first_attempt() throws IOException {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));

    Dispatch dispatch = dispatchOf(sender, message);

    assertThat(dispatch.attempt()).isEqualTo(1);
    assertThat(dispatch.envelopes()).hasSize(2);
    assertThat(dispatch.content().size()).isEqualTo(dispatch.content().toArray().length);
  }

  @Test
  default void a_dispatch_is_found_as_it_was_last_claimed() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mailTogether("bo@example.com", "cy@example.com"));
    sender.settleDeferred(sender.claimOne(), Duration.ZERO);
    Claim claim = sender.claimOne();

    Dispatch dispatch = dispatchOf(sender, message);

    assertThat(dispatch.attempt()).isEqualTo(2);
    assertThat(dispatch.startedAt()).isEqualTo(claim.dispatch().startedAt());
    assertThat(dispatch.envelopes())
        .containsExactlyInAnyOrderElementsOf(claim.dispatch().envelopes());
  }

  @Test
  default void what_failed_is_due_at_once_when_a_person_asks_for_another_try() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    MessageId message = claim.dispatch().message();
    sender.settle(
        claim, new Outcome.Rejected(Sender.BY_RULE), new NextStep.Settle(DeliveryFact.REJECTED));

    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).isEqualTo(1);

    assertThat(sender.messagesIn(Folder.IN_PROGRESS)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_RETRIED);
    assertThat(sender.claimOne().dispatch().attempt()).isEqualTo(2);
    assertThat(sender.order(message, DeliveryFact.RETRY_ORDERED)).as("once is enough").isZero();
  }

  @Test
  default void a_doubt_is_settled_by_a_persons_word() {
    var sender = new Sender(store());
    MessageId message = inDoubt(sender);

    assertThat(sender.order(message, DeliveryFact.DECLARED_SENT)).isEqualTo(1);

    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.ACCEPTED);
    assertThat(delivery.evidence()).contains(Evidence.PERSON);
    assertThat(sender.messagesIn(Folder.SENT)).containsExactly(message);
    assertThat(sender.told()).endsWith(EventKind.DELIVERY_RESOLVED);
  }

  @Test
  default void a_doubt_is_sent_again_only_by_a_persons_order() {
    var sender = new Sender(store());
    MessageId message = inDoubt(sender);
    assertThat(sender.claim()).isEmpty();

    assertThat(sender.order(message, DeliveryFact.RESEND_ORDERED)).isEqualTo(1);

    assertThat(sender.claimOne().dispatch().message()).isEqualTo(message);
  }

  @Test
  default void what_is_cancelled_before_its_claim_is_never_claimed() {
    var sender = new Sender(store());
    MessageId message = sender.accept(sender.mail("bo@example.com"));

    assertThat(sender.order(message, DeliveryFact.CANCELLED)).isEqualTo(1);

    assertThat(sender.claim()).isEmpty();
    assertThat(store().queue().teamsWithDueMail(10_000)).doesNotContain(sender.team());
    assertThat(sender.messagesIn(Folder.CANCELLED)).containsExactly(message);
  }

  private static MessageId inDoubt(Sender sender) {
    Claim claim = sender.claimNew();
    sender.handOver(claim);
    sender.settle(
        claim, new Outcome.InDoubt(Sender.FULL), new NextStep.Settle(DeliveryFact.ANSWER_LOST));
    assertThat(sender.state(claim)).isEqualTo(DeliveryState.IN_DOUBT);
    return claim.dispatch().message();
  }

  private Dispatch dispatchOf(Sender sender, MessageId message) {
    DeliveryId first = sender.read(message).deliveries().getFirst().id();
    return messages().findDispatch(sender.team(), first).orElseThrow().dispatch();
  }

  private Page<MessageSummary, MessageId> list(Caller caller, Optional<IdentityId> identity) {
    return messages()
        .list(new ListMessages.Query(caller, Optional.empty(), identity, 100, Optional.empty()));
  }

  private Page<MessageSummary, MessageId> page(
      Caller caller, int limit, Optional<MessageId> before) {
    return messages()
        .list(new ListMessages.Query(caller, Optional.empty(), Optional.empty(), limit, before));
  }
}
