package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.leverans.application.port.in.VerifyIdentity;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.identity.Identity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class EdgeTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Faults.class);

  private final TestApi api = new TestApi();

  /** Tests here break things on purpose; the log of that would hide what is not on purpose. */
  @BeforeEach
  void keepTheLogOffTheConsole() {
    LOG.setAdditive(false);
  }

  @AfterEach
  void stop() {
    LOG.setAdditive(true);
    api.close();
  }

  private static void assertProblem(Answer answer, int status, String type) {
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.at("/status")).isEqualTo(Integer.toString(status));
    assertThat(answer.at("/title")).isNotBlank();
    assertThat(answer.at("/detail")).isNotBlank();
  }

  @Test
  void without_a_key_nobody_gets_in() {
    var answer = api.send(HttpRequest.newBuilder(api.uri("/v1/messages")));
    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"leverans\"");
    assertThat(answer.at("/header")).isEqualTo("Authorization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer other-key", "Bearer", "Basic dXNlcjpwdw==", "the-key", "Bearer a b"})
  void a_wrong_key_does_not_open(String authorization) {
    var request =
        HttpRequest.newBuilder(api.uri("/v1/messages")).header("Authorization", authorization);
    assertProblem(api.send(request), 401, "unauthenticated");
  }

  @Test
  void the_scheme_may_be_written_in_any_case() {
    var request =
        HttpRequest.newBuilder(api.uri("/v1/messages")).header("Authorization", "bearer the-key");
    assertThat(api.send(request).status()).isEqualTo(200);
  }

  @Test
  void an_unknown_path_is_a_problem() {
    assertProblem(api.get("/nowhere"), 404, "unknown-route");
    assertProblem(api.get("/v1/nowhere"), 404, "unknown-route");
    assertProblem(api.get("/sandbox/inbox"), 404, "unknown-route");
  }

  @Test
  void a_wrong_method_is_told_which_ones_there_are() {
    var answer = api.send(api.request("/v1/messages").DELETE());
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow").orElseThrow()).contains("GET").contains("POST");
  }

  @Test
  void a_body_that_is_not_called_json_is_refused() {
    var request =
        api.request("/v1/messages")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("{}"));
    var answer = api.send(request);
    assertProblem(answer, 415, "unsupported-media-type");
    assertThat(answer.at("/detail")).contains("application/json");
  }

  @Test
  void a_compressed_body_is_refused() {
    var request =
        api.request("/v1/identities")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofString("{}"));
    assertProblem(api.send(request), 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,}",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":2}",
        "\u0000",
        "nul",
        "[1,2",
        "{'a':1}"
      })
  void what_is_not_json_is_refused_with_its_place(String body) {
    var answer = api.post("/v1/identities", body);
    assertProblem(answer, 400, "malformed-json");
    assertThat(answer.at("/detail")).containsPattern("Line 1, column \\d+: |The body is empty");
  }

  @Test
  void a_value_without_quotes_is_not_repeated_since_it_may_be_a_secret() {
    var answer = api.post("/v1/channels", "{\"settings\":{\"password\":hunter2000}}");
    assertProblem(answer, 400, "malformed-json");
    assertThat(answer.at("/detail")).contains("column").doesNotContain("hunter");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    byte[] bytes = "{\"address\":\"b\u00e5d\"}".getBytes(StandardCharsets.ISO_8859_1);
    var request =
        api.request("/v1/identities")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(bytes));
    assertProblem(api.send(request), 400, "malformed-json");
  }

  @Test
  void json_nested_without_end_is_refused() {
    assertProblem(api.post("/v1/identities", "[".repeat(100_000)), 400, "malformed-json");
  }

  @Test
  void a_body_over_a_megabyte_is_refused_with_the_limit() {
    var answer = api.post("/v1/identities", "\"" + "a".repeat(1024 * 1024) + "\"");
    assertProblem(answer, 413, "body-too-large");
    assertThat(answer.at("/detail")).contains("1 MB");
  }

  @Test
  void a_body_of_unknown_length_has_the_same_limit() {
    byte[] chunk = "a".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
    var request =
        api.request("/v1/identities")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArrays(Collections.nCopies(17, chunk)));
    assertProblem(api.send(request), 413, "body-too-large");
  }

  @Test
  void our_own_fault_is_told_with_an_id_and_without_its_cause() {
    api.readMessage =
        (_, _) -> {
          throw new IllegalArgumentException("secret of the house");
        };
    var answer = api.get("/v1/messages/" + Samples.MESSAGE_ID.value());
    assertProblem(answer, 500, "internal-error");
    assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
    assertThat(answer.at("/detail")).containsPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
  }

  @Test
  void the_log_has_the_id_and_the_route_but_no_value_of_the_request() {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    LOG.addAppender(lines);
    api.verifyIdentity = new BrokenLinks();
    var answer = api.get("/verify/1-abcdefghijklmnopqrstuvwxyz");
    LOG.detachAppender(lines);
    var line = lines.list.getFirst().getFormattedMessage();
    assertThat(line).contains("GET /verify/{code}").doesNotContain("abcdef");
    assertThat(answer.at("/detail")).contains(line.substring("problem ".length(), 44));
  }

  @Test
  void a_head_is_answered_like_a_get_without_its_body() {
    var head = HttpRequest.newBuilder(api.uri("/healthz")).HEAD();
    var answer = api.send(head);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void even_an_error_of_the_machine_is_a_problem() {
    api.readMessage =
        (_, _) -> {
          throw new StackOverflowError();
        };
    var answer = api.get("/v1/messages/" + Samples.MESSAGE_ID.value());
    assertProblem(answer, 500, "internal-error");
  }

  @Test
  void an_unknown_parameter_is_refused_with_those_there_are() {
    var answer = api.get("/v1/messages?foldr=sent");
    assertProblem(answer, 400, "invalid-parameter");
    assertThat(answer.at("/parameter")).isEqualTo("foldr");
    assertThat(answer.at("/detail")).contains("folder, identityId, limit, cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/9\r\n\r\n", "x\r\n\r\n"})
  void broken_http_is_a_problem(String request) throws IOException {
    assertThat(exchange(request))
        .containsPattern("^HTTP/1.1 (400|505) ")
        .contains("application/problem+json")
        .contains("malformed-request")
        .doesNotContain("<");
  }

  @Test
  void endless_headers_are_a_problem() throws IOException {
    var request = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(20_000) + "\r\n\r\n";
    assertThat(exchange(request)).startsWith("HTTP/1.1 431").contains("malformed-request");
  }

  private String exchange(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.server().port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void in_the_sandbox_every_answer_says_so() {
    api.mode = Mode.SANDBOX;
    for (var path : new String[] {"/", "/healthz", "/v1/messages", "/nowhere", "/openapi.yaml"}) {
      assertThat(api.get(path).header("Leverans-Mode")).as(path).contains("sandbox");
    }
  }

  @Test
  void live_answers_do_not_speak_of_a_mode() {
    assertThat(api.get("/v1/messages").header("Leverans-Mode")).isEmpty();
  }

  @Test
  void stopping_waits_for_the_answers_under_way() throws Exception {
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    api.readMessage =
        (_, _) -> {
          asked.countDown();
          await(go);
          return Optional.of(Samples.message(Samples.queued("bert@recipient.example")));
        };
    var server = api.server();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer =
          CompletableFuture.supplyAsync(
              () -> api.get("/v1/messages/" + Samples.MESSAGE_ID.value()), executor);
      asked.await();
      int port = server.port();
      var stopped = CompletableFuture.runAsync(server::close, executor);
      Awaitility.await().until(() -> refusesConnections(port));
      assertThat(stopped).isNotDone();
      go.countDown();
      assertThat(answer.get().status()).isEqualTo(200);
      stopped.get();
    }
  }

  private static boolean refusesConnections(int port) throws IOException {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return false;
    } catch (ConnectException _) {
      return true;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class BrokenLinks implements VerifyIdentity {
    @Override
    public Optional<Identity> lookUp(LinkCode code) {
      throw new IllegalStateException("broken");
    }

    @Override
    public Optional<Identity> verify(LinkCode code) {
      throw new IllegalStateException("broken");
    }
  }

  @Test
  void a_node_without_the_api_tells_how_it_is_and_nothing_else() {
    try (WebServer server =
        WebServer.withoutApi(
            new WebSettings(
                "127.0.0.1", 0, api.spool, URI.create("https://leverans.example"), Mode.LIVE),
            Readiness.Answer.Ready::new)) {
      assertThat(server.routes()).containsExactlyInAnyOrder("GET /healthz", "GET /readyz");
    }
  }
}
