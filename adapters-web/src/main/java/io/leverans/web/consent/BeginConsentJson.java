package io.leverans.web.consent;

import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.BeginConsent.Aim;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.web.channel.KindField;
import io.leverans.web.channel.SettingsField;
import io.leverans.web.input.JsonBody;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of POST /v1/channels/connect and POST /v1/channels/{id}/connect. */
record BeginConsentJson(JsonBody body, URI publicUrl) {
  private static final List<String> OF_NEW =
      List.of("kind", "label", "owner", "settings", "redirect");
  private static final List<String> OF_OLD = List.of("settings", "redirect");

  BeginConsent.Command toConnect(Caller caller, String apiKey) {
    var fields = body.fields(OF_NEW);
    Optional<ChannelKind> kind = fields.flatMap(KindField::read);
    Optional<String> label = fields.flatMap(object -> object.text("label"));
    Optional<Ownership> owner = fields.flatMap(object -> object.word("owner", Ownership.class));
    Map<String, String> settings = fields.map(SettingsField::filledIn).orElse(Map.of());
    Optional<URI> redirect = fields.flatMap(object -> RedirectField.read(object, publicUrl));
    body.findings().refuseAny();
    return new BeginConsent.Command(
        caller,
        apiKey,
        new Aim.Connect(
            kind.orElseThrow(), label.orElse(""), owner.orElse(Ownership.MEMBER), settings),
        redirect);
  }

  BeginConsent.Command toReconnect(Caller caller, String apiKey, ChannelId channel) {
    var fields = body.fields(OF_OLD);
    Map<String, String> settings = fields.map(SettingsField::changed).orElse(Map.of());
    Optional<URI> redirect = fields.flatMap(object -> RedirectField.read(object, publicUrl));
    body.findings().refuseAny();
    return new BeginConsent.Command(caller, apiKey, new Aim.Reconnect(channel, settings), redirect);
  }
}
