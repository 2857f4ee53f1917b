package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.channel.Channel;
import java.util.List;

/** Shows the channels that a caller may send through. */
@FunctionalInterface
public interface ListChannels {
  List<Channel> list(Caller caller);
}
