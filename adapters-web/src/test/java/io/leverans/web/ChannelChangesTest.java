package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelChangesTest extends ConnectionRequests {
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
  void a_retry_schedule_is_two_pauses_and_an_end_and_null_is_the_kinds() {
    var asked = new ArrayList<Optional<ChangeChannel.RetryChange>>();
    api.changeChannel =
        command -> {
          asked.add(command.retry());
          return new ChangeChannel.Result.Changed(ChannelSamples.CONNECTED, List.of());
        };
    String own = "{\"firstPause\":\"PT1M\",\"longestPause\":\"PT1H\",\"giveUpAfter\":\"P30D\"}";
    for (String schedule : List.of(own, "null")) {
      assertThat(api.patch(ChannelSamples.PATH, "{\"retrySchedule\":" + schedule + "}").status())
          .isEqualTo(200);
    }
    assertThat(api.patch(ChannelSamples.PATH, "{\"label\":\"Post\"}").status()).isEqualTo(200);

    assertThat(asked)
        .containsExactly(
            Optional.of(
                new ChangeChannel.RetryChange.Own(
                    new RetrySchedule(
                        Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(30)))),
            Optional.of(new ChangeChannel.RetryChange.Usual()),
            Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # first pause | longest pause | give up after | field        | words
          PT0S          | PT1H          | P2D           | firstPause   | from PT10S to PT12H
          PT-5M         | PT1H          | P2D           | firstPause   | from PT10S to PT12H
          PT10.5S       | PT1H          | P2D           | firstPause   | whole seconds
          five minutes  | PT1H          | P2D           | firstPause   | such as PT1H
          PT5M          | P1D           | P2D           | longestPause | from PT10S to PT12H
          PT5M          | PT4M          | P2D           | longestPause | shorten the one or lengthen the other
          PT1H          | PT1H          | PT20M         | giveUpAfter  | shorten the one or lengthen the other
          PT5M          | PT1H          | PT14M         | giveUpAfter  | from PT15M to PT720H
          PT5M          | PT1H          | P31D          | giveUpAfter  | from PT15M to PT720H
          PT10S         | PT30S         | P2D           | longestPause | tried about 5760 times
          PT10S         | PT30S         | P2D           | longestPause | make the longest pause PT2M53S or longer
          """)
  void a_retry_schedule_that_cannot_be_kept_says_what_is_wrong_where_and_what_would_mend_it(
      String first, String longest, String end, String field, String words) {
    var answer =
        api.patch(
            ChannelSamples.PATH,
            "{\"retrySchedule\":{\"firstPause\":\"%s\",\"longestPause\":\"%s\",\"giveUpAfter\":\"%s\"}}"
                .formatted(first, longest, end));

    assertProblem(answer, 422, "invalid-field");
    assertThat(answer.at("/field")).isEqualTo("/retrySchedule/" + field);
    assertThat(answer.text()).contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "PT5M"                                          | wrong-json-type | /retrySchedule
          {"firstPause":"PT5M","longestPause":"PT1H"}     | missing-field   | /retrySchedule/giveUpAfter
          {"firstPause":300}                              | wrong-json-type | /retrySchedule/firstPause
          {"pauses":[]}                                   | unknown-field   | /retrySchedule/pauses
          """)
  void what_is_no_retry_schedule_is_told_with_its_place(
      String schedule, String type, String pointer) {
    var answer = api.patch(ChannelSamples.PATH, "{\"retrySchedule\":" + schedule + "}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
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
}
