package io.leverans.web.channel;

import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.web.input.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of POST /v1/channels. */
record ConnectChannelJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("kind", "label", "owner", "settings");

  ConnectChannel.Command toCommand(Caller caller) {
    var fields = body.fields(FIELDS);
    Optional<ChannelKind> kind = fields.flatMap(KindField::read);
    Optional<String> label = fields.flatMap(object -> object.text("label"));
    Optional<Ownership> owner = fields.flatMap(object -> object.word("owner", Ownership.class));
    Map<String, String> settings = fields.map(SettingsField::filledIn).orElse(Map.of());
    body.findings().refuseAny();
    return new ConnectChannel.Command(
        caller, kind.orElseThrow(), label.orElse(""), owner.orElse(Ownership.MEMBER), settings);
  }
}
