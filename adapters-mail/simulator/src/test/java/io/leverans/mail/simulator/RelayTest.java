package io.leverans.mail.simulator;

import static io.leverans.mail.simulator.SimulatedCompany.PASSWORD;
import static io.leverans.mail.simulator.SimulatedCompanyTest.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of mail that the company's server has taken. */
class RelayTest {
  private static final String ADA = "ada@acme.test";

  private SimulatedWorld world;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    world = Samples.worldThatSignsInClear();
    client = RawClient.greeted(world.company());
    client.command("AUTH PLAIN " + plain(ADA, PASSWORD));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          user-unknown@c.test      | 5.1.1   | smtp; 550 5.1.1 <user-unknown@c.test>
          user-unknown-long@c.test | 5.1.1   | smtp; 550-5.1.1 There is no mailbox
          relay-denied@c.test      | 5.7.1   | smtp; 554 5.7.1
          spam@c.test              | 5.7.1   | smtp; 554 5.7.1 Looks like spam
          ada@nowhere.invalid      | 5.4.4   | X-Postfix; Domain nowhere.invalid not found
          ada@null-mx.test         | 5.1.10  | X-Postfix; Domain null-mx.test takes no mail
          ada@no-address.test      | 5.4.4   | X-Postfix; Mail server mx.no-address.test
          """)
  void what_the_other_side_refuses_comes_back_to_the_sender(
      String recipient, String status, String diagnostic) throws IOException {
    assertThat(client.send(ADA, recipient, Samples.message("m"))).startsWith("250 2.0.0");

    ArrivedMail report = reports(1).getFirst();
    assertThat(report.returnPath()).isEmpty();
    assertThat(report.client()).isEqualTo("mail.company.test");
    assertThat(text(report))
        .contains("Reporting-MTA: dns; mail.company.test")
        .contains("Final-Recipient: rfc822; " + recipient)
        .contains("Action: failed", "Status: " + status)
        .contains("Diagnostic-Code: " + diagnostic)
        .contains("Message-ID: <m@acme.test>");
    assertThat(world.inbox().mailFor(recipient)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "defer@c.test, 4.3.0",
    "defer-message@c.test, 4.3.2",
    "garbled@c.test, 4.5.0",
    "ada@dns-trouble.test, 4.4.3"
  })
  void what_never_gets_through_is_reported_as_late_and_then_as_failed(
      String recipient, String status) throws IOException {
    client.send(ADA, recipient, Samples.message("m"));

    List<ArrivedMail> reports = reports(2);
    assertThat(text(reports.getLast())).contains("Action: delayed", "Status: " + status);
    assertThat(text(reports.getFirst())).contains("Action: failed", "Status: " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"greylisted", "try-later", "drop-in-data", "drop-after-dot", "no-answer", "slow"})
  void what_gets_through_when_tried_again_arrives_once(String local) throws IOException {
    String recipient = local + "@c.test";

    assertThat(client.send(ADA, recipient, Samples.message("m"))).startsWith("250 2.0.0");

    assertThat(world.inbox().arrivals("<m@acme.test>", recipient)).isEqualTo(1);
  }

  @Test
  void a_recipient_who_bounces_later_does_so_in_the_name_of_the_own_server() throws IOException {
    client.send(ADA, "bounce-postfix@c.test", Samples.message("m"));

    ArrivedMail report = reports(1).getFirst();
    assertThat(report.client()).isEqualTo("mx.c.test");
    assertThat(world.inbox().arrivals("<m@acme.test>", "bounce-postfix@c.test")).isEqualTo(1);
  }

  @Test
  void each_recipient_has_a_fate_of_its_own() throws IOException {
    client.command("MAIL FROM:<ada@acme.test>");
    for (String name : List.of("bob", "user-unknown", "spam", "eve")) {
      client.command("RCPT TO:<" + name + "@c.test>");
    }
    client.command("DATA");
    client.say(Samples.message("m") + "\r\n.\r\n");

    assertThat(client.reply()).startsWith("250 2.0.0");
    assertThat(world.inbox().arrivals("<m@acme.test>"))
        .containsOnlyKeys("bob@c.test", "eve@c.test");
    assertThat(reports(2)).hasSize(2);
  }

  @Test
  void nothing_comes_back_to_nobody() throws IOException {
    client.send("", "user-unknown@c.test", Samples.message("silent"));
    client.send(ADA, "user-unknown@c.test", Samples.message("loud"));

    assertThat(text(reports(1).getFirst())).contains("<loud@acme.test>");
    await().until(() -> world.reports().size() == 1);
  }

  private List<ArrivedMail> reports(int count) {
    return await().until(() -> world.inbox().mailFor(ADA), mails -> mails.size() == count);
  }

  /** The report with its folded fields unfolded. */
  private static String text(ArrivedMail report) {
    return new String(report.raw(), StandardCharsets.UTF_8).replaceAll("\r\n(?=[ \t])", "");
  }
}
