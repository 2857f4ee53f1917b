package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.domain.channel.Capabilities.BounceCapture;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.mail.conversation.ServerKeys;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is filled in to have bounces read in a mailbox. */
class MailboxFieldsTest {
  private static final ConsentRequest REQUEST =
      new ConsentRequest(
          "state", URI.create("https://platform.test/connect/callback"), "v".repeat(43), "nonce");

  private final TestWorld world = new TestWorld();
  private final SmtpProvider provider =
      world.provider("microsoft-client-id", "platform", "microsoft-client-secret", "open sesame");

  @AfterEach
  void close() {
    provider.close();
    world.close();
  }

  private static Map<String, String> sending(String... more) {
    Map<String, String> fields =
        new HashMap<>(
            TestWorld.pairs(
                "host", "mail.example.com",
                "username", "sandy@acme.example",
                "password", "secret",
                "bounces", "mailbox"));
    fields.putAll(TestWorld.pairs(more));
    return fields;
  }

  private FilledIn.Complete complete(String... more) {
    return (FilledIn.Complete) provider.read(sending(more));
  }

  private List<String> problems(String... more) {
    return provider.read(sending(more)) instanceof FilledIn.Faulty(var problems)
        ? problems.stream().map(FieldProblem::field).toList()
        : List.of();
  }

  @Test
  void an_authority_may_be_there_for_the_mailbox_alone() {
    String authority = ServerKeys.authority();
    assertThat(problems("security", "none", "imap-security", "tls", "ca", authority)).isEmpty();
    assertThat(problems("security", "none", "imap-security", "none", "ca", authority))
        .containsExactly("ca");
  }

  @Test
  void what_is_left_empty_is_as_for_sending() {
    assertThat(complete().settings().values())
        .containsEntry("bounces", "mailbox")
        .containsEntry("imap-host", "mail.example.com")
        .containsEntry("imap-port", "993")
        .containsEntry("imap-security", "tls")
        .containsEntry("imap-folder", "INBOX")
        .doesNotContainKey("imap-username");
    assertThat(complete().secrets()).containsOnlyKeys("password");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -   | -        | 993 | tls
          143 | -        | 143 | starttls
          -   | starttls | 143 | starttls
          -   | none     | 143 | none
          10993 | -      | 10993 | tls
          """)
  void port_and_encryption_are_what_is_usual(
      String port, String security, String readPort, String readSecurity) {
    assertThat(
            complete(
                    "imap-port", port == null ? "" : port,
                    "imap-security", security == null ? "" : security)
                .settings()
                .values())
        .containsEntry("imap-port", readPort)
        .containsEntry("imap-security", readSecurity);
  }

  @Test
  void a_well_known_servers_mailboxes_are_found_where_they_are() {
    assertThat(complete("host", "smtp.fastmail.com").settings().find("imap-host"))
        .contains("imap.fastmail.com");
  }

  @Test
  void a_password_of_its_own_is_kept_as_a_secret() {
    FilledIn.Complete read =
        complete("imap-username", "bounces@acme.example", "imap-password", "another");

    assertThat(read.secrets())
        .containsEntry("password", "secret")
        .containsEntry("imap-password", "another");
    assertThat(read.settings().values())
        .containsEntry("imap-username", "bounces@acme.example")
        .doesNotContainValue("another");
  }

  @Test
  void it_is_off_unless_somebody_says_so_and_then_nothing_is_left_of_it() {
    FilledIn.Complete read = complete("bounces", "off", "imap-password", "another");

    assertThat(read.settings().values().keySet()).noneMatch(name -> name.startsWith("imap-"));
    assertThat(read.secrets()).containsOnlyKeys("password");
    assertThat(provider.capabilities(read.settings()).bounceCapture())
        .isEqualTo(BounceCapture.TO_SENDERS_MAILBOX);
    assertThat(provider.capabilities(complete().settings()).bounceCapture())
        .isEqualTo(BounceCapture.FROM_SENDERS_MAILBOX);
    assertThat(provider.capabilities(ChannelSettings.NONE).bounceCapture())
        .isEqualTo(BounceCapture.TO_SENDERS_MAILBOX);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          bounces,                 somewhere
          verp,                    on
          imap-host,               me@example.com
          imap-port,               70000
          imap-security,           maybe
          imap-folder,             Zurückgewiesen
          imap-certificate-sha256, abc
          imap-username,           other@acme.example
          """)
  void what_cannot_work_is_told(String field, String value) {
    String told =
        switch (field) {
          case "verp" -> "bounces";
          case "imap-username" -> "imap-password";
          default -> field;
        };
    assertThat(problems(field, value)).contains(told);
  }

  @Test
  void a_mailbox_needs_somebody_to_sign_in_as() {
    assertThat(problems("username", "", "password", "")).contains("imap-password");
  }

  @Test
  void access_of_the_providers_page_goes_to_the_providers_own_mailboxes_alone() {
    Map<String, String> fields =
        TestWorld.pairs("host", "smtp.office365.com", "auth", "oauth", "bounces", "mailbox");
    assertThat(provider.read(fields))
        .isInstanceOfSatisfying(
            FilledIn.NeedsConsent.class,
            read ->
                assertThat(read.settings().find("imap-host")).contains("outlook.office365.com"));

    Map<String, String> elsewhere = new HashMap<>(fields);
    elsewhere.put("imap-host", "imap.thief.example");

    assertThat(provider.read(elsewhere))
        .isInstanceOfSatisfying(
            FilledIn.Faulty.class,
            read -> assertThat(read.problems().getFirst().field()).isEqualTo("imap-host"));
  }

  @Test
  void leave_to_read_the_mailbox_is_asked_for_only_where_it_is_to_be_read() {
    for (String choice : List.of("off", "mailbox")) {
      var settings =
          new ChannelSettings(
              TestWorld.pairs("host", "smtp.office365.com", "auth", "oauth", "bounces", choice));
      String page = provider.consent().orElseThrow().page(settings, REQUEST).toString();

      assertThat(page.contains("IMAP.AccessAsUser.All")).isEqualTo(choice.equals("mailbox"));
    }
  }
}
