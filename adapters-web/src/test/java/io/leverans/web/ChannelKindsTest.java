package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Preset;
import io.leverans.application.view.KindView;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelKindsTest {
  private static final String KINDS = "/v1/channel-kinds";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer kindWith(ConnectionForm form) {
    api.listChannelKinds =
        () ->
            List.of(
                new KindView(
                    ChannelSamples.POST,
                    new KindDescription("Post", "By foot."),
                    ChannelSamples.CAPABILITIES,
                    form,
                    new RetrySchedule(
                        Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(2))));
    var answer = api.get(KINDS);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes("ChannelKind", answer.json().at("/items/0"));
    return answer;
  }

  private static FormField field(
      String name,
      FormField.Type type,
      FormField.Need need,
      FormField.Visibility visibility,
      Optional<String> fallback) {
    return new FormField(
        name, "Label of " + name, "Help with " + name, type, need, visibility, fallback);
  }

  @Test
  void a_kind_tells_what_its_channels_can_do() {
    var answer = kindWith(new ConnectionForm.ComesWithPlatform());
    assertThat(answer.at("/items/0/kind")).isEqualTo("post");
    assertThat(answer.at("/items/0/whenToChoose")).isEqualTo("By foot.");
    assertThat(answer.json().at("/items/0/capabilities").toString())
        .isEqualTo(
            """
            {"senderShown":"identity","via":"shown-unless-aligned",\
            "allowListing":"possible-if-aligned","sentCopy":"none","bounceCapture":"always",\
            "unsubscribing":"one-click-if-server-signs",\
            "identities":"any-verified","reputation":"platform",\
            "acceptedMeans":"recipients-server","grouping":"one-recipient",\
            "limits":[{"atMost":30,"counted":"recipients","window":"PT1M","scope":"destination",\
            "source":"The post's timetable"}],"largestMessage":25000000}\
            """);
  }

  @Test
  void a_kind_tells_when_its_mail_is_tried_again_and_given_up() {
    var answer = kindWith(new ConnectionForm.ComesWithPlatform());
    assertThat(answer.json().at("/items/0/retrySchedule").toString())
        .isEqualTo(
            """
            {"firstPause":"PT5M","longestPause":"PT4H","giveUpAfter":"PT48H"}\
            """);
  }

  @Test
  void a_kind_that_comes_with_the_platform_has_nothing_to_fill_in() {
    var answer = kindWith(new ConnectionForm.ComesWithPlatform());
    assertThat(answer.json().at("/items/0/connect").toString())
        .isEqualTo("{\"type\":\"comes-with-platform\"}");
  }

  @Test
  void a_kind_tells_what_is_to_be_filled_in() {
    var fields =
        List.of(
            field(
                "host",
                new FormField.Type.Line(),
                FormField.Need.REQUIRED,
                FormField.Visibility.OPEN,
                Optional.empty()),
            field(
                "port",
                new FormField.Type.WholeNumber(1, 65_535),
                FormField.Need.OPTIONAL,
                FormField.Visibility.OPEN,
                Optional.of("587")),
            field(
                "security",
                new FormField.Type.Choice(List.of(new FormField.Option("tls", "Encrypted"))),
                FormField.Need.OPTIONAL,
                FormField.Visibility.OPEN,
                Optional.empty()),
            field(
                "key",
                new FormField.Type.Lines(),
                FormField.Need.OPTIONAL,
                FormField.Visibility.SECRET,
                Optional.empty()));
    var answer = kindWith(new ConnectionForm.Fields(fields, List.of()));
    assertThat(answer.at("/items/0/connect/type")).isEqualTo("fields");
    assertThat(answer.json().at("/items/0/connect/fields").valueStream().map(Object::toString))
        .containsExactly(
            """
            {"name":"host","label":"Label of host","help":"Help with host","type":"line",\
            "required":true,"secret":false}\
            """,
            """
            {"name":"port","label":"Label of port","help":"Help with port","type":"whole-number",\
            "least":1,"most":65535,"required":false,"secret":false,"default":"587"}\
            """,
            """
            {"name":"security","label":"Label of security","help":"Help with security",\
            "type":"choice","options":[{"value":"tls","label":"Encrypted"}],"required":false,\
            "secret":false}\
            """,
            """
            {"name":"key","label":"Label of key","help":"Help with key","type":"lines",\
            "required":false,"secret":true}\
            """);
  }

  @Test
  void a_kind_tells_what_to_fill_in_for_well_known_servers() {
    var presets =
        List.of(
            new Preset("a", "Server A", Map.of("host", "a.example"), "", "https://a.example/help"),
            new Preset("b", "Server B", Map.of(), "Mind the gap.", "https://b.example/help"));
    var answer = kindWith(new ConnectionForm.Fields(List.of(), presets));
    assertThat(answer.json().at("/items/0/connect/presets").valueStream().map(Object::toString))
        .containsExactly(
            """
            {"name":"a","title":"Server A","settings":{"host":"a.example"},\
            "source":"https://a.example/help"}\
            """,
            """
            {"name":"b","title":"Server B","settings":{},"note":"Mind the gap.",\
            "source":"https://b.example/help"}\
            """);
  }
}
