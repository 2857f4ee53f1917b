package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.Messages.Logging;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link Messages} promises of mail that others than us sent. */
public interface LoggedMailContract extends StoreContract {
  private Messages messages() {
    return store().messages();
  }

  @Test
  default void logged_mail_is_given_back_as_it_was() throws IOException {
    var sender = new Sender(store());
    NewLoggedMail mail = sender.letters().loggedMail("<1@mailbox.example>");

    assertThat(messages().log(mail)).isInstanceOf(Logging.Logged.class);

    MessageView view = sender.read(mail.id());
    assertThat(view.purpose()).isEqualTo(Purpose.LOGGED);
    assertThat(view.channel()).isEmpty();
    assertThat(view.identity()).contains(sender.identity());
    assertThat(view.from()).isEqualTo(mail.from());
    assertThat(view.subject()).isEqualTo(mail.subject());
    assertThat(view.metadata()).isEqualTo(Map.of("deal", "17"));
    assertThat(view.internetId()).isEqualTo(mail.internetId());
    assertThat(view.sentAt()).contains(mail.sentAt());
    assertThat(view.size()).isEqualTo(mail.bytes().size());
    assertThat(view.deliveries())
        .extracting(DeliveryView::recipient)
        .isEqualTo(mail.deliveries().stream().map(NewMail.PlannedDelivery::recipient).toList());
    assertThat(view.deliveries())
        .allSatisfy(
            delivery -> {
              assertThat(delivery.state()).isEqualTo(DeliveryState.LOGGED);
              assertThat(delivery.nextAttemptAt()).isEmpty();
            });
    assertThat(messages().findLogged(sender.team(), mail.id()).orElseThrow().toArray())
        .isEqualTo(mail.bytes().toArray());
    assertThat(sender.told()).endsWith(EventKind.MESSAGE_LOGGED);
  }

  @Test
  default void it_lies_in_sent_and_is_never_due() {
    var sender = new Sender(store());
    MessageId logged = sender.log("<1@mailbox.example>");

    List<MessageSummary> sent = sender.feed().summariesIn(Folder.SENT);
    assertThat(sent).extracting(MessageSummary::id).containsExactly(logged);
    assertThat(sent).extracting(MessageSummary::purpose).containsExactly(Purpose.LOGGED);
    assertThat(sent.getFirst().sentAt()).isPresent();
    assertThat(sender.claim()).isEmpty();
    assertThat(store().queue().teamsWithDueMail(1000)).doesNotContain(sender.team());
  }

  @Test
  default void nothing_moves_it() {
    var sender = new Sender(store());
    MessageId logged = sender.log("<1@mailbox.example>");

    for (DeliveryFact fact : DeliveryFact.values()) {
      assertThat(sender.order(logged, fact)).as(fact.name()).isZero();
    }
    assertThat(sender.onlyDelivery(logged).state()).isEqualTo(DeliveryState.LOGGED);
    assertThat(messages().findDispatch(sender.team(), sender.onlyDelivery(logged).id())).isEmpty();
  }

  @Test
  default void another_team_does_not_see_it() {
    var sender = new Sender(store());
    var other = new Sender(store());
    MessageId logged = sender.log("<1@mailbox.example>");

    assertThat(messages().find(other.team(), logged)).isEmpty();
    assertThat(messages().findLogged(other.team(), logged)).isEmpty();
    assertThat(messages().log(other.letters().loggedMail("<1@mailbox.example>")))
        .isInstanceOf(Logging.Logged.class);
  }

  @Test
  default void of_one_mail_logged_many_times_at_once_there_is_one_message() throws Exception {
    var sender = new Sender(store());
    List<NewLoggedMail> requests = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      requests.add(sender.letters().loggedMail("<1@mailbox.example>"));
    }

    List<Logging> answers = atTheSameTime(requests.size(), i -> messages().log(requests.get(i)));

    List<MessageId> made = sender.messagesIn(Folder.SENT);
    assertThat(made).hasSize(1);
    assertThat(answers).filteredOn(Logging.Logged.class::isInstance).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !(answer instanceof Logging.Logged))
        .containsOnly(new Logging.KnownAlready(made.getFirst()));
    assertThat(sender.told()).containsOnlyOnce(EventKind.MESSAGE_LOGGED);
  }

  @Test
  default void what_we_sent_ourselves_is_not_logged_beside_it() {
    var sender = new Sender(store());
    NewMail sent = sender.mail("bo@example.com");
    MessageId message = sender.accept(sent);

    assertThat(messages().log(sender.letters().loggedMail(sent.message().internetId().value())))
        .isEqualTo(new Logging.KnownAlready(message));
    assertThat(sender.messagesIn(Folder.SENT)).isEmpty();
  }

  @Test
  default void a_key_stands_for_one_request_also_where_the_mail_was_known() {
    var sender = new Sender(store());
    MessageId first = sender.log("<1@mailbox.example>");
    NewLoggedMail again =
        ChangedMail.under(
            new Idempotency("key-1", "one"), sender.letters().loggedMail("<1@mailbox.example>"));

    assertThat(messages().log(again)).isEqualTo(new Logging.KnownAlready(first));
    assertThat(messages().log(again)).isEqualTo(new Logging.LoggedBefore(first));
    assertThat(messages().findAccepted(sender.team(), new Idempotency("key-1", "one")))
        .contains(new Acceptance.StoredBefore(first));
    assertThat(
            messages()
                .log(
                    ChangedMail.under(
                        new Idempotency("key-1", "other"),
                        sender.letters().loggedMail("<2@mailbox.example>"))))
        .isEqualTo(new Logging.KeyUsedOtherwise());
  }

  @Test
  default void a_key_that_a_message_was_accepted_under_logs_nothing() {
    var sender = new Sender(store());
    var _ = sender.accept(sender.letters().mailUnder("key-1", "one"));

    assertThat(
            messages()
                .log(
                    ChangedMail.under(
                        new Idempotency("key-1", "logged:one"),
                        sender.letters().loggedMail("<1@mailbox.example>"))))
        .isEqualTo(new Logging.KeyUsedOtherwise());
    assertThat(sender.messagesIn(Folder.SENT)).isEmpty();
  }
}
