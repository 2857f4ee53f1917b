package io.leverans.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.bootstrap.wiring.FreePort;
import io.leverans.mail.simulator.ArrivedMail;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers send to the bounce listener of a live node with two teams. */
class ReportTrayIT {
  private static final String DOMAIN = "northwind.example";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern KEY = Pattern.compile("lev_[0-9]+_[a-z2-7]+");

  @TempDir private Path folder;

  private final int port = FreePort.find();
  private final int bouncePort = FreePort.find();
  private final URI address = URI.create("http://localhost:" + port);

  /** A team with a verified identity. */
  private record Team(Http http, String identity) {
    String send(String recipient) throws IOException {
      Http.Answer answer =
          http.post(
              "/v1/messages",
              Map.of(
                  "identityId",
                  identity,
                  "to",
                  recipient,
                  "subject",
                  "Hello",
                  "text",
                  "Hi there."));
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      return answer.json().path("id").asText();
    }

    JsonNode recipientOf(String message) throws IOException {
      return http.get("/v1/messages/" + message).json().at("/recipients/0");
    }

    String stateOf(String message) throws IOException {
      return recipientOf(message).path("state").asText();
    }

    JsonNode tray() throws IOException {
      return http.get("/v1/reports?linked=false").json().path("items");
    }
  }

  @Test
  void what_is_forged_or_misused_changes_nothing_until_a_person_says_so() throws Exception {
    try (SimulatedWorld world = SimulatedWorld.start(WorldSettings.defaults());
        LeveransProcess _ = start(world)) {
      Team operator = operator(world);
      Team acme = acme(world);
      String ours = operator.send("bo@example.com");
      ArrivedMail oursArrived = arrived(world, "bo@example.com");
      String toCy = acme.send("cy@example.com");
      ArrivedMail toCyArrived = arrived(world, "cy@example.com");
      String toDi = acme.send("di@example.com");
      ArrivedMail toDiArrived = arrived(world, "di@example.com");
      for (String message : List.of(toCy, toDi)) {
        await().atMost(SOON).until(() -> acme.stateOf(message), "accepted"::equals);
      }

      assertForgedIsRefused(operator, toCyArrived);
      assertWrongRecipient(acme, toCyArrived);
      assertForeignTeam(operator, acme, ours, oursArrived, toCy);
      assertReplayed(acme, toDi, toDiArrived);
      assertOwnMailIsALoop(acme, toCyArrived);

      assertThat(operator.stateOf(ours)).isEqualTo("accepted");
      assertThat(acme.stateOf(toCy)).isEqualTo("accepted");
      assertLinkedByTheOperator(operator, acme, toCy);
      assertCorrected(operator, acme, toCy);
    }
  }

  /** A token with another letter is none; with our Message-ID it is not believed either. */
  private void assertForgedIsRefused(Team operator, ArrivedMail mail) throws IOException {
    String token = mail.returnPath();
    String last = token.charAt(30) == 'a' ? "b" : "a";
    String forged = token.substring(0, 30) + last + token.substring(31);
    assertThat(deliver(forged, bounce("cy@example.com", "x"))).startsWith("550");
    String toPostmaster = bounce("cy@example.com", "Leverans-Delivery: " + tokenIn(forged));

    assertThat(
            deliver("postmaster@" + DOMAIN, toPostmaster.replace("<original@id>", messageId(mail))))
        .startsWith("250");

    JsonNode report = only(operator.tray());
    assertThat(report.path("reason").asText()).isEqualTo("no-token");
    assertThat(report.at("/suggestions/0/why").asText()).isEqualTo("message-id-and-recipient");
    assertThat(report.at("/suggestions/0/recipient").asText()).isEqualTo("cy@example.com");
  }

  private void assertWrongRecipient(Team acme, ArrivedMail toCy) throws IOException {
    assertThat(acme.tray()).as("what nobody has proved is not shown").isEmpty();

    assertThat(deliver(toCy.returnPath(), bounce("di@example.com", "other"))).startsWith("250");

    JsonNode report = only(acme.tray());
    assertThat(report.path("reason").asText()).isEqualTo("other-recipient");
    assertThat(report.at("/suggestions/0/why").asText()).isEqualTo("token");
    assertThat(acme.http().post(reportPath(report) + "/dismiss", Map.of()).status()).isEqualTo(200);
    assertThat(acme.tray()).isEmpty();
  }

