package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.port.in.ChooseDefault;
import io.leverans.application.port.in.PresentIdentity;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingChoiceTest {
  private static final String IDENTITY = "/v1/identities/" + Samples.IDENTITY_ID.value();
  private static final String OTHER =
      "{\"channelId\":\"%s\"}".formatted(ChannelSamples.OTHER_ID.value());
  private static final Identity ANNA = Samples.identity(new Verification.Verified(Samples.NOON));

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(String schema, Answer answer, String pointer) {
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes(schema, answer.json().at(pointer));
  }

  private static void assertProblem(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.at("/detail")).hasSizeGreaterThan(10);
  }

  private Answer choose(ChooseChannel.Result result) {
    api.chooseChannel = _ -> result;
    return api.put(IDENTITY + "/channel", OTHER);
  }

  private Answer present(PresentIdentity.Result result) {
    api.presentIdentity = (_, _, _) -> result;
    return api.get(IDENTITY + "/presentation?channelId=" + ChannelSamples.OTHER_ID.value());
  }

  @Test
  void a_channel_is_chosen_and_the_answer_shows_what_recipients_will_see() {
    var asked = new ArrayList<Optional<ChannelId>>();
    api.chooseChannel =
        command -> {
          asked.add(command.channel());
          return new ChooseChannel.Result.Chosen(ANNA, ChannelSamples.PRESENTATION);
        };
    var answer = api.put(IDENTITY + "/channel", OTHER);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertDescribed("Identity", answer, "/identity");
    assertDescribed("Presentation", answer, "/presentation");
    assertThat(answer.at("/identity/channel/reason")).isEqualTo("team-channel");
    assertThat(answer.at("/presentation/via")).isEqualTo("platform.example");
    assertThat(asked).containsExactly(Optional.of(ChannelSamples.OTHER_ID));
  }

  @Test
  void null_leaves_it_to_the_rule_again() {
    var asked = new ArrayList<ChooseChannel.Command>();
    api.chooseChannel =
        command -> {
          asked.add(command);
          return new ChooseChannel.Result.Chosen(ANNA, ChannelSamples.PRESENTATION);
        };
    assertThat(api.put(IDENTITY + "/channel", "{\"channelId\":null}").status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new ChooseChannel.Command(Samples.CALLER, Samples.IDENTITY_ID, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                   | missing-field   | /channelId
          []                   | wrong-json-type | ''
          {"channelId":""}     | invalid-field   | /channelId
          {"channelId":17}     | wrong-json-type | /channelId
          {"channel":null}     | invalid-request | /channel
          """)
  void what_was_forgotten_is_no_choice(String body, String type, String field) {
    var answer = api.put(IDENTITY + "/channel", body);
    assertProblem(answer, 422, type);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void a_choice_that_cannot_be_made_says_why() {
    assertProblem(choose(new ChooseChannel.Result.UnknownIdentity()), 404, "unknown-identity");
    var unknown = choose(new ChooseChannel.Result.UnknownChannel(ChannelSamples.OTHER_ID));
    assertProblem(unknown, 422, "unknown-channel");
    assertThat(unknown.at("/field")).isEqualTo("/channelId");
    var notOffered = choose(new ChooseChannel.Result.KindNotOffered(ChannelSamples.OTHER_ID));
    assertProblem(notOffered, 409, "channel-not-offered");
    assertThat(notOffered.at("/field")).isEqualTo("/channelId");
  }

  @Test
  void an_identity_becomes_the_default_and_the_answer_tells_what_else_changed() {
    api.chooseDefault =
        (_, _) -> new ChooseDefault.Result.Chosen(ANNA, List.of(ChannelSamples.RECHOSEN));
    var answer = api.put(IDENTITY + "/default");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertDescribed("Identity", answer, "/identity");
    assertDescribed("Rechosen", answer, "/rechosen");
    assertThat(answer.at("/identity/standing")).isEqualTo("default");
    assertThat(answer.at("/rechosen/0/previousChannelId"))
        .isEqualTo(ChannelSamples.OTHER_ID.value().toString());
  }

  @Test
  void an_unknown_identity_becomes_nobodys_default() {
    api.chooseDefault = (_, _) -> new ChooseDefault.Result.UnknownIdentity();
    assertProblem(api.put(IDENTITY + "/default"), 404, "unknown-identity");
    assertProblem(api.put("/v1/identities/17/default"), 404, "unknown-identity");
  }

  @Test
  void what_recipients_see_is_shown_through_any_channel() {
    var asked = new ArrayList<Optional<ChannelId>>();
    api.presentIdentity =
        (_, _, channel) -> {
          asked.add(channel);
          return new PresentIdentity.Result.Presented(ChannelSamples.PRESENTATION);
        };
    var answer = api.get(IDENTITY + "/presentation");
    assertThat(answer.text())
        .isEqualTo(
            """
            {"channelId":"00000000-0000-0000-0000-000000000003",\
            "from":{"address":"anna@sender.example","name":"Anna"},"via":"platform.example",\
            "replyTo":{"address":"anna@sender.example","name":"Anna"},\
            "sentFolder":"by-provider","bounces":"to-senders-mailbox"}\
            """);
    assertDescribed("Presentation", answer, "");
    var through = api.get(IDENTITY + "/presentation?channelId=" + ChannelSamples.OTHER_ID.value());
    assertThat(through.status()).isEqualTo(200);
    assertThat(asked).containsExactly(Optional.empty(), Optional.of(ChannelSamples.OTHER_ID));
  }

  @Test
  void what_nobody_can_show_says_why() {
    assertProblem(present(new PresentIdentity.Result.UnknownIdentity()), 404, "unknown-identity");
    var unknown = present(new PresentIdentity.Result.UnknownChannel(ChannelSamples.OTHER_ID));
    assertProblem(unknown, 404, "unknown-channel");
    assertThat(unknown.at("/parameter")).isEqualTo("channelId");
    var notOffered = present(new PresentIdentity.Result.KindNotOffered(ChannelSamples.POST));
    assertProblem(notOffered, 409, "channel-not-offered");
    var malformed = api.get(IDENTITY + "/presentation?channelId=17");
    assertProblem(malformed, 400, "invalid-parameter");
    assertThat(malformed.at("/parameter")).isEqualTo("channelId");
  }
}
