package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.Preflight;
import io.leverans.application.port.in.Preflight.Command;
import io.leverans.application.port.in.Preflight.Extent;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {
  private static final String PATH =
      "/v1/identities/00000000-0000-0000-0000-000000000002/preflight";
  private static final PreflightPoint STOP =
      PreflightPoint.stop(
          Topic.DMARC, "It would be refused.", Next.of("Connect it.", Deed.CONNECT_CHANNEL));

  private final TestApi api = new TestApi();
  private final List<Command> asked = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  private void answer(PreflightPoint... points) {
    api.preflight =
        command -> {
          asked.add(command);
          return new Preflight.Result.Checked(
              new PreflightView(
                  Samples.IDENTITY_ID,
                  Samples.CHANNEL_ID,
                  List.of(points),
                  Optional.of(Samples.NOON)));
        };
  }

  @Test
  void each_point_says_how_it_stands_and_what_is_next() {
    answer(
        PreflightPoint.ok(Topic.IDENTITY, "The identity is verified."),
        STOP,
        PreflightPoint.warning(
                Topic.RECIPIENT, "It did not arrive before.", Next.of("Ask for another."))
            .about(3));
    var answer = api.get(PATH + "?recipients=20");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(asked.getFirst().extent()).isEqualTo(new Extent.Messages(20));
    assertThat(answer.at("/verdict")).isEqualTo("stop");
    assertThat(answer.at("/throughAt")).isEqualTo("2026-11-24T12:00:00Z");
    assertThat(answer.at("/points/0/name")).isEqualTo("identity");
    assertThat(answer.at("/points/0/verdict")).isEqualTo("ok");
    assertThat(answer.json().at("/points/0").has("next")).isFalse();
    assertThat(answer.at("/points/1/words")).isEqualTo("It would be refused.");
    assertThat(answer.at("/points/1/next")).isEqualTo("Connect it.");
    assertThat(answer.at("/points/1/request")).isEqualTo("POST /v1/channels");
    assertThat(answer.at("/points/2/field")).isEqualTo("/to/3");
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes("Preflight", answer.json());
  }

  @Test
  void an_account_is_connected_again_under_its_channels_address() {
    answer(
        PreflightPoint.stop(
            Topic.ACCESS, "It is too little.", Next.of("Again.", Deed.RECONNECT_CHANNEL)));
    assertThat(api.get(PATH).at("/points/0/request"))
        .isEqualTo("POST %s/connect".formatted(ChannelSamples.PATH));
  }

  @Test
  void addresses_are_handed_on_as_they_were_written() {
    answer();
    var answer = api.post(PATH, "{\"to\":[\"bert@recipient.example\",\"nonsense\"]}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(asked.getFirst().extent())
        .isEqualTo(new Extent.Addresses(List.of("bert@recipient.example", "nonsense")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"to\":[7]}", "{\"to\":\"a@b.example\",\"cc\":[]}"})
  void a_body_that_names_no_addresses_is_refused(String body) {
    assertThat(api.post(PATH, body).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1000001", "many"})
  void a_number_of_recipients_is_one_that_can_be(String number) {
    var answer = api.get(PATH + "?recipients=" + number);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-parameter");
  }

  @Test
  void an_unknown_identity_is_not_found() {
    api.preflight = _ -> new Preflight.Result.UnknownIdentity();
    assertThat(api.get(PATH).problem()).isEqualTo("unknown-identity");
  }

  @Test
  void a_stop_is_refused_at_acceptance_with_the_same_words() {
    api.acceptMessage = _ -> new AcceptMessage.Result.Objected(STOP);
    var answer =
        api.post(
            "/v1/messages",
            "{\"identityId\":\"%s\",\"to\":\"b@c.example\",\"text\":\"Hi\"}"
                .formatted(Samples.IDENTITY_ID.value()));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("preflight-stop");
    assertThat(answer.at("/detail")).isEqualTo("It would be refused. Connect it.");
    assertThat(answer.at("/point")).isEqualTo("dmarc");
    assertThat(answer.at("/field")).isEqualTo("/identityId");
  }
}
