package io.leverans.bootstrap.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.FormField.Need;
import io.leverans.application.port.provider.FormField.Option;
import io.leverans.application.port.provider.FormField.Visibility;
import io.leverans.bootstrap.settings.Retries;
import io.leverans.bootstrap.settings.SettingKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is the code's own list. */
class ConfigurationDocTest {
  private static final List<String> HEAD = List.of("Setting", "Default", "Meaning");

  @Test
  void every_setting_of_the_service_stands_there_as_it_is() throws IOException {
    Stream<List<String>> settings =
        Arrays.stream(SettingKey.values())
            .map(
                key ->
                    List.of(
                        code(key.key()),
                        code(key.variable()),
                        code(key.fallback()),
                        switch (key.visibility()) {
                          case OPEN -> key.meaning();
                          case SECRET -> key.meaning() + " (secret)";
                        }));
    assertThat(tableUnder("## The service"))
        .containsExactlyElementsOf(
            under(List.of("Setting", "Variable", "Default", "Meaning"), settings));
  }

  @Test
  void every_setting_of_a_kind_of_channel_stands_there_as_it_is() throws IOException {
    for (ChannelProviderFactory factory : OfferedKinds.factories()) {
      String kind = factory.kind().name();
      Stream<List<String>> settings =
          factory.settings().stream().map(setting -> row(kind + "." + setting.key(), setting));
      assertThat(tableUnder("## The channel kind `%s`".formatted(kind)))
          .as(kind)
          .containsExactlyElementsOf(under(HEAD, settings));
    }
  }

  @Test
  void what_may_be_set_for_each_kind_stands_there_as_it_is() throws IOException {
    Stream<List<String>> settings =
        Retries.OF_EACH_KIND.stream()
            .map(key -> List.of(code("KIND." + key.key()), code(key.key()), key.meaning()));
    assertThat(tableUnder("### Retries of one kind of channel"))
        .containsExactlyElementsOf(
            under(List.of("Setting", "Default: as set by", "Meaning"), settings));
  }

  @Test
  void every_field_of_a_platforms_own_channel_stands_there_as_it_is() throws IOException {
    for (ChannelProviderFactory factory : OfferedKinds.factories()) {
      String kind = factory.kind().name();
      try (ChannelProvider provider = OfferedKinds.provider(factory)) {
        if (provider.form() instanceof ConnectionForm.Fields(var fields, _)) {
          Stream<List<String>> settings =
              fields.stream().map(field -> row(kind + ".platform." + field.name(), field));
          assertThat(tableUnder(ownChannel(kind)))
              .as(kind)
              .containsExactlyElementsOf(under(HEAD, settings));
        }
      }
    }
  }

  @Test
  void no_other_kind_of_channel_is_described() throws IOException {
    List<String> described =
        Document.read("configuration.md").headings().stream()
            .filter(heading -> heading.contains("`"))
            .toList();
    List<String> expected = new ArrayList<>();
    for (ChannelProviderFactory factory : OfferedKinds.factories()) {
      String kind = factory.kind().name();
      expected.add("## The channel kind `%s`".formatted(kind));
      try (ChannelProvider provider = OfferedKinds.provider(factory)) {
        if (provider.form() instanceof ConnectionForm.Fields) {
          expected.add(ownChannel(kind));
        }
      }
    }
    assertThat(described).containsExactlyElementsOf(expected);
  }

  private static String ownChannel(String kind) {
    return "### The platform's own channel of the kind `%s`".formatted(kind);
  }

  private static List<List<String>> tableUnder(String heading) throws IOException {
    return Document.read("configuration.md").tableUnder(heading);
  }

  private static List<List<String>> under(List<String> head, Stream<List<String>> rows) {
    return Stream.concat(Stream.of(head), rows).toList();
  }

  private static List<String> row(String key, DeploymentSetting setting) {
    return row(key, code(setting.fallback()), setting.meaning(), setting.visibility());
  }

  private static List<String> row(String key, FormField field) {
    String fallback =
        field.need() == Need.REQUIRED ? "required" : code(field.fallback().orElse(""));
    String choices =
        field.type() instanceof FormField.Type.Choice(var options)
            ? options.stream()
                .map(Option::value)
                .map(ConfigurationDocTest::code)
                .collect(Collectors.joining(", ", " One of ", "."))
            : "";
    return row(key, fallback, field.label() + ". " + field.help() + choices, field.visibility());
  }

  private static List<String> row(
      String key, String fallback, String meaning, Visibility visibility) {
    return List.of(
        code(key),
        fallback,
        switch (visibility) {
          case OPEN -> meaning;
          case SECRET -> meaning + " (secret)";
        });
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
