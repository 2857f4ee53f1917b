package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.Author;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Recipient.Role;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is promised of an author is what the bytes say. */
class LetterheadTest {
  private static final Mailbox IDENTITY = Mailbox.parse("Åsa Öberg <asa@contoso.example>");
  private static final ChannelSettings CARLAS = TestWorld.channel().settings();

  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final GmailProvider provider = new TestWorld().provider(google);

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_composed_message_shows_what_was_presented(Replies replies) throws Exception {
    Author author = new Author(IDENTITY, replies, Optional.empty());
    Octets composed = provider.compose(message(Optional.empty()), author, CARLAS);
    assertThat(shownBy(composed)).isEqualTo(provider.present(author, CARLAS));
  }

  @ParameterizedTest
  @EnumSource
  void an_adopted_message_shows_what_was_presented(Replies replies) throws Exception {
    Author author = new Author(IDENTITY, replies, Optional.empty());
    Octets composed =
        Octets.of(
            "DKIM-Signature: v=1; b=other\r\nFrom: Asa <asa@contoso.example>\r\n\r\nHello.\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    Octets adopted = provider.adopt(composed, author, CARLAS);
    assertThat(shownBy(adopted)).isEqualTo(provider.present(author, CARLAS));
    assertThat(text(adopted)).doesNotContain("DKIM-Signature").endsWith("\r\n\r\nHello.\r\n");
  }

  @Test
  void the_accounts_address_stands_under_the_identitys_name() {
    Author author = new Author(IDENTITY, Replies.TO_IDENTITY, Optional.empty());
    assertThat(provider.present(author, CARLAS))
        .isEqualTo(
            new Presentation(
                Mailbox.parse("Åsa Öberg <" + TestWorld.ADDRESS + ">"),
                Optional.empty(),
                Optional.of(IDENTITY)));
    Author carla =
        new Author(
            Mailbox.parse("Carla <CARLA@lemon.example>"), Replies.TO_IDENTITY, Optional.empty());
    assertThat(provider.present(carla, CARLAS).replyTo()).as("it is her own").isEmpty();
  }

  @Test
  void where_the_writer_says_where_answers_go_that_holds() throws Exception {
    Mailbox office = Mailbox.parse("office@contoso.example");
    Author author = new Author(IDENTITY, Replies.TO_IDENTITY, Optional.empty());
    Octets composed = provider.compose(message(Optional.of(office)), author, CARLAS);
    assertThat(shownBy(composed).replyTo()).contains(office);
    assertThat(shownBy(provider.adopt(composed, author, CARLAS)).replyTo()).contains(office);
  }

  private static Presentation shownBy(Octets composed) throws MessagingException, IOException {
    var mime = new MimeMessage((Session) null, composed.open());
    assertThat(mime.getFrom()).hasSize(1);
    return new Presentation(
        mailbox((InternetAddress) mime.getFrom()[0]),
        Optional.empty(),
        mime.getHeader("Reply-To") == null
            ? Optional.empty()
            : Optional.of(mailbox((InternetAddress) mime.getReplyTo()[0])));
  }

  private static Mailbox mailbox(InternetAddress address) {
    return address.getPersonal() == null
        ? Mailbox.parse(address.getAddress())
        : Mailbox.parse(address.getPersonal() + " <" + address.getAddress() + ">");
  }

  private static Message message(Optional<Mailbox> replyTo) {
    return new Message(
        TestWorld.TEAM,
        new MessageId(new UUID(0, 5)),
        Purpose.CORRESPONDENCE,
        Optional.empty(),
        TestWorld.CHANNEL,
        IDENTITY,
        List.of(new Recipient(Role.TO, Mailbox.parse("anna@example.com"))),
        new Content(
            "Hello",
            Optional.of("Hello."),
            Optional.empty(),
            List.of(),
            List.of(),
            replyTo,
            Optional.empty()),
        Map.of(),
        new InternetMessageId("<m5@platform.test>"),
        TestWorld.NOW);
  }

  private static String text(Octets octets) throws IOException {
    return new String(octets.toArray(), StandardCharsets.UTF_8);
  }
}
