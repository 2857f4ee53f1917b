package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.mail.simulator.ArrivedMail.LineEnds;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpConversationTest {
  private SimulatedWorld world;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    world = Samples.fastWorld();
    client = RawClient.connect(world.smtpAddress());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    world.close();
  }

  @Test
  void the_greeting_and_the_extensions_are_told() throws IOException {
    assertThat(client.reply()).startsWith("220 mx.simulated.test ESMTP");
    assertThat(client.command("EHLO client.test"))
        .contains("250-SIZE 52428800", "250-8BITMIME", "250-SMTPUTF8", "250-PIPELINING")
        .contains("250-STARTTLS")
        .endsWith("250 ENHANCEDSTATUSCODES");
    assertThat(client.command("HELO client.test")).isEqualTo("250 mx.simulated.test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EHLO                                      | 501 5.5.4
          BDAT 5 LAST                               | 500 5.5.1
          MAIL FROM: <a@b.test>                     | 501 5.1.7
          MAIL FROM:a@b.test                        | 501 5.1.7
          MAIL FROM:<a@b.test>SIZE=5                | 501 5.1.7
          MAIL FROM:<a b@b.test>                    | 501 5.1.7
          MAIL FROM:<a@>                            | 501 5.1.7
          MAIL FROM:<a@b.test> FOO=BAR              | 555 5.5.4
          MAIL FROM:<a@b.test> SIZE=99999999        | 552 5.3.4
          MAIL FROM:<ö@b.test>                      | 550 5.6.7
          MAIL FROM:<ö@b.test> SMTPUTF8             | 250 2.1.0
          mail from:<a@b.test> size=10 body=8bitmime | 250 2.1.0
          MAIL FROM:<"a > b"@b.test>                | 250 2.1.0
          MAIL FROM:<>                              | 250 2.1.0
          RCPT TO:<a@b.test>                        | 503 5.5.1
          DATA                                      | 503 5.5.1
          RSET                                      | 250 2.0.0
          RSET now                                  | 501 5.5.4
          NOOP                                      | 250 2.0.0
          VRFY ada                                  | 252 2.1.5
          QUIT                                      | 221 2.0.0
          """)
  void a_greeted_client_gets_this_answer(String command, String answer) throws IOException {
    client.reply();
    client.command("EHLO client.test");

    assertThat(client.command(command)).startsWith(answer);
  }

  @Test
  void commands_out_of_order_are_refused() throws IOException {
    client.reply();
    assertThat(client.command("MAIL FROM:<a@b.test>")).startsWith("503");
    client.command("EHLO client.test");
    assertThat(client.command("MAIL FROM:<a@b.test>")).startsWith("250");
    assertThat(client.command("MAIL FROM:<a@b.test>")).startsWith("503");
    assertThat(client.command("DATA")).startsWith("554");
    assertThat(client.command("RCPT TO:<>")).startsWith("501");
    assertThat(client.command("RCPT TO:<postmaster>")).startsWith("250");
  }

  @Test
  void a_command_without_carriage_return_is_refused() throws IOException {
    client.reply();
    client.say("EHLO client.test\n");
    assertThat(client.reply()).startsWith("500 5.5.2");
    client.say("x".repeat(200_000) + "\r\n");
    assertThat(client.reply()).isEqualTo("500 5.5.2 Line too long");
  }

  @Test
  void a_pipelined_transaction_is_answered_in_order() throws IOException {
    client.reply();
    client.command("EHLO client.test");
    client.say(
        "MAIL FROM:<a@b.test>\r\nRCPT TO:<user-unknown@c.test>\r\nRCPT TO:<x@c.test>\r\nDATA\r\n");

    assertThat(client.reply()).startsWith("250 2.1.0");
    assertThat(client.reply()).startsWith("550 5.1.1");
    assertThat(client.reply()).startsWith("250 2.1.5");
    assertThat(client.reply()).startsWith("354");
    client.say("\r\nhello\r\n.\r\nQUIT\r\n");
    assertThat(client.reply()).startsWith("250 2.0.0");
    assertThat(client.reply()).startsWith("221");
  }

  @Test
  void a_message_is_kept_byte_by_byte_with_its_dots() throws IOException {
    client.reply();
    client.command("EHLO client.test");
    String body = "\r\n.one\r\n..two\r\n.\rthree\r\n" + "long ".repeat(30_000) + "\r\nend";

    String stuffed = body.replace("\r\n.", "\r\n..");
    assertThat(client.send("a@b.test", "x@c.test", stuffed)).startsWith("250");

    ArrivedMail mail = world.inbox().mailFor("X@c.test").getFirst();
    assertThat(new String(mail.raw(), StandardCharsets.UTF_8)).isEqualTo(body + "\r\n");
    assertThat(mail.returnPath()).isEqualTo("a@b.test");
    assertThat(mail.client()).isEqualTo("client.test");
    assertThat(mail.tls()).isEmpty();
  }

  @Test
  void a_message_in_single_bytes_is_read_like_any_other() throws IOException {
    client.reply();
    client.command("EHLO client.test");
    client.recipient("a@b.test", "x@c.test");
    client.command("DATA");
    for (char c : "A: b\r\n\r\n..\r\n.x\r.\r\n\n.\r\n.\r\n".toCharArray()) {
      client.say(String.valueOf(c));
    }

    assertThat(client.reply()).startsWith("250");
    assertThat(world.inbox().mailFor("x@c.test").getFirst().raw())
        .isEqualTo("A: b\r\n\r\n.\r\nx\r.\r\n\n.\r\n".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "'\n.\n', 2, 0",
    "'\n.\r\n', 1, 0",
    "'\r.\r', 0, 1",
    "'\r\n.\n', 1, 0",
    "'\r\n.\r', 0, 0",
    "'\r.\r\n', 0, 1"
  })
  void nothing_but_a_dot_between_two_crlf_ends_a_message(String trick, int lineFeeds, int returns)
      throws IOException {
    client.reply();
    client.command("EHLO client.test");

    String reply = client.send("a@b.test", "x@c.test", "A: b\r\n\r\none" + trick + "two");

    assertThat(reply).startsWith("250");
    assertThat(world.inbox().total()).isEqualTo(1);
    LineEnds found = world.inbox().mailFor("x@c.test").getFirst().lineEnds();
    assertThat(found.bareLineFeeds()).isEqualTo(lineFeeds);
    assertThat(found.bareCarriageReturns()).isGreaterThanOrEqualTo(returns);
  }

  @Test
  void one_message_arrives_for_each_of_its_recipients() throws IOException {
    client.reply();
    client.command("EHLO client.test");
    client.recipient("a@b.test", "x@c.test");
    client.command("RCPT TO:<y@c.test>");
    client.command("DATA");
    client.say(Samples.message("two") + "\r\n.\r\n");

    assertThat(client.reply()).startsWith("250");
    assertThat(world.inbox().arrivals("<two@acme.test>")).containsOnlyKeys("x@c.test", "y@c.test");
  }

  @Test
  void a_thousand_recipients_are_enough() throws IOException {
    client.reply();
    client.command("EHLO client.test");
    client.command("MAIL FROM:<a@b.test>");
    for (int i : IntStream.range(0, 1000).toArray()) {
      assertThat(client.command("RCPT TO:<r" + i + "@c.test>")).startsWith("250");
    }

    assertThat(client.command("RCPT TO:<more@c.test>")).startsWith("452 4.5.3");
  }

  @Test
  void nothing_that_came_before_the_handshake_counts_after_it() throws IOException {
    client.reply();
    client.command("EHLO client.test");
    client.say("STARTTLS\r\nMAIL FROM:<evil@b.test>\r\n");

    assertThat(client.reply()).startsWith("554");
    assertThatThrownBy(client::reply).isInstanceOf(EOFException.class);
  }
}
