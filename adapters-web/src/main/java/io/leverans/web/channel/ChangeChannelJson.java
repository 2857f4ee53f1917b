package io.leverans.web.channel;

import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.web.input.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of PATCH /v1/channels/{id}. */
record ChangeChannelJson(JsonBody body) {
  private static final List<String> FIELDS =
      List.of("label", "pace", "whenInDoubt", "retrySchedule", "settings");

  ChangeChannel.Command toCommand(Caller caller, ChannelId channel) {
    var fields = body.fields(FIELDS);
    Optional<String> label = fields.flatMap(object -> object.text("label"));
    Optional<ChangeChannel.PaceChange> pace = fields.flatMap(PaceField::changed);
    Optional<WhenInDoubt> whenInDoubt =
        fields
            .flatMap(object -> object.find("whenInDoubt"))
            .flatMap(field -> field.word(WhenInDoubt.class));
    Optional<ChangeChannel.RetryChange> retry = fields.flatMap(RetryScheduleField::changed);
    Map<String, String> settings = fields.map(SettingsField::changed).orElse(Map.of());
    body.findings().refuseAny();
    return new ChangeChannel.Command(caller, channel, label, pace, whenInDoubt, retry, settings);
  }
}
