package io.leverans.mail.smtp.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.mail.conversation.ServerAddress;
import io.leverans.mail.conversation.Transcript;
import io.leverans.mail.smtp.imap.ImapSession.Answer;
import io.leverans.mail.smtp.imap.ImapSession.Wait;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server can do to whoever talks with it. */
class ImapSessionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> searches = new CopyOnWriteArrayList<>();
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  /** Says the first once, and then the other without end. */
  private void babble(String first, String again) {
    byte[] said = (again + "\r\n").repeat(20).getBytes(ISO_8859_1);
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = listener.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write(first.getBytes(ISO_8859_1));
                while (true) {
                  out.write(said);
                }
              } catch (IOException _) {
                // whoever listened has gone
              }
            });
  }

  private ImapLink link() throws IOException {
    return ImapLink.open(
        new ServerAddress("mail.test", InetAddress.getLoopbackAddress(), listener.getLocalPort()),
        PATIENCE,
        PATIENCE,
        new Transcript());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * 1 EXISTS | without an end
          + go on    | again and again
          """)
  void an_answer_without_end_is_broken_off(String line, String words) throws IOException {
    babble("", line);
    try (ImapLink link = link()) {
      var session = new ImapSession(link);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> session.command("EXAMINE INBOX"))
          .withMessageContaining(words);
    }
  }

  @Test
  void an_answer_that_would_fill_the_memory_is_broken_off() throws IOException {
    babble("", "* " + "x".repeat(500_000));
    try (ImapLink link = link()) {
      var session = new ImapSession(link);

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> session.command("EXAMINE INBOX"))
          .withMessageContaining("far more than it was asked for");
    }
  }

  @Test
  void a_server_that_always_talks_while_somebody_waits_does_not_hold_them() throws IOException {
    babble("+ idling\r\n", "* OK still here");
    try (ImapLink link = link()) {
      var session = new ImapSession(link);
      var asked = new AtomicInteger();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                Wait _ =
                    session.idle(
                        Duration.ofMillis(20),
                        () -> asked.incrementAndGet() == 3 ? Stay.LEAVE : Stay.GO_ON);
              })
          .withMessageContaining("without an end");
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void a_folder_of_any_size_is_searched_in_answers_that_fit_into_a_line() throws IOException {
    int mails = 250_000;
    long first = 4_000_000_001L;
    folder(mails, first);
    try (ImapLink link = link()) {
      var session = new ImapSession(link);
      var _ = session.greeting();
      var _ = session.examine("INBOX");

      assertThat(session.since(LocalDate.EPOCH))
          .isEqualTo(LongStream.range(first, first + mails).boxed().toList());
      searches.clear();
      assertThat(session.from(first + mails - 2))
          .containsExactly(first + mails - 2, first + mails - 1);
      assertThat(searches).as("no further than there is something").hasSize(2);
      assertThat(session.from(first + mails - 60_000)).hasSize(60_000);
      assertThat(session.from(first + mails)).isEmpty();
    }
  }

  @Test
  void an_empty_folder_is_not_searched() throws IOException {
    folder(0, 1);
    try (ImapLink link = link()) {
      var session = new ImapSession(link);
      var _ = session.greeting();
      var _ = session.examine("INBOX");

      assertThat(session.since(LocalDate.EPOCH)).isEmpty();
      assertThat(session.from(1)).isEmpty();
      assertThat(searches).isEmpty();
    }
  }

  /** A server with a folder of mails with numbers in a row. */
  private void folder(int mails, long first) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = listener.accept()) {
                var in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                OutputStream out = socket.getOutputStream();
                out.write("* OK hello\r\n".getBytes(ISO_8859_1));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  String told =
                      line.contains("EXAMINE")
                          ? "* %d EXISTS\r\n* OK [UIDVALIDITY 1] x".formatted(mails)
                          : "* SEARCH" + found(line, mails, first);
                  String tag = line.substring(0, line.indexOf(' '));
                  out.write((told + "\r\n" + tag + " OK\r\n").getBytes(ISO_8859_1));
                }
              } catch (IOException _) {
                // whoever asked has gone
              }
            });
  }

  /** What lies in the places that are asked about, and has the number asked for, or the last. */
  private String found(String line, int mails, long first) {
    searches.add(line);
    Matcher places = Pattern.compile("(?:UID (\\d+):\\* |SINCE \\S+ )(\\d+):(\\d+)$").matcher(line);
    if (!places.find() || Long.parseLong(places.group(3)) > mails) {
      return " not asked rightly";
    }
    long last = first + mails - 1;
    long least = places.group(1) == null ? first : Math.min(Long.parseLong(places.group(1)), last);
    return LongStream.rangeClosed(Long.parseLong(places.group(2)), Long.parseLong(places.group(3)))
        .map(place -> first + place - 1)
        .filter(uid -> uid >= least)
        .mapToObj(uid -> " " + uid)
        .collect(Collectors.joining());
  }

  @Test
  void a_long_quoted_text_is_read() {
    String header = "Subject: \\\"" + "a\\\\".repeat(200_000);

    assertThat(
            new Response(
                    "* 1 FETCH (UID 1 BODY[HEADER.FIELDS (SUBJECT)] \"" + header + "\")", List.of())
                .body())
        .hasValueSatisfying(
            body ->
                assertThat(new String(body, ISO_8859_1))
                    .isEqualTo("Subject: \"" + "a\\".repeat(200_000)));
  }

  @Test
  void whatever_octets_its_words_have_an_answer_is_understood() {
    var answer = new Answer(List.of(), new Response("a1 OK fine\u0085 indeed", List.of()));

    assertThat(answer.isOk()).isTrue();
    assertThat(new Answer(List.of(), new Response("a1 OKAY", List.of())).isOk()).isFalse();
    assertThat(new Answer(List.of(), new Response("a1 NO OK", List.of())).isOk()).isFalse();
  }

  @Test
  void of_long_words_a_person_sees_the_beginning() {
    assertThat(new Response("* BYE " + "x".repeat(100_000), List.of()).words()).hasSize(301);
  }
}
