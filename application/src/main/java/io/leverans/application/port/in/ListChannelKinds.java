package io.leverans.application.port.in;

import io.leverans.application.view.KindView;
import java.util.List;

/** Shows the kinds of channel that this deployment offers. */
@FunctionalInterface
public interface ListChannelKinds {
  List<KindView> list();
}
