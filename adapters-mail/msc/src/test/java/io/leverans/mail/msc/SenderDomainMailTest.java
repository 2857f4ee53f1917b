package io.leverans.mail.msc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.AlignedDomain.SigningKey;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.mail.conversation.ScriptedServer;
import io.leverans.mail.conversation.TestDns;
import io.leverans.mail.mime.DkimKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the author before is what stands in the bytes, aligned and not. */
class SenderDomainMailTest {
  private static final Mailbox ANNA = Mailbox.parse("Anna Berg <anna@sales.acme.test>");
  private static final byte[] FIRST_KEY = DkimKey.generate();

  private final ScriptedServer server = new ScriptedServer();
  private final TestDns dns =
      new TestDns().with("example.com", "MX 10 mx.test.").with("mx.test", "A 127.0.0.1");
  private final MscProvider provider =
      new TestWorld()
          .provider(
              "dkim",
              "on",
              "dns-server",
              dns.address().toString(),
              "port",
              String.valueOf(server.port()));

  @AfterEach
  void close() {
    provider.close();
    dns.close();
    server.close();
  }

  /** How far the author's domain is set up. */
  enum Setup {
    NONE,
    /** The alias for the return path is not seen. */
    KEY_ONLY,
    /** The key's record is gone. */
    RETURN_PATH_ONLY,
    WHOLE;

    Optional<AlignedDomain> domain() {
      return switch (this) {
        case NONE -> Optional.empty();
        case KEY_ONLY -> Optional.of(aligned("leverans1", FIRST_KEY, Optional.empty()));
        case RETURN_PATH_ONLY ->
            Optional.of(
                new AlignedDomain(
                    "acme.test",
                    Optional.empty(),
                    Optional.of("bounces.acme.test"),
                    Optional.of(TestWorld.NOW)));
        case WHOLE ->
            Optional.of(aligned("leverans1", FIRST_KEY, Optional.of("bounces.acme.test")));
      };
    }

    String signer() {
      return signs() ? "acme.test" : "mail.test";
    }

    boolean signs() {
      return this == KEY_ONLY || this == WHOLE;
    }

    private boolean hasReturnPath() {
      return this == RETURN_PATH_ONLY || this == WHOLE;
    }

    String returnPath() {
      return hasReturnPath() ? "bounces.acme.test" : "mail.test";
    }

