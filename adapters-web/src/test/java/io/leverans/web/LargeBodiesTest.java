package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.LogMessage;
import io.leverans.domain.message.Attachment;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Bodies that are worked on in a file. */
class LargeBodiesTest {
  private static final String MESSAGES = "/v1/messages";
  private static final String LOGGED = "/v1/messages/logged";
  private static final String ID = Samples.IDENTITY_ID.value().toString();
  private static final String START =
      "{\"identityId\":\"%s\",\"to\":\"bert@recipient.example\",\"text\":\"Hi\",".formatted(ID);

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Faults.class);

  private final TestApi api = new TestApi();
  private final List<AcceptMessage.Command> accepted = new ArrayList<>();

  /** The attached files, read while the request was being answered. */
  private final List<byte[]> files = new ArrayList<>();

  @BeforeEach
  void takeAll() {
    api.acceptMessage =
        command -> {
          accepted.add(command);
          command.content().attachments().stream()
              .map(Attachment::content)
              .forEach(content -> files.add(read(content)));
          return new AcceptMessage.Result.Accepted(
              Samples.message(Samples.queued("bert@recipient.example")), List.of());
        };
    api.logMessage =
        command -> {
          files.add(read(command.raw().orElseThrow()));
          return new LogMessage.Result.Logged(
              Samples.message(Samples.queued("bert@recipient.example")));
        };
  }

  /** Twice, since a mail is read to be signed and to be kept. */
  private static byte[] read(Octets octets) {
    try {
      byte[] once = octets.toArray();
      assertThat(octets.toArray()).isEqualTo(once);
      assertThat(octets.size()).isEqualTo(once.length);
      return once;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void nothing_is_left() throws IOException {
    api.close();
    assertThat(spooled()).isEmpty();
  }

  private List<Path> spooled() throws IOException {
    try (Stream<Path> found = Files.list(api.spool)) {
      return found.toList();
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String attached(String content) {
    return "{\"filename\":\"a.bin\",\"content\":\"" + content + "\"}";
  }

  private static String with(String... attachments) {
    return START + "\"attachments\":[" + String.join(",", attachments) + "]}";
  }

  private Answer assertRefused(String body, int status, String problem, String field) {
    var answer = api.post(MESSAGES, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(accepted).isEmpty();
    return answer;
  }

  @ParameterizedTest
  @ValueSource(ints = {24_000, 49_000, 49_152, 100_000, 100_001, 100_002, 3_000_000})
  void a_file_comes_through_whatever_its_size(int size) {
    byte[] file = random(size);

    var answer = api.post(MESSAGES, with(attached(base64(file)), attached(""), attached("aGVq")));

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(files).containsExactly(file, new byte[0], "hej".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void what_stands_around_large_files_is_read_as_ever() {
    byte[] file = random(90_000);
    String body =
        """
        {"attachments": [ %s , %s ],
         "html": "<p>\\u00c5 \\ud83d\\ude00 å 😀 \\"q\\"</p>",
         "metadata": {"content": "not a file \\n 😀", "raw": "neither"}, "identityId": "%s",
         "cc": "bo@recipient.example"}\
        """
            .formatted(attached(base64(file)), attached(base64(file)), ID);

    var answer = api.post(MESSAGES, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(files).containsExactly(file, file);
    assertThat(accepted.getFirst().content().html()).contains("<p>Å 😀 å 😀 \"q\"</p>");
    assertThat(accepted.getFirst().metadata())
        .containsEntry("content", "not a file \n 😀")
        .containsEntry("raw", "neither");
  }

  /** Some programs write a slash as {@code \/}, and any character may be written by its number. */
  @Test
  void a_file_may_be_written_with_escapes() {
    byte[] file = random(120_000);
    String escaped =
        base64(file).replace("/", "\\/").replace("+", "\\u002b").replace("Q", "\\u0051");

    var answer = api.post(MESSAGES, with(attached(escaped)));

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(files).containsExactly(file);
  }

  @Test
  void a_byte_order_mark_is_passed_over() {
    byte[] file = random(80_000);
    assertThat(api.post(MESSAGES, "\ufeff" + with(attached(base64(file)))).status()).isEqualTo(202);
    assertThat(files).containsExactly(file);
  }

  @Test
  void what_is_not_utf_8_is_refused() {
    var answer =
        api.send(
            api.request(MESSAGES)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofByteArray(
                        with(attached(base64(random(80_000))))
                            .getBytes(StandardCharsets.UTF_16BE))));
    assertThat(answer.problem()).isEqualTo("malformed-json");
    assertThat(answer.at("/detail")).contains("UTF-8");
  }

  @Test
  void equal_requests_have_equal_fingerprints_however_they_are_written() throws Exception {
    String content = base64(random(90_000));
    String canonical =
        "{\"attachments\":[{\"content\":\"%s\",\"filename\":\"å.bin\"}],\"identityId\":\"%s\","
                .formatted(content, ID)
            + "\"metadata\":{\"content\":\"é😀\\n\\\"\"},\"text\":\"Hi\",\"to\":\"b@c.example\"}";
    String other =
        "{ \"to\":\"b@c.example\", \"text\":\"Hi\", \"identityId\":\"%s\",".formatted(ID)
            + "\"metadata\":{\"content\":\"\\u00e9\\ud83d\\ude00\\n\\\"\"},"
            + "\"attachments\" : [{\"filename\":\"\\u00e5.bin\",\"content\":\"%s\"}]}"
                .formatted(content.replace("/", "\\/"));

    List.of(canonical, other).forEach(this::sendUnderKey);

    String hashed = canonical.replace("😀", "\\uD83D\\uDE00");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(hashed.getBytes(StandardCharsets.UTF_8));
    assertThat(accepted)
        .extracting(command -> command.idempotency().orElseThrow().fingerprint())
        .containsExactly(HexFormat.of().formatHex(hash), HexFormat.of().formatHex(hash));
  }

  private void sendUnderKey(String body) {
    var answer =
        api.send(
            api.request(MESSAGES)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "key-1")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  @Test
  void a_flaw_deep_in_a_file_is_named_with_its_place_and_others_beside_it() {
    String flawed = "AAAA".repeat(500_000) + "AA-A" + "AAAA".repeat(10);
    String cut = "AAAA".repeat(50_000) + "A";

    var answer =
        assertRefused(
            with(attached("aGVq"), attached(flawed), attached(cut)).replace("Hi", "\\u0000"),
            422,
            "invalid-request",
            "/text");

    assertThat(answer.at("/errors/1/field")).isEqualTo("/attachments/1/content");
    assertThat(answer.at("/errors/1/detail")).contains("character 2000003 is U+002D");
    assertThat(answer.at("/errors/2/field")).isEqualTo("/attachments/2/content");
    assertThat(answer.at("/errors/2/detail")).contains("its end is cut off");
  }

  @Test
  void a_long_text_where_none_belongs_is_named() {
    String content = "\"content\":\"" + "A".repeat(100_000) + "\"";
    assertRefused(
        START + "\"cc\":{\"address\":\"bo@recipient.example\"," + content + "}}",
        422,
        "unknown-field",
        "/cc/content");
    assertRefused(START + "\"raw\":\"" + "A".repeat(100_000) + "\"}", 422, "unknown-field", "/raw");
    assertRefused(
        START + "\"metadata\":{\"content\":\"" + "é".repeat(2_000_000) + "\"}}",
        422,
        "over-limit",
        "/metadata/content");
  }

  @Test
  void a_file_that_is_no_text_is_refused() {
    String rest = attached("A".repeat(100_000));
    assertRefused(
        with("{\"filename\":\"a\",\"content\":[1]}", rest),
        422,
        "wrong-json-type",
        "/attachments/0/content");
    assertRefused(
        with("{\"filename\":\"a\",\"content\":null}", rest),
        422,
        "missing-field",
        "/attachments/0/content");
  }

  @Test
  void a_text_for_which_there_is_no_room_is_refused_by_name() {
    var answer =
        assertRefused(
            START + "\"html\":\"" + "x".repeat(6 * 1024 * 1024) + "\"}",
            413,
            "body-too-large",
            "/html");
    assertThat(answer.at("/detail")).contains("5 MB");
  }

  @Test
  void many_small_values_for_which_there_is_no_room_are_refused_by_name() {
    var answer = api.post(MESSAGES, START + "\"cc\":[" + "[],".repeat(2 * 1024 * 1024) + "[]]}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("body-too-large");
    assertThat(answer.at("/field")).startsWith("/cc/");
  }

  @Test
  void what_is_cut_off_or_goes_on_is_no_json() {
    String body = with(attached(base64(random(300_000))));
    for (String broken :
        List.of(
            body.substring(0, 200_000),
            body.substring(0, body.length() - 1),
            body + "{}",
            body.replaceFirst("AA", "\n"),
            body.replace("\"text\"", "\"to\""))) {
      assertThat(api.post(MESSAGES, broken).problem()).isEqualTo("malformed-json");
    }
    assertThat(accepted).isEmpty();
  }

  @Test
  void a_body_that_breaks_off_leaves_nothing() throws IOException {
    String head =
        "POST /v1/messages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n"
                .formatted(TestApi.KEY)
            + "Content-Type: application/json\r\nContent-Length: 30000000\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(with(attached("A".repeat(400_000))).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.shutdownOutput();
      try (InputStream in = socket.getInputStream()) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .contains("incomplete-body");
      }
    }
    Awaitility.await().until(() -> spooled().isEmpty());
    assertThat(accepted).isEmpty();
  }

  @Test
  void nobody_finds_a_file_by_name_while_it_is_worked_on() {
    List<Path> names = new ArrayList<>();
    api.acceptMessage =
        _ -> {
          try {
            names.addAll(spooled());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          throw new IllegalStateException("broken on purpose");
        };

    LOG.setAdditive(false); // it is broken on purpose
    try {
      assertThat(api.post(MESSAGES, with(attached(base64(random(300_000))))).status())
          .isEqualTo(500);
    } finally {
      LOG.setAdditive(true);
    }

    assertThat(names).isEmpty();
  }

  @Test
  void leftovers_of_a_killed_node_are_cleared_at_the_start() throws IOException {
    Files.createDirectories(api.spool);
    Files.writeString(api.spool.resolve("body123"), "left");

    assertThat(api.get("/v1/messages").status()).isEqualTo(200);

    assertThat(spooled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 65_536, 65_537, 2_000_000})
  void a_mail_as_it_is_comes_through(int size) {
    byte[] mail = random(size);
    var answer =
        api.send(
            api.request(LOGGED + "?identityId=" + ID)
                .header("Content-Type", "message/rfc822")
                .header("Idempotency-Key", "key-1")
                .POST(BodyPublishers.ofByteArray(mail)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(files).containsExactly(mail);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 65_536, 2_000_000})
  void a_whole_mail_in_json_comes_through(int size) {
    byte[] mail = random(size);
    var answer =
        api.post(LOGGED, "{\"identityId\":\"%s\",\"raw\":\"%s\"}".formatted(ID, base64(mail)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(files).containsExactly(mail);
  }
}