  /** One team's token, with a report that speaks of another team's recipient. */
  private void assertForeignTeam(
      Team operator, Team acme, String ours, ArrivedMail oursArrived, String toCy)
      throws IOException {
    assertThat(deliver(oursArrived.returnPath(), bounce("cy@example.com", "foreign")))
        .startsWith("250");

    assertThat(operator.tray()).hasSize(2);
    assertThat(operator.tray().get(0).path("reason").asText()).isEqualTo("other-recipient");
    assertThat(operator.tray().get(0).path("messageId").asText()).isEqualTo(ours);
    assertThat(acme.tray()).isEmpty();
    String path = reportPath(operator.tray().get(0));
    String delivery = acme.recipientOf(toCy).path("deliveryId").asText();
    assertThat(acme.http().post(path + "/link", Map.of("deliveryId", delivery)).status())
        .isEqualTo(404);
    Http.Answer refused =
        operator.http().post(path + "/link", Map.of("deliveryId", delivery, "teamId", 2));
    assertThat(refused.json().path("type").asText())
        .as("a report with a team's token stays that team's")
        .isEqualTo("/problems/unknown-delivery");
    assertThat(operator.http().post(path + "/dismiss", Map.of()).status()).isEqualTo(200);
  }

  private void assertReplayed(Team acme, String toDi, ArrivedMail mail) throws IOException {
    String genuine = bounce("di@example.com", "genuine");
    assertThat(deliver(mail.returnPath(), genuine)).startsWith("250");
    assertThat(acme.stateOf(toDi)).isEqualTo("bounced");

    assertThat(deliver(mail.returnPath(), "Received: from elsewhere\r\n" + genuine))
        .startsWith("250");
    assertThat(deliver(mail.returnPath(), bounce("di@example.com", "glued"))).startsWith("250");

    assertThat(acme.tray()).hasSize(2);
    assertThat(acme.tray().valueStream().map(report -> report.path("reason").asText()))
        .containsOnly("replayed");
    assertThat(acme.recipientOf(toDi).path("laterWords")).hasSize(1);
  }

  private void assertOwnMailIsALoop(Team acme, ArrivedMail mail) throws IOException {
    String asItLeft =
        "Leverans-Delivery: %s\r\nSubject: Hello\r\n\r\nHi there.\r\n"
            .formatted(tokenIn(mail.returnPath()));
    assertThat(deliver(mail.returnPath(), asItLeft)).startsWith("250");

    assertThat(acme.tray()).hasSize(2);
  }

  private void assertLinkedByTheOperator(Team operator, Team acme, String toCy) throws IOException {
    JsonNode loose = only(operator.tray());
    String path = reportPath(loose);
    JsonNode suggestion = loose.at("/suggestions/0");
    Map<String, Object> link =
        Map.of(
            "deliveryId",
            suggestion.path("deliveryId").asText(),
            "teamId",
            suggestion.path("teamId").asLong());

    Http.Answer linked = operator.http().post(path + "/link", link);

    assertThat(linked.status()).as(linked.body()).isEqualTo(200);
    assertThat(linked.json().path("linkedBy").asText()).isEqualTo("person");
    assertThat(acme.stateOf(toCy)).isEqualTo("bounced");
    assertThat(operator.tray()).isEmpty();
    assertThat(operator.http().post(path + "/link", link).status())
        .as("it is the other team's now")
        .isEqualTo(404);
  }