    SenderAuthentication authentication() {
      return new SenderAuthentication(
          hasReturnPath() ? Alignment.ORGANIZATIONAL : Alignment.NOT_ALIGNED,
          signs() ? Alignment.ORGANIZATIONAL : Alignment.NOT_ALIGNED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_presented_is_what_is_sent(Setup setup) throws IOException {
    Author author = author(setup.domain());
    Presentation told = provider.present(author, ChannelSettings.NONE);

    send(author);

    String mail = server.messages().getFirst();
    assertThat(field(mail, "From")).isEqualTo("Anna Berg <anna@sales.acme.test>");
    assertThat(told.from()).isEqualTo(ANNA);
    assertThat(told.viaDomain())
        .isEqualTo(setup.signs() ? Optional.empty() : Optional.of(setup.signer()));
    assertThat(field(mail, "DKIM-Signature")).contains(" d=" + setup.signer() + ";");
    assertThat(server.commands())
        .anySatisfy(
            command ->
                assertThat(command)
                    .startsWith("MAIL FROM:<b.")
                    .contains("@" + setup.returnPath() + ">"));
    assertThat(provider.authentication(author, ChannelSettings.NONE))
        .isEqualTo(setup.authentication());
  }

  @Test
  void mail_that_comes_from_another_channel_is_signed_anew_in_the_domains_name()
      throws IOException {
    Octets composed = compose(author(Setup.NONE.domain()));

    Octets adopted = provider.adopt(composed, author(Setup.WHOLE.domain()), ChannelSettings.NONE);

    String mail = new String(adopted.toArray(), UTF_8);
    assertThat(field(mail, "DKIM-Signature")).contains(" d=acme.test;");
    assertThat(mail.split("DKIM-Signature:", -1)).hasSize(2);
  }

  @Test
  void another_key_under_the_same_selector_is_another_key() throws IOException {
    String first = field(text(compose(author(Setup.WHOLE.domain()))), "DKIM-Signature");
    String same = field(text(compose(author(Setup.WHOLE.domain()))), "DKIM-Signature");
    String other =
        field(
            text(
                compose(
                    author(
                        Optional.of(aligned("leverans1", DkimKey.generate(), Optional.empty()))))),
            "DKIM-Signature");

    assertThat(same).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void a_signature_of_the_very_domain_is_exact_and_a_return_path_below_it_is_not() {
    Author author =
        new Author(Mailbox.parse("anna@acme.test"), Replies.TO_SHOWN_ADDRESS, Setup.WHOLE.domain());

    assertThat(provider.authentication(author, ChannelSettings.NONE))
        .isEqualTo(new SenderAuthentication(Alignment.ORGANIZATIONAL, Alignment.EXACT));
  }

  @ParameterizedTest
  @CsvSource({
    "anna@gmail.com, Google",
    "anna@YAHOO.co.uk, Yahoo",
    "anna@hotmail.fr, Microsoft",
    "anna@icloud.com, Apple"
  })
  void mailbox_providers_are_known_by_their_domains(String address, String name) {
    assertThat(provider.mailboxProvider(Author.of(Mailbox.parse(address)))).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna@acme.test", "anna@mail.gmail.com", "anna@mygmail.com"})
  void other_domains_are_nobodys_mailboxes(String address) {
    assertThat(provider.mailboxProvider(Author.of(Mailbox.parse(address)))).isEmpty();
  }

  @Test
  void the_return_path_of_sender_domains_leads_to_the_platforms_domain() {
    assertThat(provider.returnPathTarget()).contains("mail.test");
    try (MscProvider unsigned = new TestWorld().provider("dkim", "off")) {
      assertThat(unsigned.returnPathTarget()).isEmpty();
    }
  }

  private static AlignedDomain aligned(String selector, byte[] key, Optional<String> returnPath) {
    return new AlignedDomain(
        "acme.test",
        Optional.of(new SigningKey(selector, Octets.of(key))),
        returnPath,
        Optional.empty());
  }

  private static Author author(Optional<AlignedDomain> domain) {
    return new Author(ANNA, Replies.TO_SHOWN_ADDRESS, domain);
  }

  private Octets compose(Author author) {
    return provider.compose(
        new Message(
            TestWorld.TEAM,
            new MessageId(new UUID(0, 9)),
            Purpose.CORRESPONDENCE,
            Optional.empty(),
            TestWorld.CHANNEL.id(),
            ANNA,
            List.of(new Recipient(Recipient.Role.TO, Mailbox.parse("ben@example.com"))),
            Content.plain("Hello", "Hi there."),
            Map.of(),
            new InternetMessageId("<9@mail.test>"),
            TestWorld.NOW),
        author,
        ChannelSettings.NONE);
  }

  private void send(Author author) {
    var dispatch =
        new Dispatch(
            TestWorld.TEAM,
            new DispatchId(new UUID(0, 8)),
            new MessageId(new UUID(0, 9)),
            ANNA.address(),
            compose(author),
            List.of(
                new Envelope(
                    new DeliveryId(new UUID(0, 7)), EmailAddress.parse("ben@example.com"))),
            new Lane("a lane"),
            Optional.empty(),
            author.domain().flatMap(AlignedDomain::returnPathHost),
            1,
            TestWorld.NOW);
    var _ = provider.transport().attempt(dispatch, TestWorld.CHANNEL, _ -> HandOver.Permission.GO);
  }

  private static String text(Octets octets) throws IOException {
    return new String(octets.toArray(), UTF_8);
  }

  /** A field's value in one line. */
  private static String field(String mail, String name) {
    Matcher field = Pattern.compile("(?m)^" + name + ":((?:.*\r\n[ \t])*.*)").matcher(mail);
    assertThat(field.find()).as(name + " in " + mail).isTrue();
    return field.group(1).replaceAll("\r\n[ \t]", " ").strip();
  }
}
