package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.application.port.in.MoveWaitingMail.Extent;
import io.leverans.application.port.in.MoveWaitingMail.Look;
import io.leverans.application.port.in.MoveWaitingMail.Staying;
import io.leverans.domain.channel.Presentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingMailTest {
  private static final String MOVE = ChannelSamples.PATH + "/move-waiting";
  private static final String TO_OTHER =
      "{\"to\":\"%s\"}".formatted(ChannelSamples.OTHER_ID.value());
  private static final MoveWaitingMail.Account ACCOUNT =
      new MoveWaitingMail.Account(
          3,
          5,
          List.of(
              new Look(
                  Samples.ANNA,
                  Optional.of(new Presentation(Samples.ANNA, Optional.empty(), Optional.empty())),
                  ChannelSamples.PRESENTATION),
              new Look(Samples.ANNA, Optional.empty(), ChannelSamples.PRESENTATION)),
          List.of(new Staying(Samples.MESSAGE_ID, "It is too large.")));

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer move(MoveWaitingMail.Result result) {
    api.moveWaitingMail = _ -> result;
    return api.post(MOVE, TO_OTHER);
  }

  private static void assertRefused(Answer answer, int status, String type, String field) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(answer.at("/detail")).hasSizeGreaterThan(10);
  }

  @Test
  void mail_is_moved_and_the_account_tells_how_it_looks() {
    var asked = new ArrayList<MoveWaitingMail.Command>();
    api.moveWaitingMail =
        command -> {
          asked.add(command);
          return new MoveWaitingMail.Result.Moved(ACCOUNT);
        };
    var answer = api.post(MOVE, TO_OTHER);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes("MoveAccount", answer.json());
    assertThat(answer.json().path("moved").asBoolean()).isTrue();
    assertThat(answer.at("/messages")).isEqualTo("3");
    assertThat(answer.at("/recipients")).isEqualTo("5");
    assertThat(answer.at("/looks/0/author/address")).isEqualTo("anna@sender.example");
    assertThat(answer.json().at("/looks/0/before").has("via")).isFalse();
    assertThat(answer.at("/looks/0/after/via")).isEqualTo("platform.example");
    assertThat(answer.json().at("/looks/1").has("before")).isFalse();
    assertThat(answer.at("/staying/0/why")).isEqualTo("It is too large.");
    assertThat(asked)
        .containsExactly(
            new MoveWaitingMail.Command(
                Samples.CALLER, Samples.CHANNEL_ID, ChannelSamples.OTHER_ID, Extent.MOVE));
  }

  @ParameterizedTest
  @CsvSource({"true, SHOW", "false, MOVE", "null, MOVE"})
  void nothing_is_moved_in_a_dry_run(String dryRun, Extent extent) {
    var asked = new ArrayList<Extent>();
    api.moveWaitingMail =
        command -> {
          asked.add(command.extent());
          return new MoveWaitingMail.Result.Shown(ACCOUNT);
        };
    var answer = api.post(MOVE, TO_OTHER.replace("}", ",\"dryRun\":%s}".formatted(dryRun)));
    assertThat(answer.json().path("moved").isBoolean()).isTrue();
    assertThat(answer.json().path("moved").asBoolean()).isFalse();
    assertThat(asked).containsExactly(extent);
  }

  @Test
  void mail_that_cannot_be_moved_stays_and_the_answer_says_why() {
    var from = new MoveWaitingMail.Result.UnknownChannel(Samples.CHANNEL_ID);
    assertRefused(move(from), 404, "unknown-channel", "");
    var to = new MoveWaitingMail.Result.UnknownChannel(ChannelSamples.OTHER_ID);
    assertRefused(move(to), 422, "unknown-channel", "/to");
    assertRefused(move(new MoveWaitingMail.Result.SameChannel()), 422, "same-channel", "/to");
    assertRefused(
        move(new MoveWaitingMail.Result.KindNotOffered(ChannelSamples.POST)),
        409,
        "channel-not-offered",
        "/to");
    var ill = move(new MoveWaitingMail.Result.TargetAtFault(ChannelSamples.OTHER_ID));
    assertRefused(ill, 409, "channel-needs-attention", "/to");
    assertThat(ill.at("/detail")).contains(ChannelSamples.OTHER_ID.value().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                              | missing-field   | /to
          {"to":7}                                                        | wrong-json-type | /to
          {"to":"there"}                                                  | invalid-field   | /to
          {"to":"00000000-0000-0000-0000-000000000009","dryRun":"yes"}    | wrong-json-type | /dryRun
          {"to":"00000000-0000-0000-0000-000000000009","dryRun":1}        | wrong-json-type | /dryRun
          {"to":"00000000-0000-0000-0000-000000000009","dryrun":true}     | unknown-field   | /dryrun
          """)
  void a_request_that_is_not_understood_moves_nothing(String body, String type, String field) {
    assertRefused(api.post(MOVE, body), 422, type, field);
  }
}
