package io.leverans.web.channel;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.web.input.JsonBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of POST /v1/channels. */
record ConnectChannelJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("kind", "label", "owner", "settings");

  ConnectChannel.Command toCommand(Caller caller) {
    var fields = body.fields(FIELDS);
    var kind =
        fields
            .flatMap(object -> object.require("kind", "GET /v1/channel-kinds lists the kinds"))
            .flatMap(field -> field.read(INVALID_FIELD, ConnectChannelJson::kind));
    Optional<String> label = fields.flatMap(object -> object.text("label"));
    Optional<Ownership> owner = fields.flatMap(object -> object.word("owner", Ownership.class));
    Map<String, String> settings =
        fields
            .flatMap(object -> object.find("settings"))
            .map(field -> filledIn(new SettingsField(field)))
            .orElse(Map.of());
    body.findings().refuseAny();
    return new ConnectChannel.Command(
        caller, kind.orElseThrow(), label.orElse(""), owner.orElse(Ownership.MEMBER), settings);
  }

  /** What is left empty on a form was not filled in. */
  private static Map<String, String> filledIn(SettingsField field) {
    Map<String, String> settings = new HashMap<>(field.read());
    settings.values().removeIf(String::isEmpty);
    return settings;
  }

  private static ChannelKind kind(String name) {
    try {
      return new ChannelKind(name);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "this is no kind of channel; GET /v1/channel-kinds lists those there are");
    }
  }
}
