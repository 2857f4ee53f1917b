package io.leverans.mail.simulator;

import static io.leverans.mail.simulator.SimulatedCompany.PASSWORD;
import static io.leverans.mail.simulator.SimulatedCompanyTest.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuirkTest {
  private SimulatedWorld world;

  @BeforeEach
  void start() throws IOException {
    world = Samples.worldThatSignsInClear();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void the_documentation_tells_what_each_user_meets() throws IOException {
    String documentation = Files.readString(Path.of("../../docs/simulator.md"));

    assertThat(Quirk.values())
        .allSatisfy(
            it ->
                assertThat(documentation)
                    .contains("| `" + it.label() + "@` | " + it.summary() + " |"));
    assertThat(Arrays.stream(Quirk.values()).map(Quirk::label)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"locked@acme.test", "Locked+2@company.test", "locked"})
  void the_user_name_up_to_a_plus_decides(String user) {
    assertThat(Quirk.ofUser(user)).containsExactly(Quirk.LOCKED);
    assertThat(Quirk.ofUser("un" + user)).isEmpty();
  }

  @Test
  void the_first_label_of_the_client_decides_too() throws IOException {
    assertThat(Quirk.ofClient("No-UTF8.acme.test")).containsExactly(Quirk.NO_UTF8);
    try (RawClient client = RawClient.connect(world.company().startTlsAddress())) {
      client.reply();
      assertThat(client.command("EHLO no-utf8.acme.test")).doesNotContain("UTF8", "8BITMIME");
      assertThat(client.command("EHLO size-small.acme.test")).contains("SIZE 10000", "SMTPUTF8");
    }
  }

  @Test
  void a_user_with_one_address_sends_from_no_other() throws IOException {
    try (RawClient client = signedIn("own-sender-only@acme.test")) {
      assertThat(client.command("MAIL FROM:<ada@acme.test>"))
          .isEqualTo("550 5.7.60 SMTP; Client does not have permissions to send as this sender");
      assertThat(client.command("MAIL FROM:<Own-Sender-Only@acme.test>")).startsWith("250");
    }
  }

  @Test
  void a_busy_server_takes_three_messages_a_connection() throws IOException {
    try (RawClient client = signedIn("busy-after-3@acme.test")) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send("a@acme.test", "b@c.test", Samples.message("m" + i)))
            .startsWith("250 2.0.0");
      }
      assertThat(client.command("MAIL FROM:<a@acme.test>")).startsWith("421 4.7.0");
      assertThatThrownBy(client::reply).isInstanceOf(EOFException.class);
    }
    assertThat(world.inbox().total()).isEqualTo(3);
  }

  @Test
  void one_recipient_of_three_is_put_off_once() throws IOException {
    try (RawClient client = signedIn("one-of-three@acme.test")) {
      client.command("MAIL FROM:<a@acme.test>");
      List<String> first = recipients(client, "1", "2", "3", "4", "5", "6");
      client.command("RSET");
      client.command("MAIL FROM:<a@acme.test>");
      List<String> again = recipients(client, "1", "2", "3");

      assertThat(first).containsExactly("250", "250", "451", "250", "250", "451");
      assertThat(again).containsExactly("250", "250", "250");
    }
  }

  private static List<String> recipients(RawClient client, String... names) throws IOException {
    List<String> codes = new ArrayList<>();
    for (String name : names) {
      codes.add(client.command("RCPT TO:<" + name + "@c.test>").substring(0, 3));
    }
    return codes;
  }

  @Test
  void a_library_sends_to_the_others_of_three() {
    assertThatThrownBy(
            () ->
                CompanyClient.of(world)
                    .set("sendpartial", "true")
                    .send("one-of-three@acme.test", PASSWORD, "a@c.test", "b@c.test", "d@c.test"))
        .isInstanceOf(SendFailedException.class)
        .hasStackTraceContaining("451 4.3.0 <d@c.test>");
    assertThat(world.inbox().newest().map(ArrivedMail::recipient))
        .containsExactlyInAnyOrder("a@c.test", "b@c.test");
  }

  @Test
  void a_locked_user_never_signs_in() {
    assertThatThrownBy(() -> CompanyClient.of(world).send("locked@acme.test", PASSWORD, "b@c.test"))
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageContaining("535 5.7.139");
  }

  @Test
  void a_trouble_that_passes_is_over_at_the_second_attempt() throws Exception {
    CompanyClient client = CompanyClient.of(world);
    assertThatThrownBy(() -> client.send("temporary-auth@acme.test", PASSWORD, "b@c.test"))
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("454 4.7.0");

    client.send("temporary-auth@acme.test", PASSWORD, "b@c.test");

    assertThat(world.inbox().total()).isEqualTo(1);
  }

  @Test
  void a_small_size_is_offered_and_held_to() throws IOException {
    try (RawClient client = signedIn("size-small@acme.test")) {
      assertThat(client.command("EHLO client.test")).contains("250-SIZE 10000");
      assertThat(client.command("MAIL FROM:<a@acme.test> SIZE=10001")).startsWith("552 5.3.4");
      String large = Samples.message("large") + "x".repeat(10_000);
      assertThat(client.send("a@acme.test", "b@c.test", large)).startsWith("552 5.3.4");
      assertThat(client.send("a@acme.test", "b@c.test", Samples.message("m"))).startsWith("250");
    }
    assertThat(world.inbox().total()).isEqualTo(1);
  }

  @Test
  void an_old_server_takes_ascii_only() throws IOException {
    try (RawClient client = signedIn("no-utf8@acme.test")) {
      assertThat(client.command("MAIL FROM:<a@acme.test> SMTPUTF8")).startsWith("555 5.5.4");
      assertThat(client.command("MAIL FROM:<a@acme.test> BODY=8BITMIME")).startsWith("555 5.5.4");
      assertThat(client.command("MAIL FROM:<ö@acme.test>")).startsWith("550 5.6.7");
      assertThat(client.recipient("a@acme.test", "ö@c.test")).startsWith("553 5.6.7");
      client.command("RSET");
      assertThat(client.send("a@acme.test", "b@c.test", Samples.message("m") + "ö"))
          .startsWith("554 5.6.1");
      assertThat(client.send("a@acme.test", "b@c.test", Samples.message("m"))).startsWith("250");
    }
  }

  @Test
  void a_server_that_hangs_has_the_message() throws IOException {
    try (RawClient client = signedIn("hangs-after-dot@acme.test")) {
      client.recipient("a@acme.test", "b@c.test");
      client.command("DATA");
      client.socket().setSoTimeout(300);
      client.say(Samples.message("m") + "\r\n.\r\n");

      assertThatThrownBy(client::reply).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(world.inbox().arrivals("<m@acme.test>", "b@c.test")).isEqualTo(1);
  }

  @Test
  void a_server_that_drops_the_connection_has_the_message() throws IOException {
    try (RawClient client = signedIn("drop-after-dot@acme.test")) {
      assertThatThrownBy(() -> client.send("a@acme.test", "b@c.test", Samples.message("m")))
          .isInstanceOf(EOFException.class);
    }
    assertThat(world.inbox().arrivals("<m@acme.test>", "b@c.test")).isEqualTo(1);
  }

  private RawClient signedIn(String user) throws IOException {
    RawClient client = RawClient.greeted(world.company());
    assertThat(client.command("AUTH PLAIN " + plain(user, PASSWORD))).startsWith("235 2.7.0");
    return client;
  }
}
