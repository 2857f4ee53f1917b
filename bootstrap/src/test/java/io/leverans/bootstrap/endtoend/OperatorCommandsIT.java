package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.bootstrap.wiring.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does from the command line, beside a running service. */
class OperatorCommandsIT {
  private static final Pattern KEY = Pattern.compile("lev_[0-9]+_[a-z2-7]+");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @TempDir private Path folder;

  @Test
  void teams_members_and_keys_come_and_go_while_the_service_runs() throws Exception {
    int port = FreePort.find();
    URI address = URI.create("http://localhost:" + port);
    try (var _ =
        LeveransProcess.start(folder, address, List.of("start", "--set", "http.port=" + port))) {
      String team = run("team", "add", "Acme", "--admin", "Anna");
      String number = found(Pattern.compile("team +([0-9]+)"), team).replaceAll("\\D", "");
      assertThat(status(address, found(KEY, team))).isEqualTo(200);
      assertThat(run("team", "list")).contains(number + "\tAcme");

      String member = found(ID, run("member", "add", number, "Bo"));
      assertThat(run("member", "list", number)).contains("admin\tAnna", "member\tBo");

      String key = found(KEY, run("key", "add", number, member, "--label", "notebook"));
      assertThat(status(address, key)).isEqualTo(200);
      assertThat(run("key", "list", number))
          .contains("notebook", "never expires", "last used")
          .doesNotContain(key);

      String prefix = found(Pattern.compile("lev_\\S+(?=\tBo)"), run("key", "list", number));
      assertThat(run("key", "remove", number, prefix)).startsWith("0\n");
      assertThat(status(address, key)).isEqualTo(401);

      String another = found(KEY, run("key", "add", number, member, "--expires-in", "1ms"));
      assertThat(status(address, another)).isEqualTo(401);

      assertThat(run("team", "remove", number)).startsWith("0\n");
      assertThat(status(address, found(KEY, team))).isEqualTo(401);
      assertThat(run("team", "remove", number)).startsWith("1\n").contains("no team " + number);
    }
  }

  @Test
  void a_message_that_waits_is_explained_whichever_team_has_it() throws Exception {
    int port = FreePort.find();
    URI address = URI.create("http://localhost:" + port);
    try (var _ =
        LeveransProcess.start(folder, address, List.of("start", "--set", "http.port=" + port))) {
      var http =
          new Http(address, Files.readString(folder.resolve("data/sandbox-api-key")).strip());
      String identity = http.get("/v1/identities").json().at("/items/0/id").asText();
      String message =
          http.post(
                  "/v1/messages",
                  Map.of(
                      "identityId", identity,
                      "to", "mailbox-full-for-now@example.org",
                      "subject", "Hello",
                      "text", "Hi there."))
              .json()
              .at("/id")
              .asText();
      await()
          .until(
              () ->
                  http.get("/v1/messages/" + message + "/explain")
                      .json()
                      .at("/recipients/0/waitsFor")
                      .asText()
                      .equals("retry"));

      assertThat(run("explain", message))
          .startsWith("0\n")
          .contains("mailbox-full-for-now@example.org: queued", "4.2.2", "to example.org");
      assertThat(run("explain", "00000000-0000-0000-0000-000000000001"))
          .startsWith("1\n")
          .contains("No team has a message");
    }
  }

  private static int status(URI address, String key) throws Exception {
    return new Http(address, key).get("/v1/identities").status();
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }

  private String run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    try (var process = LeveransProcess.run(folder, all)) {
      return process.exitCode() + "\n" + process.output();
    }
  }
}
