package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.in.RemoveChannel.WithMail;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.WhenInDoubt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ConnectionsTest {
  private static final String CHANNELS = "/v1/channels";
  private static final String FULL =
      """
      {"kind":"post","label":"Our post","owner":"team","settings":{"host":"mail.example",
       "port":587,"verp":true,"password":"hunter2000","ca":null,"user":""}}\
      """;

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(String schema, TestApi.Answer answer) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes(schema, answer.json());
  }

  private TestApi.Answer connect(ConnectChannel.Result result) {
    api.connectChannel = _ -> result;
    return api.post(CHANNELS, FULL);
  }

  private TestApi.Answer change(ChangeChannel.Result result) {
    api.changeChannel = _ -> result;
    return api.patch(ChannelSamples.PATH, "{\"settings\":{\"password\":\"hunter2000\"}}");
  }

  private TestApi.Answer remove(RemoveChannel.Result result) {
    api.removeChannel = _ -> result;
    return api.delete(ChannelSamples.PATH);
  }

  private static void assertProblem(TestApi.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.at("/detail")).hasSizeGreaterThan(10);
  }

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
  void a_channel_is_changed_and_null_takes_a_setting_away() {
    var asked = new ArrayList<ChangeChannel.Command>();
    api.changeChannel =
        command -> {
          asked.add(command);
          return new ChangeChannel.Result.Changed(
              ChannelSamples.CONNECTED, List.of("It takes 35 MB."));
        };
    var answer =
        api.patch(
            ChannelSamples.PATH,
            "{\"label\":\"Post\",\"settings\":{\"port\":25,\"ca\":null,\"user\":\"\"}}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertDescribed("Channel", answer);
    assertThat(answer.at("/findings/0")).isEqualTo("It takes 35 MB.");
    assertThat(answer.json().has("rechosen")).isFalse();
    assertThat(asked)
        .containsExactly(
            new ChangeChannel.Command(
                Samples.CALLER,
                Samples.CHANNEL_ID,
                Optional.of("Post"),
                Optional.empty(),
                Map.of("port", "25", "ca", "", "user", "")));
  }

  @Test
  void what_becomes_of_doubts_is_one_of_three_words() {
    List<Optional<WhenInDoubt>> asked = new ArrayList<>();
    api.changeChannel =
        command -> {
          asked.add(command.whenInDoubt());
          return new ChangeChannel.Result.UnknownChannel();
        };
    for (String word : List.of("hold", "resend", "assume-sent")) {
      var _ = api.patch(ChannelSamples.PATH, "{\"whenInDoubt\":\"" + word + "\"}");
    }

    assertThat(asked)
        .containsExactly(
            Optional.of(WhenInDoubt.HOLD),
            Optional.of(WhenInDoubt.RESEND),
            Optional.of(WhenInDoubt.ASSUME_SENT));
    var answer = api.patch(ChannelSamples.PATH, "{\"whenInDoubt\":\"guess\"}");
    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void a_pace_is_a_list_of_limits_and_null_is_the_kinds() {
    var asked = new ArrayList<Optional<ChangeChannel.PaceChange>>();
    api.changeChannel =
        command -> {
          asked.add(command.pace());
          return new ChangeChannel.Result.Changed(ChannelSamples.CONNECTED, List.of());
        };
    for (String pace :
        List.of("[{\"atMost\":20,\"counted\":\"recipients\",\"window\":\"PT1M\"}]", "[]", "null")) {
      assertThat(api.patch(ChannelSamples.PATH, "{\"pace\":" + pace + "}").status()).isEqualTo(200);
    }

    assertThat(asked)
        .containsExactly(
            Optional.of(
                new ChangeChannel.PaceChange.Own(
                    new Pace(
                        List.of(
                            new Limit(
                                20,
                                Limit.Counted.RECIPIENTS,
                                Duration.ofMinutes(1),
                                Limit.Scope.CHANNEL,
                                "set for this channel"))))),
            Optional.of(new ChangeChannel.PaceChange.Own(Pace.UNLIMITED)),
            Optional.of(new ChangeChannel.PaceChange.Usual()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # pace                                                    | type            | pointer
          20                                                        | wrong-json-type | /pace
          [{"atMost":0,"counted":"messages","window":"PT1M"}]       | invalid-field   | /pace/0/atMost
          [{"atMost":"9","counted":"messages","window":"PT1M"}]     | wrong-json-type | /pace/0/atMost
          [{"atMost":9,"counted":"mails","window":"PT1M"}]          | invalid-field   | /pace/0/counted
          [{"atMost":9,"counted":"messages","window":"a minute"}]   | invalid-field   | /pace/0/window
          [{"atMost":9,"counted":"messages","window":"P40D"}]       | invalid-field   | /pace/0/window
          [{"atMost":9,"counted":"messages","window":"PT-1S"}]      | invalid-field   | /pace/0/window
          [{"atMost":9,"counted":"messages","window":"PT0.5S"}]     | invalid-field   | /pace/0/window
          [{"counted":"messages","window":"PT1S"}]                  | missing-field   | /pace/0/atMost
          """)
  void a_pace_that_cannot_be_kept_says_what_is_wrong_where(
      String pace, String type, String pointer) {
    var answer = api.patch(ChannelSamples.PATH, "{\"pace\":" + pace + "}");

    assertThat(answer.status()).as(answer.text()).isBetween(400, 422);
    assertThat(answer.text()).contains(type).contains(pointer);
  }

  @Test
  void a_change_that_cannot_be_made_says_why() {
    assertProblem(change(new ChangeChannel.Result.UnknownChannel()), 404, "unknown-channel");
    assertProblem(change(new ChangeChannel.Result.NotYours()), 403, "channel-not-yours");
    assertProblem(
        change(new ChangeChannel.Result.KindNotOffered(ChannelSamples.POST)),
        409,
        "channel-not-offered");
    assertProblem(
        change(new ChangeChannel.Result.ChangedMeanwhile()), 409, "channel-changed-meanwhile");
    var missing = new FieldProblem("password", "has to be given again");
    var faulty = change(new ChangeChannel.Result.Faulty(List.of(missing)));
    assertProblem(faulty, 422, "invalid-settings");
    assertThat(faulty.at("/field")).isEqualTo("/settings/password");
    var refused = change(new ChangeChannel.Result.Refused(ChannelSamples.FAILS));
    assertProblem(refused, 422, "channel-refused");
    assertThat(refused.at("/detail")).contains("All is as it was.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"kind":"post"}               | unknown-field   | /kind
          {"label":7}                   | wrong-json-type | /label
          {"settings":true}             | wrong-json-type | /settings
          {"settings":{"port":{}}}      | wrong-json-type | /settings/port
          """)
  void a_change_that_is_rubbish_is_told_with_its_place(String body, String type, String field) {
    var answer = api.patch(ChannelSamples.PATH, body);
    assertProblem(answer, 422, type);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void a_removed_channel_tells_whose_channel_is_another() {
    var asked = new ArrayList<RemoveChannel.Command>();
    api.removeChannel =
        command -> {
          asked.add(command);
          return new RemoveChannel.Result.Removed(
              List.of(ChannelSamples.RECHOSEN), Optional.empty(), RemoveChannel.Access.NONE);
        };
    var answer = api.delete(ChannelSamples.PATH);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/rechosen/0/reason")).isEqualTo("team-channel");
    assertThat(answer.json().has("waiting")).isFalse();
    assertThat(answer.json().has("access")).isFalse();
    assertThat(asked)
        .containsExactly(
            new RemoveChannel.Command(Samples.CALLER, Samples.CHANNEL_ID, WithMail.REFUSE));
  }

  @Test
  void a_channel_is_removed_with_mail_left_waiting_only_if_that_is_said() {
    var asked = new ArrayList<WithMail>();
    api.removeChannel =
        command -> {
          asked.add(command.withMail());
          return new RemoveChannel.Result.Removed(
              List.of(), Optional.of(ChannelSamples.WAITING), RemoveChannel.Access.STILL_NEEDED);
        };
    var answer = api.delete(ChannelSamples.PATH + "?waiting=keep");
    assertThat(answer.json().path("waiting").toString())
        .isEqualTo("{\"messages\":3,\"recipients\":5,\"since\":\"2026-11-24T12:00:00Z\"}");
    assertThat(answer.at("/access")).isEqualTo("still-needed");
    assertThat(asked).containsExactly(WithMail.LEAVE_WAITING);
  }

  @Test
  void a_channel_that_mail_waits_for_is_not_removed() {
    var answer = remove(new RemoveChannel.Result.MailWaits(ChannelSamples.WAITING));
    assertProblem(answer, 409, "mail-waits");
    assertThat(answer.at("/detail"))
        .contains("3 messages for 5 recipients", "2026-11-24T12:00:00Z")
        .contains(ChannelSamples.PATH + "/move-waiting", "?waiting=keep");
    assertThat(answer.at("/waiting/messages")).isEqualTo("3");
    assertDescribed("Problem", answer);
    var one = new WaitingAmount(1, 1, Samples.NOON);
    assertThat(remove(new RemoveChannel.Result.MailWaits(one)).at("/detail"))
        .contains("1 message for 1 recipient.");
  }

  @Test
  void a_channel_that_cannot_be_removed_says_why() {
    assertProblem(remove(new RemoveChannel.Result.UnknownChannel()), 404, "unknown-channel");
    assertProblem(remove(new RemoveChannel.Result.NotYours()), 403, "channel-not-yours");
  }

  @Test
  void what_to_do_with_waiting_mail_is_a_word_of_ours() {
    var answer = api.delete(ChannelSamples.PATH + "?waiting=drop");
    assertProblem(answer, 400, "invalid-parameter");
    assertThat(answer.at("/parameter")).isEqualTo("waiting");
  }

  @Test
  void no_answer_repeats_a_secret() {
    var answers = new ArrayList<TestApi.Answer>();
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
