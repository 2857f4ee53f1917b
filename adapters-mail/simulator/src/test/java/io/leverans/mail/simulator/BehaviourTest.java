package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviourTest {
  private SimulatedWorld world;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    world = Samples.fastWorld();
    client = RawClient.greeted(world);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "user-unknown@a.test, USER_UNKNOWN",
    "User-Unknown+42@b.test, USER_UNKNOWN",
    "user-unknown-42@b.test, ACCEPTED",
    "user-unknown-long@a.test, USER_UNKNOWN_LONG",
    "ada@a.test, ACCEPTED",
    "ada+policy@a.test, ACCEPTED",
    "postmaster, ACCEPTED"
  })
  void the_local_part_up_to_a_plus_decides(String address, Behaviour behaviour) {
    assertThat(Behaviour.of(address)).isEqualTo(behaviour);
  }

  @Test
  void every_behaviour_has_a_line_for_people_and_an_address_of_its_own() {
    assertThat(Behaviour.values()).allSatisfy(it -> assertThat(it.summary()).isNotBlank());
    assertThat(Arrays.stream(Behaviour.values()).map(Behaviour::localPart)).doesNotHaveDuplicates();
  }

  @Test
  void the_documentation_tells_what_each_address_does() throws IOException {
    String documentation = Files.readString(Path.of("../../docs/simulator.md"));

    assertThat(Behaviour.values())
        .allSatisfy(
            it -> {
              String address =
                  it == Behaviour.ACCEPTED ? "anything else" : "`" + it.localPart() + "@`";
              assertThat(documentation).contains("| " + address + " | " + it.summary() + " |");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "user-unknown, 550 5.1.1",
    "mailbox-full, 552 5.2.2",
    "mailbox-inactive, 550 5.2.1",
    "mailbox-moved, 551 5.1.6",
    "policy, 550 5.7.1",
    "relay-denied, 554 5.7.1",
    "blocklisted, 554 5.7.1",
    "defer, 451 4.3.0",
    "rate-limited, 450 4.7.28",
    "mailbox-full-for-now, 452 4.2.2",
    "garbled, hello?"
  })
  void these_recipients_are_refused_each_time(String local, String reply) throws IOException {
    for (int i = 0; i < 2; i++) {
      assertThat(client.recipient("a@b.test", local + "+1@c.test")).startsWith(reply);
      client.command("RSET");
    }
    assertThat(world.inbox().total()).isZero();
  }

  @Test
  void a_long_refusal_has_three_lines() throws IOException {
    assertThat(client.recipient("a@b.test", "user-unknown-long@c.test").lines())
        .hasSize(3)
        .allMatch(line -> line.matches("550[- ]5\\.1\\.1 .+"));
  }

  @ParameterizedTest
  @CsvSource({
    "spam, 554 5.7.1",
    "virus, 554 5.7.0",
    "unauthenticated, 550 5.7.26",
    "too-big, 552 5.3.4",
    "defer-message, 451 4.3.2"
  })
  void these_refuse_the_message_and_it_does_not_arrive(String local, String reply)
      throws IOException {
    assertThat(client.send("a@b.test", local + "@c.test", Samples.message("m"))).startsWith(reply);
    assertThat(world.inbox().total()).isZero();
    assertThat(client.command("NOOP")).startsWith("250");
  }

  @Test
  void a_greylisted_recipient_takes_the_second_attempt_of_each_sender() throws IOException {
    assertThat(client.recipient("a@b.test", "greylisted+1@c.test"))
        .isEqualTo("450 4.7.1 <greylisted+1@c.test>: Greylisted, please try again in 2 seconds");
    assertThat(client.command("RCPT TO:<greylisted+1@c.test>")).startsWith("250");
    client.command("RSET");
    assertThat(client.recipient("other@b.test", "greylisted+1@c.test")).startsWith("450");
  }

  @Test
  void a_busy_server_says_421_and_closes_once() throws IOException {
    assertThat(client.recipient("a@b.test", "try-later@c.test"))
        .isEqualTo("421 4.7.0 Too busy, try again in 5 seconds");
    assertThatThrownBy(client::reply).isInstanceOf(EOFException.class);

    try (RawClient again = RawClient.greeted(world)) {
      assertThat(again.send("a@b.test", "try-later@c.test", Samples.message("m")))
          .startsWith("250");
    }
  }

  @Test
  void a_connection_is_dropped_within_the_first_attempt_of_each_sender() throws IOException {
    assertDroppedInData("a@b.test");
    assertDroppedInData("b@b.test");
    assertThat(world.inbox().total()).isZero();

    try (RawClient again = RawClient.greeted(world)) {
      assertThat(again.send("a@b.test", "drop-in-data@c.test", Samples.message("one")))
          .startsWith("250");
    }
    assertThat(world.inbox().arrivals("<one@acme.test>", "drop-in-data@c.test")).isEqualTo(1);
  }

  private void assertDroppedInData(String sender) throws IOException {
    try (RawClient first = RawClient.greeted(world)) {
      first.recipient(sender, "drop-in-data@c.test");
      assertThat(first.command("DATA")).startsWith("354");
      assertThatThrownBy(first::reply).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_connection_dropped_after_the_dot_leaves_the_message_arrived() throws IOException {
    assertThatThrownBy(() -> client.send("a@b.test", "drop-after-dot@c.test", Samples.message("m")))
        .isInstanceOf(EOFException.class);

    assertThat(world.inbox().arrivals("<m@acme.test>", "drop-after-dot@c.test")).isEqualTo(1);
  }

  @Test
  void a_silent_server_has_the_message_and_keeps_the_connection() throws IOException {
    client.recipient("a@b.test", "no-answer@c.test");
    client.command("DATA");
    client.socket().setSoTimeout(300);
    client.say(Samples.message("m") + "\r\n.\r\n");

    assertThatThrownBy(client::reply).isInstanceOf(SocketTimeoutException.class);
    assertThat(world.inbox().arrivals("<m@acme.test>", "no-answer@c.test")).isEqualTo(1);
  }

  @Test
  void a_slow_recipient_takes_its_time_twice() throws IOException {
    long start = System.nanoTime();

    assertThat(client.send("a@b.test", "slow@c.test", Samples.message("m"))).startsWith("250");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(99));
  }

  @Test
  void everybody_else_takes_the_mail() throws IOException {
    assertThat(client.send("a@b.test", "ada@c.test", Samples.message("m"))).startsWith("250 2.0.0");
  }
}
