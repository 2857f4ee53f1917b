package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leverans.bootstrap.demo.ConsentWalk;
import io.leverans.bootstrap.sandbox.Sandbox;
import io.leverans.bootstrap.wiring.FreePort;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.identity.EmailAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail as large as Gmail takes it, in a heap that has room for one of them as bytes and text. */
class LargeMailIT {
  private static final String HEAP = "-Xmx80m";
  private static final String DOMAIN = "leverans.example";
  private static final int FILE_OCTETS = 18_600_000;
  private static final int COMPOSED_OCTETS = 25_000_000;
  private static final int OF_EACH_KIND = 2;
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LATER = Duration.ofSeconds(90);
  private static final String ACCOUNT = "sandy.private@gmail.example";
  private static final EmailAddress RECIPIENT = EmailAddress.parse("anna@example.com");
  private static final Pattern LINK = Pattern.compile("http://localhost:\\d+/\\S+");
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private final URI address = URI.create("http://localhost:" + FreePort.find());
  private Sandbox world;
  private LeveransProcess service;
  private Http http;

  /** The world has memory of its own, so that what is measured is the service's. */
  @BeforeEach
  void start() throws IOException {
    world = Sandbox.open(DOMAIN, folder.resolve("world"));
    List<String> arguments = new ArrayList<>(List.of("start"));
    settings().forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    service = LeveransProcess.startWithHeap(folder, HEAP, address, arguments);
    http = new Http(address, Files.readString(folder.resolve("data/api-key")).strip());
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("mode", "live");
    settings.put("platform.domain", DOMAIN);
    settings.put("http.port", String.valueOf(address.getPort()));
    settings.put("dispatch.concurrency", "3");
    for (String kind : List.of("msc", "smtp", "gmail")) {
      world
          .settingsOf(new ChannelKind(kind), Map.of())
          .forEach((key, value) -> settings.put(kind + "." + key, value));
    }
    return settings;
  }

  @AfterEach
  void stop() {
    service.close();
    world.close();
  }

  @Test
  void several_at_a_time_go_through_the_three_kinds_of_channel() throws Exception {
    String own = identity("olle@acme.example");
    String company = identity("sandy@acme.example");
    String account = identity("pia@acme.example");
    choose(company, companysServer());
    choose(account, googleAccount());

    List<CompletableFuture<String>> sent = new ArrayList<>();
    for (String identity : List.of(own, company, account)) {
      Path body = body(identity);
      for (int i = 0; i < OF_EACH_KIND; i++) {
        sent.add(post(body));
      }
    }
    List<String> messages = sent.stream().map(CompletableFuture::join).toList();

    await()
        .atMost(LATER)
        .until(() -> messages.stream().map(this::state).allMatch("accepted"::equals));
    assertThat(service.output()).doesNotContain("OutOfMemory", "ERROR");
    List<Long> unchanged = new ArrayList<>();
    for (String message : messages.subList(0, 2 * OF_EACH_KIND)) {
      unchanged.add(asSent(message));
    }
    assertThat(unchanged).containsAll(arrivedUnchanged());
  }

  private String identity(String from) throws IOException {
    Http.Answer created = http.post("/v1/identities", Map.of("address", from));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    EmailAddress mailbox = EmailAddress.parse(from);
    var inbox = world.view().inbox();
    await().atMost(SOON).until(() -> !inbox.list(Optional.of(mailbox), 1).isEmpty());
    Matcher link = LINK.matcher(inbox.list(Optional.of(mailbox), 1).getFirst().text());
    assertThat(link.find()).isTrue();
    assertThat(http.press(URI.create(link.group())).status()).isEqualTo(200);
    return created.json().path("id").asText();
  }

  private String companysServer() throws IOException {
    Http.Answer connected =
        http.post(
            "/v1/channels",
            Map.of(
                "kind", "smtp",
                "label", "Acme's server",
                "owner", "member",
                "settings", world.company().settings("sandy@acme.example")));
    assertThat(connected.status()).as(connected.body()).isEqualTo(201);
    return connected.json().path("id").asText();
  }

  private String googleAccount() throws IOException {
    Http.Answer begun =
        http.post(
            "/v1/channels/connect",
            Map.of("kind", "gmail", "label", "Google", "owner", "member", "settings", Map.of()));
    assertThat(begun.status()).as(begun.body()).isEqualTo(201);
    try (var walk = new ConsentWalk()) {
      var page = walk.allow(URI.create(begun.json().path("consentPage").asText()), ACCOUNT);
      assertThat(page.status()).as(page.html()).isEqualTo(200);
    }
    for (JsonNode channel : http.get("/v1/channels").json().path("items")) {
      if (channel.path("kind").asText().equals("gmail")) {
        return channel.path("id").asText();
      }
    }
    throw new AssertionError("no account is connected");
  }

  private void choose(String identity, String channel) throws IOException {
    Http.Answer chosen =
        http.put("/v1/identities/" + identity + "/channel", Map.of("channelId", channel));
    assertThat(chosen.status()).as(chosen.body()).isEqualTo(200);
  }

  /** A request in a file, which has nobody hold it in memory here either. */
  private Path body(String identity) throws IOException {
    byte[] file = new byte[FILE_OCTETS];
    new Random(1).nextBytes(file);
    Path body = Files.createTempFile(folder, "request", ".json");
    Files.write(
        body,
        JSON.writeValueAsBytes(
            Map.of(
                "identityId",
                identity,
                "to",
                RECIPIENT.toString(),
                "subject",
                "Film",
                "text",
                "Here it is.",
                "attachments",
                List.of(
                    Map.of(
                        "filename",
                        "film.mp4",
                        "content",
                        Base64.getEncoder().encodeToString(file))))));
    return body;
  }

  private CompletableFuture<String> post(Path body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/messages"))
            .header("Authorization", "Bearer " + http.apiKey())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofFile(body))
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, BodyHandlers.ofString())
        .thenApply(LargeMailIT::accepted);
  }

  private static String accepted(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    JsonNode message = new Http.Answer(response.statusCode(), response.body()).json();
    return message.path("id").asText();
  }

  private String state(String message) {
    try {
      return http.get("/v1/messages/" + message).json().at("/recipients/0/state").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The checksum of what the API shows as sent. */
  private long asSent(String message) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/v1/messages/" + message + "/raw"))
            .header("Authorization", "Bearer " + http.apiKey())
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return checksum(client.send(request, BodyHandlers.ofInputStream()).body());
    }
  }

  /** The checksums of what came to the recipient last, but for mail of Google's, who changes it. */
  private List<Long> arrivedUnchanged() throws IOException {
    List<Long> checksums = new ArrayList<>();
    for (var mail : world.view().inbox().list(Optional.of(RECIPIENT), OF_EACH_KIND + 1)) {
      assertThat(mail.raw().size()).isGreaterThan(COMPOSED_OCTETS);
      if (!mail.from().contains(ACCOUNT)) {
        checksums.add(checksum(mail.raw().open()));
      }
    }
    assertThat(checksums).isNotEmpty();
    return checksums;
  }

  private static long checksum(InputStream source) throws IOException {
    var checksum = new CRC32();
    try (var in = new CheckedInputStream(source, checksum)) {
      var _ = in.transferTo(OutputStream.nullOutputStream());
    }
    return checksum.getValue();
  }
}