  private void assertCorrected(Team operator, Team acme, String toCy) throws IOException {
    String report = acme.recipientOf(toCy).at("/laterWords/0/reportId").asText();
    String path = "/v1/reports/" + report;
    assertThat(
            acme.http()
                .post(
                    path + "/link",
                    Map.of("deliveryId", acme.recipientOf(toCy).path("deliveryId").asText()))
                .json()
                .path("type")
                .asText())
        .isEqualTo("/problems/report-linked");

    Http.Answer corrected = acme.http().post(path + "/verdict", Map.of("as", "no-failure"));

    assertThat(corrected.status()).as(corrected.body()).isEqualTo(200);
    assertThat(acme.stateOf(toCy)).isEqualTo("accepted");
    assertThat(acme.recipientOf(toCy).at("/laterWords/0/kind").asText())
        .isEqualTo("delivery.bounced");
    assertThat(acme.recipientOf(toCy).at("/laterWords/0/corrected/as").asText())
        .isEqualTo("no-failure");
    assertThat(acme.http().get("/v1/report-samples").status()).isEqualTo(403);
    String samples = operator.http().get("/v1/report-samples").body();
    assertThat(samples.lines()).hasSize(1);
    assertThat(samples).contains(report, "no-failure", "mailbox-unknown", "\"raw\"");
  }

  private static JsonNode only(JsonNode items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  private static String reportPath(JsonNode report) {
    return "/v1/reports/" + report.path("id").asText();
  }

  private static String bounce(String recipient, String more) {
    return """
    From: MAILER-DAEMON@mx.example.com
    Subject: Undelivered Mail Returned to Sender
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

    --b1
    Content-Type: text/plain

    It could not be delivered. %2$s
    --b1
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.com

    Final-Recipient: rfc822; %1$s
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 no such user

    --b1
    Content-Type: text/rfc822-headers

    Message-ID: <original@id>
    Subject: Hello

    --b1--
    """
        .formatted(recipient, more)
        .replace("\n", "\r\n");
  }

  /** The answer to the end of the mail, or to the recipient who is not taken. */
  private String deliver(String recipient, String mail) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), bouncePort)) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      assertThat(reply(in)).startsWith("220");
      say(socket, in, "EHLO mx.example.com");
      say(socket, in, "MAIL FROM:<>");
      String taken = say(socket, in, "RCPT TO:<" + recipient + ">");
      if (!taken.startsWith("250")) {
        return taken;
      }
      say(socket, in, "DATA");
      return say(socket, in, mail.stripTrailing() + "\r\n.");
    }
  }

  private static String say(Socket socket, BufferedReader in, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return reply(in);
  }

  private static String reply(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    return String.valueOf(line);
  }

  private static ArrivedMail arrived(SimulatedWorld world, String recipient) {
    await().atMost(SOON).until(() -> !world.inbox().mailFor(recipient).isEmpty());
    return world.inbox().mailFor(recipient).getFirst();
  }

  private static String tokenIn(String address) {
    return address.substring(0, address.indexOf('@'));
  }

  private static String messageId(ArrivedMail mail) {
    return mail.messageId().orElseThrow();
  }

  private LeveransProcess start(SimulatedWorld world) throws IOException {
    Files.writeString(
        folder.resolve("leverans.toml"),
        """
        mode = "live"
        platform.domain = "%s"
        http.port = %d
        msc.dns-server = "127.0.0.1:%d"
        msc.port = %d
        msc.bounce-listen = "127.0.0.1:%d"
        """
            .formatted(
                DOMAIN,
                port,
                world.dnsAddress().getPort(),
                world.smtpAddress().getPort(),
                bouncePort));
    return LeveransProcess.start(folder, address, List.of("start"));
  }

  private Team operator(SimulatedWorld world) throws IOException {
    return team(world, Files.readString(folder.resolve("data/api-key")).strip(), "erik");
  }

  private Team acme(SimulatedWorld world) throws Exception {
    try (var process =
        LeveransProcess.run(folder, List.of("team", "add", "Acme", "--admin", "Anna"))) {
      assertThat(process.exitCode()).as(process.output()).isZero();
      Matcher key = KEY.matcher(process.output());
      assertThat(key.find()).as(process.output()).isTrue();
      return team(world, key.group(), "anna");
    }
  }

  private Team team(SimulatedWorld world, String key, String name) throws IOException {
    var http = new Http(address, key);
    return new Team(http, VerifiedAuthor.of(name + "@" + DOMAIN, http, world).identity());
  }
}
