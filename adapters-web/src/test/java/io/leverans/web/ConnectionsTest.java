package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.domain.channel.ChannelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ConnectionsTest extends ConnectionRequests {
  @Test
  void a_channel_is_connected_with_what_was_filled_in() {
    var asked = new ArrayList<ConnectChannel.Command>();
    api.connectChannel =
        command -> {
          asked.add(command);
          return new ConnectChannel.Result.Connected(
              ChannelSamples.CONNECTED,
              List.of("It takes 35 MB."),
              List.of(ChannelSamples.RECHOSEN));
        };
    var answer = api.post(CHANNELS, FULL);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(ChannelSamples.PATH);
    assertDescribed("Channel", answer);
    assertThat(answer.at("/findings/0")).isEqualTo("It takes 35 MB.");
    assertThat(answer.json().at("/rechosen/0").toString())
        .isEqualTo(
            """
            {"identityId":"00000000-0000-0000-0000-000000000002",\
            "address":"anna@sender.example",\
            "channelId":"00000000-0000-0000-0000-000000000003",\
            "previousChannelId":"00000000-0000-0000-0000-000000000009",\
            "reason":"team-channel"}\
            """);
    assertThat(asked)
        .containsExactly(
            new ConnectChannel.Command(
                Samples.CALLER,
                ChannelSamples.POST,
                "Our post",
                Ownership.TEAM,
                Map.of(
                    "host", "mail.example",
                    "port", "587",
                    "verp", "true",
                    "password", "hunter2000")));
  }

  @Test
  void only_the_kind_is_needed() {
    var asked = new ArrayList<ConnectChannel.Command>();
    api.connectChannel =
        command -> {
          asked.add(command);
          return new ConnectChannel.Result.Connected(
              ChannelSamples.CONNECTED, List.of(), List.of());
        };
    var answer = api.post(CHANNELS, "{\"kind\":\"post\"}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("findings")).isEmpty();
    assertThat(answer.json().path("rechosen").isArray()).isTrue();
    assertThat(asked)
        .containsExactly(
            new ConnectChannel.Command(
                Samples.CALLER, ChannelSamples.POST, "", Ownership.MEMBER, Map.of()));
  }

  @Test
  void an_unknown_kind_is_answered_with_those_there_are() {
    var answer =
        connect(
            new ConnectChannel.Result.UnknownKind(
                ChannelSamples.POST, List.of(new ChannelKind("pigeon"), new ChannelKind("boat"))));
    assertProblem(answer, 422, "unknown-channel-kind");
    assertThat(answer.at("/field")).isEqualTo("/kind");
    assertThat(answer.at("/detail")).contains("'post'").contains("There are: pigeon, boat.");
  }

  @Test
  void what_comes_with_the_platform_cannot_be_connected() {
    var answer = connect(new ConnectChannel.Result.ComesWithPlatform(ChannelSamples.POST));
    assertProblem(answer, 409, "comes-with-platform");
    assertThat(answer.at("/field")).isEqualTo("/kind");
  }

  @Test
  void only_an_admin_connects_for_the_team() {
    var answer = connect(new ConnectChannel.Result.AdminsOnly());
    assertProblem(answer, 403, "admins-only");
    assertThat(answer.at("/field")).isEqualTo("/owner");
  }

  @Test
  void a_faulty_setting_is_told_with_its_place() {
    var answer =
        connect(
            new ConnectChannel.Result.Faulty(List.of(new FieldProblem("host", "Enter a name."))));
    assertProblem(answer, 422, "invalid-settings");
    assertThat(answer.at("/field")).isEqualTo("/settings/host");
    assertThat(answer.at("/detail")).isEqualTo("host: Enter a name.");
    assertThat(answer.json().has("errors")).isFalse();
  }

  @Test
  void all_faulty_settings_are_told_at_once() {
    var answer =
        connect(
            new ConnectChannel.Result.Faulty(
                List.of(
                    new FieldProblem("label", "has at most 100 characters"),
                    new FieldProblem("host", "Enter a name."),
                    new FieldProblem("a/b~c", "There is no such field."))));
    assertProblem(answer, 422, "invalid-settings");
    assertThat(answer.json().path("errors").valueStream().map(Object::toString))
        .containsExactly(
            """
            {"type":"/problems/invalid-field","detail":"label: has at most 100 characters.",\
            "field":"/label"}\
            """,
            """
            {"type":"/problems/invalid-settings","detail":"host: Enter a name.",\
            "field":"/settings/host"}\
            """,
            """
            {"type":"/problems/invalid-settings","detail":"a/b~c: There is no such field.",\
            "field":"/settings/a~1b~0c"}\
            """);
    assertDescribed("Problem", answer);
  }

  @Test
  void a_label_that_is_no_setting_is_told_as_a_field() {
    var answer =
        connect(
            new ConnectChannel.Result.Faulty(List.of(new FieldProblem("label", "is too long"))));
    assertProblem(answer, 422, "invalid-field");
    assertThat(answer.at("/field")).isEqualTo("/label");
  }

  @Test
  void what_the_real_server_refused_is_told_in_its_own_words_with_the_remedy() {
    var answer = connect(new ConnectChannel.Result.Refused(ChannelSamples.FAILS));
    assertProblem(answer, 422, "channel-refused");
    assertThat(answer.at("/field")).isEqualTo("/settings/password");
    assertThat(answer.at("/cause")).isEqualTo("credentials-refused");
    assertThat(answer.at("/words")).isEqualTo("535 5.7.8 no");
    assertThat(answer.at("/remedy")).isEqualTo("Check the password.");
    assertThat(answer.at("/transcript/1")).isEqualTo("< 535 5.7.8 no");
    assertThat(answer.at("/detail"))
        .contains("535 5.7.8 no", "Nothing was stored.", "Check the password.");
    assertDescribed("Problem", answer);
  }

  @Test
  void a_refusal_that_nobody_can_place_names_no_field() {
    var proof = new Proof.Fails(ChannelSamples.REFUSED, Optional.empty(), List.of());
    var answer = connect(new ConnectChannel.Result.Refused(proof));
    assertProblem(answer, 422, "channel-refused");
    assertThat(answer.json().has("field")).isFalse();
    assertThat(answer.json().path("transcript").isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                   | missing-field   | /kind
          []                                                   | wrong-json-type | ''
          {"kind":7}                                           | wrong-json-type | /kind
          {"kind":"No Kind"}                                   | invalid-field   | /kind
          {"kind":""}                                          | invalid-field   | /kind
          {"kind":"post","owner":"platform"}                   | invalid-field   | /owner
          {"kind":"post","owner":["team"]}                     | wrong-json-type | /owner
          {"kind":"post","label":{}}                           | wrong-json-type | /label
          {"kind":"post","label":"a\\u0000"}                   | invalid-field   | /label
          {"kind":"post","settings":[]}                        | wrong-json-type | /settings
          {"kind":"post","settings":"host=a"}                  | wrong-json-type | /settings
          {"kind":"post","settings":{"host":{"name":"a"}}}     | wrong-json-type | /settings/host
          {"kind":"post","settings":{"host":["a"]}}            | wrong-json-type | /settings/host
          {"kind":"post","settings":{"password":"a\\u0000"}}   | invalid-field   | /settings/password
          {"kind":"post","settings":{"password":"\\ud800"}}    | invalid-field   | /settings/password
          {"kind":"post","settings":{"":"a"}}                  | invalid-field   | /settings
          {"kind":"post","password":"hunter2000"}              | unknown-field   | /password
          """)
  void rubbish_is_told_with_its_place_and_nothing_is_tried(String body, String type, String field) {
    var answer = api.post(CHANNELS, body);
    assertProblem(answer, 422, type);
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(answer.text()).doesNotContain("hunter2000");
  }

  @Test
  void endless_settings_are_refused() {
    var settings =
        IntStream.range(0, 10_000)
            .mapToObj(n -> "\"s%d\":%d".formatted(n, n))
            .collect(Collectors.joining(","));
    var answer = api.post(CHANNELS, "{\"kind\":\"post\",\"settings\":{%s}}".formatted(settings));
    assertProblem(answer, 422, "over-limit");
    assertThat(answer.at("/field")).isEqualTo("/settings");
    assertThat(answer.at("/detail")).contains("at most 100").contains("10000");
  }

  @Test
  void a_setting_of_any_length_is_not_repeated() {
    var huge = "h".repeat(100_001);
    var answer =
        api.post(
            CHANNELS, "{\"kind\":\"post\",\"settings\":{\"password\":\"%s\"}}".formatted(huge));
    assertProblem(answer, 422, "invalid-field");
    assertThat(answer.at("/field")).isEqualTo("/settings/password");
    assertThat(answer.text()).hasSizeLessThan(1000);
  }

  @Test
  void a_name_of_any_length_is_not_repeated() {
    for (var body :
        List.of(
            "{\"kind\":\"%s\"}".formatted("k".repeat(100_000)),
            "{\"kind\":\"post\",\"settings\":{\"%s\":1}}".formatted("n".repeat(40_000)))) {
      var answer = api.post(CHANNELS, body);
      assertProblem(answer, 422, "invalid-field");
      assertThat(answer.text()).hasSizeLessThan(1000);
    }
  }

  @Test
  void a_huge_label_is_for_the_use_case_to_judge() {
    var label = "l".repeat(100_000);
    var asked = new ArrayList<String>();
    api.connectChannel =
        command -> {
          asked.add(command.label());
          return new ConnectChannel.Result.Faulty(
              List.of(new FieldProblem("label", "has at most 100 characters")));
        };
    var answer = api.post(CHANNELS, "{\"kind\":\"post\",\"label\":\"%s\"}".formatted(label));
    assertProblem(answer, 422, "invalid-field");
    assertThat(answer.text()).hasSizeLessThan(1000);
    assertThat(asked).containsExactly(label);
  }

  @Test
  void no_answer_repeats_a_secret() {
    var answers = new ArrayList<Answer>();
    for (var result :
        List.<ConnectChannel.Result>of(
            new ConnectChannel.Result.Connected(ChannelSamples.CONNECTED, List.of(), List.of()),
            new ConnectChannel.Result.UnknownKind(ChannelSamples.POST, List.of()),
            new ConnectChannel.Result.ComesWithPlatform(ChannelSamples.POST),
            new ConnectChannel.Result.AdminsOnly(),
            new ConnectChannel.Result.Faulty(List.of(new FieldProblem("password", "is wrong"))),
            new ConnectChannel.Result.Refused(ChannelSamples.FAILS))) {
      answers.add(connect(result));
    }
    for (var result :
        List.<ChangeChannel.Result>of(
            new ChangeChannel.Result.Changed(ChannelSamples.CONNECTED, List.of()),
            new ChangeChannel.Result.UnknownChannel(),
            new ChangeChannel.Result.NotYours(),
            new ChangeChannel.Result.KindNotOffered(ChannelSamples.POST),
            new ChangeChannel.Result.Faulty(List.of(new FieldProblem("password", "is wrong"))),
            new ChangeChannel.Result.Refused(ChannelSamples.FAILS))) {
      answers.add(change(result));
    }
    answers.add(api.post(CHANNELS, FULL.replace("}}", "}")));
    answers.add(api.post(CHANNELS, FULL.replace("\"hunter2000\"", "[\"hunter2000\"]")));
    answers.add(api.post(CHANNELS, FULL.replace("\"hunter2000\"", "\"hunter2000\\u0000\"")));
    answers.add(api.post(CHANNELS, FULL.replace("\"hunter2000\"", "hunter2000")));
    answers.add(api.post(CHANNELS, FULL.replace("\"kind\"", "\"kin\"")));
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.text()).doesNotContain("hunter2000"));
  }

  @Test
  void neither_answer_nor_log_repeats_a_secret_when_something_breaks() {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var log = (Logger) LoggerFactory.getLogger(Faults.class);
    log.setAdditive(false);
    log.addAppender(lines);
    api.connectChannel =
        command -> {
          throw new IllegalStateException("broken over " + command);
        };
    var answer = api.post(CHANNELS, FULL);
    log.detachAppender(lines);
    log.setAdditive(true);
    assertProblem(answer, 500, "internal-error");
    assertThat(answer.text()).doesNotContain("hunter2000").doesNotContain("broken");
    assertThat(lines.list)
        .hasSize(1)
        .allSatisfy(
            line ->
                assertThat(ThrowableProxyUtil.asString(line.getThrowableProxy()))
                    .contains("broken over", "password")
                    .doesNotContain("hunter2000"));
  }
}
