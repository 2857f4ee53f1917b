package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.RemoveChannel;
import org.junit.jupiter.api.AfterEach;

/** What is asked about the connections of channels, and how a problem is told. */
abstract class ConnectionRequests {
  static final String CHANNELS = "/v1/channels";
  static final String FULL =
      """
      {"kind":"post","label":"Our post","owner":"team","settings":{"host":"mail.example",
       "port":587,"verp":true,"password":"hunter2000","ca":null,"user":""}}\
      """;

  final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  void assertDescribed(String schema, Answer answer) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes(schema, answer.json());
  }

  Answer connect(ConnectChannel.Result result) {
    api.connectChannel = _ -> result;
    return api.post(CHANNELS, FULL);
  }

  Answer change(ChangeChannel.Result result) {
    api.changeChannel = _ -> result;
    return api.patch(ChannelSamples.PATH, "{\"settings\":{\"password\":\"hunter2000\"}}");
  }

  Answer remove(RemoveChannel.Result result) {
    api.removeChannel = _ -> result;
    return api.delete(ChannelSamples.PATH);
  }

  static void assertProblem(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(type);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.at("/detail")).hasSizeGreaterThan(10);
  }
}
