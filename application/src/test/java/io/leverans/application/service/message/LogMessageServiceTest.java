package io.leverans.application.service.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.LogMessage.Result;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MailFormat;
import io.leverans.domain.message.MailHeader;
import io.leverans.domain.message.Purpose;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of mail that is logged, and whose it is. */
class LogMessageServiceTest extends LoggedMails {
  @Test
  void what_is_told_of_a_mail_lies_in_sent_without_a_channel() throws IOException {
    MessageView logged = logged(service.log(told(Optional.empty())));
    assertThat(logged.purpose()).isEqualTo(Purpose.LOGGED);
    assertThat(logged.folder()).isEqualTo(Folder.SENT);
    assertThat(logged.channel()).isEmpty();
    assertThat(logged.identity()).contains(identity.id());
    assertThat(logged.from()).isEqualTo(identity.mailbox());
    assertThat(logged.subject()).isEqualTo("Told");
    assertThat(logged.sentAt()).contains(THEN);
    assertThat(logged.internetId()).isEqualTo(ID);
    assertThat(logged.deliveries())
        .extracting(DeliveryView::state)
        .containsExactly(DeliveryState.LOGGED);
    assertThat(deployment.messages.find(deployment.member.team(), logged.id())).contains(logged);
    assertThat(raw(deployment.member, logged)).isEqualTo("Written: Hello");
  }

  @Test
  void the_header_of_a_whole_mail_wins_over_what_is_told() throws IOException {
    MessageView logged = logged(service.log(whole("the mail itself")));
    assertThat(logged.from()).isEqualTo(HEADER.from());
    assertThat(logged.subject()).isEqualTo("From the header");
    assertThat(recipients(logged)).containsExactly("cy@example.org");
    assertThat(raw(deployment.member, logged)).isEqualTo("the mail itself");
  }

  @Test
  void what_the_header_lacks_is_taken_from_what_is_told() {
    reading =
        new MailFormat.Reading.Read(
            new MailHeader(
                HEADER.from(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    MessageView logged = logged(service.log(whole("mail")));
    assertThat(logged.subject()).isEqualTo("Told");
    assertThat(logged.sentAt()).contains(THEN);
    assertThat(logged.internetId()).isEqualTo(ID);
    assertThat(recipients(logged)).containsExactly("di@example.org");
  }

  @Test
  void a_mail_from_somebody_else_is_not_the_identitys() {
    Mailbox other = Mailbox.parse("di@elsewhere.example");
    reading = new MailFormat.Reading.Read(from(other));

    assertThat(service.log(whole("mail")))
        .isEqualTo(new Result.OtherAuthor(other.address(), List.of(identity.mailbox().address())));
  }

  @Test
  void a_mail_from_the_account_of_a_channel_is_the_identitys() {
    Mailbox account = Mailbox.parse("Bo <bo.home@mailbox.example>");
    own.pigeon.shownAs = Optional.of(account);
    reading = new MailFormat.Reading.Read(from(account));
    assertThat(service.log(whole("mail"))).isInstanceOf(Result.OtherAuthor.class);

    var _ = own.connected(deployment.colleague, Ownership.MEMBER, OwnChannels.withRing());
    assertThat(service.log(whole("mail"))).isInstanceOf(Result.OtherAuthor.class);

    var _ = own.ofMember();
    assertThat(logged(service.log(whole("mail"))).from()).isEqualTo(account);
  }

  private static List<String> recipients(MessageView message) {
    return message.deliveries().stream()
        .map(delivery -> delivery.recipient().mailbox().toString())
        .toList();
  }
}
