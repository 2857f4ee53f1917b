package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.TestChannel;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
  private static final ChannelHealth ILL =
      new ChannelHealth.NeedsAttention(
          ChannelSamples.REFUSED,
          Samples.NOON,
          Optional.of(Samples.NOON.plus(Duration.ofHours(1))));

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer shown(ChannelView view) {
    api.readChannels = new ChannelSamples.KnownChannels(List.of(view));
    var answer = api.get(ChannelSamples.PATH);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertDescribed("Channel", answer);
    return answer;
  }

  private void assertDescribed(String schema, Answer answer) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes(schema, answer.json());
  }

  private static ChannelView ownedBy(ChannelOwner owner) {
    var plain = ChannelSamples.CONNECTED.channel();
    var channel =
        new Channel(
            plain.id(),
            plain.kind(),
            owner,
            plain.settings(),
            plain.secrets(),
            plain.health(),
            plain.connectedAt(),
            plain.preferences());
    return new ChannelView(channel, Optional.of(ChannelSamples.CAPABILITIES), Optional.empty());
  }

  @Test
  void a_channel_that_works_is_shown_with_its_open_settings() {
    var answer = shown(ChannelSamples.CONNECTED);
    assertThat(answer.at("/label")).isEqualTo("Our post");
    assertThat(answer.at("/settings/port")).isEqualTo("587");
    assertThat(answer.at("/secrets")).isEqualTo("stored");
    assertThat(answer.at("/capabilities/via")).isEqualTo("shown-unless-aligned");
    assertThat(answer.json().at("/health").toString()).isEqualTo("{\"status\":\"connected\"}");
    assertThat(answer.at("/connectedAt")).isEqualTo("2026-11-24T12:00:00Z");
    assertThat(answer.json().has("waiting")).isFalse();
    assertThat(answer.json().has("retrySchedule")).as("it is the kind's").isFalse();
    assertThat(answer.json().has("findings")).isFalse();
    assertThat(answer.text()).doesNotContain(ChannelSamples.SEALED.base64());
  }

  @Test
  void a_channel_tells_when_its_mail_is_tried_again_if_that_is_not_as_for_all_of_its_kind() {
    var plain = ChannelSamples.CONNECTED.channel();
    var own = new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(5));
    Channel patient = plain.preferring(plain.preferences().retried(Optional.of(own)));
    var answer =
        shown(new ChannelView(patient, Optional.of(ChannelSamples.CAPABILITIES), Optional.empty()));
    assertThat(answer.json().at("/retrySchedule").toString())
        .isEqualTo(
            """
            {"firstPause":"PT1M","longestPause":"PT1H","giveUpAfter":"PT120H"}\
            """);
  }

  @Test
  void a_channel_without_secrets_says_so() {
    var channel = ChannelSamples.channel(new ChannelHealth.Connected(), SealedSecrets.NONE);
    var answer =
        shown(new ChannelView(channel, Optional.of(ChannelSamples.CAPABILITIES), Optional.empty()));
    assertThat(answer.at("/secrets")).isEqualTo("none");
  }

  @Test
  void whose_a_channel_is_is_told() {
    assertThat(shown(ChannelSamples.CONNECTED).at("/owner")).isEqualTo("member");
    assertThat(api.get(ChannelSamples.PATH).at("/memberId"))
        .isEqualTo(Samples.MEMBER_ID.value().toString());
  }

  @Test
  void the_teams_channel_is_no_members() {
    var answer = shown(ownedBy(new ChannelOwner.OfTeam(Samples.TEAM)));
    assertThat(answer.at("/owner")).isEqualTo("team");
    assertThat(answer.json().has("memberId")).isFalse();
  }

  @Test
  void the_platforms_channel_is_the_platforms() {
    assertThat(shown(ownedBy(new ChannelOwner.Platform())).at("/owner")).isEqualTo("platform");
  }

  @Test
  void a_channel_that_needs_attention_says_why_what_to_do_and_what_waits() {
    var answer = shown(ChannelSamples.view(ILL, ChannelSamples.WAITING));
    assertThat(answer.json().at("/health").toString())
        .isEqualTo(
            """
            {"status":"needs-attention","cause":"credentials-refused","words":"535 5.7.8 no",\
            "remedy":"Check the password.","since":"2026-11-24T12:00:00Z",\
            "until":"2026-11-24T13:00:00Z"}\
            """);
    assertThat(answer.json().at("/waiting").toString())
        .isEqualTo(
            """
            {"messages":3,"recipients":5,"since":"2026-11-24T12:00:00Z",\
            "why":"The channel needs attention: 535 5.7.8 no"}\
            """);
  }

  @Test
  void one_fault_that_may_pass_alarms_nobody() {
    var doubted = new ChannelHealth.Doubted(ChannelSamples.REFUSED, Samples.NOON);
    var answer = shown(ChannelSamples.view(doubted, ChannelSamples.WAITING));
    assertThat(answer.json().at("/health").toString()).isEqualTo("{\"status\":\"connected\"}");
    assertThat(answer.json().at("/waiting").has("why")).isFalse();
  }

  @Test
  void a_channel_whose_kind_is_not_offered_says_so_whatever_its_health() {
    var view =
        new ChannelView(
            ChannelSamples.channel(ILL, ChannelSamples.SEALED),
            Optional.empty(),
            Optional.of(ChannelSamples.WAITING));
    var answer = shown(view);
    assertThat(answer.at("/health/status")).isEqualTo("not-offered");
    assertThat(answer.at("/health/remedy")).contains("Ask them to offer it again");
    assertThat(answer.at("/waiting/why")).contains("not offered");
    assertThat(answer.json().has("capabilities")).isFalse();
  }

  @Test
  void channels_are_listed() {
    api.readChannels = new ChannelSamples.KnownChannels(List.of(ChannelSamples.CONNECTED));
    var answer = api.get("/v1/channels");
    assertThat(answer.at("/items/0/id")).isEqualTo(Samples.CHANNEL_ID.value().toString());
    assertThat(answer.at("/items/0/health/status")).isEqualTo("connected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-0000-0000-00000000000f", "17", "%20", "null"})
  void an_unknown_channel_is_told_so(String id) {
    for (var answer :
        List.of(
            api.get("/v1/channels/" + id),
            api.send(api.request("/v1/channels/17").DELETE()),
            api.patch("/v1/channels/17", "{}"),
            api.post("/v1/channels/17/test"),
            api.post("/v1/channels/17/move-waiting", "{}"))) {
      assertThat(answer.status()).as(answer.text()).isEqualTo(404);
      assertThat(answer.problem()).isEqualTo("unknown-channel");
      assertThat(answer.at("/detail")).contains("GET /v1/channels");
    }
  }

  @Test
  void a_channel_that_works_when_it_is_tried_tells_what_was_found() {
    var proof = new Proof.Works(List.of("It takes 35 MB."), List.of("> EHLO", "< 250 ok"));
    api.testChannel = (_, _) -> new TestChannel.Result.Works(ChannelSamples.CONNECTED, proof);
    var answer = api.post(ChannelSamples.PATH + "/test");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("ChannelTest", answer);
    assertThat(answer.at("/result")).isEqualTo("works");
    assertThat(answer.at("/channel/health/status")).isEqualTo("connected");
    assertThat(answer.at("/findings/0")).isEqualTo("It takes 35 MB.");
    assertThat(answer.at("/transcript/1")).isEqualTo("< 250 ok");
    assertThat(answer.json().has("failure")).isFalse();
  }

  @Test
  void a_channel_that_fails_when_it_is_tried_tells_why_and_what_to_do() {
    api.testChannel =
        (_, _) -> new TestChannel.Result.Fails(ChannelSamples.view(ILL), ChannelSamples.FAILS);
    var answer = api.post(ChannelSamples.PATH + "/test");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed("ChannelTest", answer);
    assertThat(answer.at("/result")).isEqualTo("fails");
    assertThat(answer.at("/failure/cause")).isEqualTo("credentials-refused");
    assertThat(answer.at("/failure/words")).isEqualTo("535 5.7.8 no");
    assertThat(answer.at("/failure/remedy")).isEqualTo("Check the password.");
    assertThat(answer.at("/setting")).isEqualTo("password");
    assertThat(answer.at("/channel/health/status")).isEqualTo("needs-attention");
    assertThat(answer.json().has("findings")).isFalse();
  }

  @Test
  void nothing_is_tried_that_is_not_there() {
    api.testChannel = (_, _) -> new TestChannel.Result.UnknownChannel();
    assertThat(api.post(ChannelSamples.PATH + "/test").problem()).isEqualTo("unknown-channel");
  }

  @Test
  void a_channel_whose_kind_is_not_offered_cannot_be_tried() {
    api.testChannel = (_, _) -> new TestChannel.Result.KindNotOffered(ChannelSamples.POST);
    var answer = api.post(ChannelSamples.PATH + "/test");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("channel-not-offered");
    assertThat(answer.at("/detail")).contains("'post'").contains("operator");
  }
}
