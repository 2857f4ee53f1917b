package io.leverans.bootstrap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leverans.application.port.provider.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private final Meters meters = new Meters();
  private final MetricsServer server =
      new MetricsServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), meters);

  @AfterEach
  void stop() {
    server.close();
    meters.close();
  }

  @Test
  void the_metrics_are_there_as_text_for_prometheus() throws Exception {
    HttpResponse<String> answer = ask(request("/metrics").GET());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).contains("# TYPE leverans_attempts_under_way gauge");
  }

  @Test
  void nothing_else_is_there() throws Exception {
    assertThat(ask(request("/").GET()).statusCode()).isEqualTo(404);
    assertThat(ask(request("/metrics/x").GET()).statusCode()).isEqualTo(404);
    assertThat(ask(request("/metrics").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(405);
  }

  @Test
  void an_address_that_is_taken_is_named_with_its_setting() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());

    assertThatThrownBy(() -> new MetricsServer(taken, meters))
        .asInstanceOf(type(InvalidSettingException.class))
        .satisfies(
            invalid -> {
              assertThat(invalid.key()).isEqualTo("metrics.listen");
              assertThat(invalid).hasMessageContaining("port " + server.port());
            });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
