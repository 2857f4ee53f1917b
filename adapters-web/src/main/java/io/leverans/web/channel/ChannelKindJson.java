package io.leverans.web.channel;

import io.leverans.application.view.KindView;
import io.leverans.domain.channel.Capabilities;

/**
 * A kind of channel as it is told, with what its channels can do unless they say otherwise, and
 * what it takes to connect one.
 */
record ChannelKindJson(
    String kind,
    String title,
    String whenToChoose,
    Capabilities capabilities,
    ConnectionFormJson connect,
    RetryScheduleJson retrySchedule) {
  static ChannelKindJson of(KindView view) {
    return new ChannelKindJson(
        view.kind().name(),
        view.description().title(),
        view.description().whenToChoose(),
        view.capabilities(),
        ConnectionFormJson.of(view.form()),
        RetryScheduleJson.of(view.retrySchedule()));
  }
}
