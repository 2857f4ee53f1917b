package io.leverans.mail.msc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.delivery.DeliveryId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BounceListenerTest {
  private static final DeliveryId DELIVERY = new DeliveryId(UUID.randomUUID());

  private final TestWorld world = new TestWorld();
  private final List<IncomingReport> stored = new CopyOnWriteArrayList<>();
  private final String token = token(Duration.ZERO);
  private MscProvider provider = world.provider();
  private AutoCloseable open = () -> {};
  private volatile boolean broken;
  private volatile Receipt receipt = Receipt.STORED;

  @BeforeEach
  void open() {
    open = provider.bounces().orElseThrow().open(this::receive);
  }

  @AfterEach
  void close() throws Exception {
    open.close();
    provider.close();
  }

  @Test
  void a_report_for_a_token_is_stored_as_it_came_and_linked() {
    try (RawClient client = client()) {
      assertThat(mail(client, token + "@mail.test", "Subject: x\r\n\r\n..dot\r\n"))
          .startsWith("250");
      assertThat(client.say("QUIT")).startsWith("221");
    }
    assertThat(stored).hasSize(1);
    assertThat(stored.getFirst().link()).isEqualTo(new Link.Genuine(TestWorld.TEAM, DELIVERY));
    assertThat(stored.getFirst().envelopeRecipient()).isEqualTo(token + "@mail.test");
    assertThat(raw(0)).isEqualTo("Subject: x\r\n\r\n.dot\r\n");
  }

  @Test
  void an_expired_token_is_taken_and_told_apart() {
    try (RawClient client = client()) {
      String old = token(Duration.ofDays(40));
      assertThat(mail(client, old.toUpperCase(Locale.ROOT) + "@MAIL.test", "x\r\n"))
          .startsWith("250");
    }
    assertThat(stored.getFirst().link()).isEqualTo(new Link.Expired(TestWorld.TEAM, DELIVERY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster@mail.test", "Abuse@Mail.Test", "postmaster"})
  void the_addresses_of_every_domain_are_there(String address) {
    try (RawClient client = client()) {
      assertThat(mail(client, address, "x\r\n")).startsWith("250");
    }
    assertThat(stored.getFirst().link()).isEqualTo(new Link.None());
  }

  @Test
  void mail_to_postmaster_is_linked_by_a_token_that_it_holds() {
    String mail =
        """
        Subject: your mail\r
        Content-Type: text/plain\r
        \r
        This was in it: Leverans-Delivery: %s\r
        """
            .formatted(token);
    try (RawClient client = client()) {
      assertThat(mail(client, "postmaster@mail.test", mail)).startsWith("250");
    }
    assertThat(stored.getFirst().link()).isEqualTo(new Link.Genuine(TestWorld.TEAM, DELIVERY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@mail.test",
        "postmaster@example.com",
        "b.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@mail.test",
        "b.@mail.test",
        ""
      })
  void nobody_else_is(String address) {
    try (RawClient client = client()) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<" + address + ">")).startsWith("550 5.1.1");
      assertThat(client.say("DATA")).startsWith("503");
    }
  }

  @Test
  void a_genuine_token_is_taken_at_a_sender_domain_too() {
    try (RawClient client = client()) {
      assertThat(mail(client, token + "@bounces.customer.test", "x\r\n")).startsWith("250");
    }
    assertThat(stored.getFirst().link()).isEqualTo(new Link.Genuine(TestWorld.TEAM, DELIVERY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MAILER-DAEMON@example.com", "not an address", "jörg@bücher.example"})
  void any_sender_may_report(String sender) {
    try (RawClient client = client()) {
      client.say("EHLO client.test");
      assertThat(client.say("MAIL FROM:<" + sender + "> SIZE=100 BODY=8BITMIME")).startsWith("250");
    }
  }

  @Test
  void a_report_that_cannot_be_kept_has_to_come_again() {
    try (RawClient client = client()) {
      receipt = Receipt.NOT_STORED;
      assertThat(mail(client, token + "@mail.test", "x\r\n")).startsWith("451 4.3.0");
      broken = true;
      assertThat(mail(client, token + "@mail.test", "x\r\n")).startsWith("451 4.3.0");
      broken = false;
      receipt = Receipt.STORED;
      assertThat(mail(client, token + "@mail.test", "x\r\n")).startsWith("250");
    }
    assertThat(stored).hasSize(1);
  }

  @Test
  void a_report_is_stored_before_it_is_answered_for() {
    try (RawClient client = client()) {
      mail(client, token + "@mail.test", "x\r\n");
      assertThat(stored).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n.\n", "\r\n.\n", "\n.\r\n", "\r.\r", "\r\n.\r", "\n.\r"})
  void a_bare_line_break_never_ends_a_message(String end) {
    try (RawClient client = client()) {
      begin(client, token + "@mail.test");
      String smuggled = "first" + end + "MAIL FROM:<evil@example.com>\r\nsecond\r\n";
      client.write(smuggled + ".\r\n");
      assertThat(client.reply()).startsWith("250");
      assertThat(client.say("NOOP")).startsWith("250");
    }
    assertThat(stored).hasSize(1);
    assertThat(raw(0)).startsWith("first").endsWith("second\r\n");
  }

  @Test
  void a_command_that_ends_with_a_bare_line_feed_is_none() {
    try (RawClient client = client()) {
      client.say("EHLO client.test");
      client.write("MAIL FROM:<a@example.com>\nRCPT TO:<postmaster@mail.test>\r\n");
      assertThat(client.reply()).startsWith("501");
      assertThat(client.reply()).isEqualTo("closed");
    }
  }

  @Test
  void a_connection_that_breaks_within_a_report_leaves_nothing() {
    try (RawClient client = client()) {
      begin(client, token + "@mail.test");
      client.write("half a rep");
    }
    try (RawClient client = client()) {
      mail(client, token + "@mail.test", "whole\r\n");
    }
    assertThat(stored).hasSize(1);
    assertThat(raw(0)).isEqualTo("whole\r\n");
  }

  @Test
  void chunks_are_not_offered_and_not_taken() {
    try (RawClient client = client()) {
      client.write("EHLO client.test\r\n");
      assertThat(client.reply()).isEqualTo("250 SMTPUTF8");
      client.say("MAIL FROM:<>");
      client.say("RCPT TO:<" + token + "@mail.test>");
      assertThat(client.say("BDAT 100 LAST")).startsWith("502");
      assertThat(client.reply()).isEqualTo("closed");
    }
    assertThat(stored).isEmpty();
  }

  @Test
  void a_report_that_is_too_long_is_refused_and_the_next_one_is_not() throws Exception {
    reopen("report-size", "64KB");
    try (RawClient client = client()) {
      client.say("EHLO client.test");
      assertThat(client.say("MAIL FROM:<> SIZE=70000")).startsWith("552");
      String line = "x".repeat(998) + "\r\n";
      assertThat(mail(client, token + "@mail.test", line.repeat(70))).startsWith("552 5.3.4");
      assertThat(mail(client, token + "@mail.test", "x\r\n")).startsWith("250");
    }
    assertThat(stored).hasSize(1);
  }

  @Test
  void more_than_ten_recipients_are_too_many() {
    try (RawClient client = client()) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<>");
      for (int i = 0; i < 10; i++) {
        assertThat(client.say("RCPT TO:<postmaster@mail.test>")).startsWith("250");
      }
      assertThat(client.say("RCPT TO:<postmaster@mail.test>")).startsWith("452");
    }
  }

  @Test
  void who_guesses_addresses_is_cut_off() {
    try (RawClient client = client()) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<>");
      for (int i = 0; i < 20; i++) {
        assertThat(client.say("RCPT TO:<a" + i + "@mail.test>")).startsWith("550");
      }
      assertThat(client.say("RCPT TO:<a@mail.test>")).startsWith("421");
      assertThat(client.reply()).isEqualTo("closed");
    }
  }

  @Test
  void too_many_connections_of_one_host_are_turned_away() throws Exception {
    reopen("bounce-connections-per-host", "3");
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(client());
      assertThat(clients.get(i).greeting()).startsWith("220");
    }
    try (RawClient oneMore = client()) {
      assertThat(oneMore.greeting()).startsWith("421");
    }
    clients.forEach(RawClient::close);
    await()
        .untilAsserted(
            () -> {
              try (RawClient again = client()) {
                assertThat(again.greeting()).startsWith("220");
              }
            });
  }

  @Test
  void too_many_connections_in_all_are_turned_away() throws Exception {
    reopen("bounce-connections", "2");
    try (RawClient one = client();
        RawClient two = client();
        RawClient three = client()) {
      assertThat(one.greeting()).startsWith("220");
      assertThat(two.greeting()).startsWith("220");
      assertThat(three.greeting()).startsWith("421");
    }
  }

  private Receipt receive(IncomingReport report) {
    if (broken) {
      throw new IllegalStateException("no database");
    }
    if (receipt == Receipt.STORED) {
      stored.add(report);
    }
    return receipt;
  }

  private void reopen(String key, String value) throws Exception {
    close();
    provider = world.provider(key, value);
    open();
  }

  private RawClient client() {
    return new RawClient(provider.bounceAddress().orElseThrow());
  }

  private String token(Duration age) {
    return world.tokens().tokenFor(TestWorld.TEAM, DELIVERY, TestWorld.NOW.minus(age));
  }

  private static void begin(RawClient client, String recipient) {
    client.say("EHLO client.test");
    client.say("MAIL FROM:<>");
    assertThat(client.say("RCPT TO:<" + recipient + ">")).startsWith("250");
    assertThat(client.say("DATA")).startsWith("354");
  }

  private static String mail(RawClient client, String recipient, String content) {
    begin(client, recipient);
    client.write(content + ".\r\n");
    return client.reply();
  }

  private String raw(int index) {
    try {
      return new String(stored.get(index).raw().toArray(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
