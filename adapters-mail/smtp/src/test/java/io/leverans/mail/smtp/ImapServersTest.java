package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.mail.conversation.ServerKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a visitor speaks with, and how. */
class ImapServersTest extends ImapVisits {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO [AUTHENTICATIONFAILED] Wrong | CREDENTIALS_REFUSED
          NO wrong                        | CREDENTIALS_REFUSED
          NO [UNAVAILABLE] try later      | REMOTE_SYSTEM_ERROR
          NO [LIMIT] too many             | REMOTE_SYSTEM_ERROR
          """)
  void a_refused_sign_in_is_told_in_the_servers_words(String refusal, Cause cause) {
    server.password = "another";
    server.refusal = refusal;

    assertThat(visit())
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> {
              assertThat(prevented.fault().cause()).isEqualTo(cause);
              assertThat(prevented.fault().words()).contains(refusal).doesNotContain("secret");
            });
  }

  @Test
  void who_offers_no_better_way_is_told_user_and_password_by_login() {
    server.capabilities = "IMAP4rev1";
    server.add(bounce("anna@example.com"));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(1);
    assertThat(server.commands("LOGIN")).hasSize(1);
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThat(mailbox().visit(channel("imap-folder", "Bounces"), Optional.empty(), book))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.fault().words()).contains("Bounces", "no such"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000000000", "9999999999"})
  void what_a_server_announces_takes_no_memory(String announced) {
    server.add(bounce("anna@example.com"));
    server.announced = announced;

    assertThat(visit()).isInstanceOf(Visit.Prevented.class);
    assertThat(book.reports()).isEmpty();
  }

  @Test
  void encryption_is_demanded_of_a_server_that_proves_who_it_is() {
    try (var encrypting = new TestImap(true)) {
      encrypting.add(bounce("anna@example.com"));
      String port = String.valueOf(encrypting.port());
      List<Visit> visits = new ArrayList<>();
      for (String[] trust :
          List.of(
              new String[] {"imap-security", "tls", "imap-port", port},
              new String[] {
                "imap-security",
                "tls",
                "imap-port",
                port,
                "imap-certificate-sha256",
                ServerKeys.OF_THE_COMPANY.fingerprint()
              })) {
        visits.add(mailbox().visit(channel(trust), Optional.empty(), book));
      }

      assertThat(visits.getFirst())
          .isInstanceOfSatisfying(
              Visit.Prevented.class,
              prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.TLS_FAILURE));
      assertThat(visits.getLast()).isEqualTo(new Visit.Over());
      assertThat(book.reports()).hasSize(1);
    }
  }

  @Test
  void starttls_is_demanded_where_it_was_chosen() {
    server.capabilities = "IMAP4rev1 AUTH=PLAIN STARTTLS";
    server.add(bounce("anna@example.com"));
    String pin = ServerKeys.OF_THE_COMPANY.fingerprint();

    assertThat(
            mailbox()
                .visit(
                    channel("imap-security", "starttls", "imap-certificate-sha256", pin),
                    Optional.empty(),
                    book))
        .isEqualTo(new Visit.Over());
    server.capabilities = "IMAP4rev1 AUTH=PLAIN";
    assertThat(
            mailbox()
                .visit(
                    channel("imap-security", "starttls", "imap-certificate-sha256", pin),
                    Optional.empty(),
                    book))
        .isInstanceOf(Visit.Prevented.class);

    assertThat(book.reports()).hasSize(1);
    assertThat(server.commands("AUTHENTICATE")).hasSize(1);
  }

  @Test
  void a_host_in_a_network_of_the_platforms_is_not_connected_to() {
    try (SmtpProvider strict = world.provider("networks", "public")) {
      assertThat(strict.mailbox().orElseThrow().visit(channel(), Optional.empty(), book))
          .isInstanceOfSatisfying(
              Visit.Prevented.class,
              prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.POLICY));
      assertThat(server.commands()).isEmpty();
    }
  }

  @Test
  void nobody_looks_into_the_mailbox_of_a_channel_whose_owner_did_not_say_so() {
    OpenChannel unasked =
        TestWorld.channel(
            provider,
            "host",
            "mail.test",
            "username",
            "sandy@acme.example",
            "password",
            "secret",
            "imap-port",
            String.valueOf(server.port()));

    assertThat(mailbox().visit(unasked, Optional.empty(), book)).isEqualTo(new Visit.Over());
    assertThat(server.commands()).isEmpty();
  }
}
