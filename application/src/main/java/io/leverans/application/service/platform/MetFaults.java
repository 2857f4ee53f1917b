package io.leverans.application.service.platform;

import io.leverans.application.port.out.PlatformFaults.Met;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.PlatformFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this node has met and not yet written down. A node that dies takes some seconds' worth with
 * it: counts tell how bad it is, not what is owed. Safe for use by many threads.
 */
public final class MetFaults {
  private static final int MOST_PLACES = 1000;
  private static final String ELSEWHERE = "elsewhere";

  private final Map<Where, Met> met = new HashMap<>();

  private record Where(Cause cause, String place) {}

  /** One recipient was refused; what is no fault of the platform is passed over. */
  void met(String place, Failure failure) {
    if (PlatformFault.isOne(failure.cause())) {
      add(place, failure);
    }
  }

  private synchronized void add(String place, Failure failure) {
    Where own = new Where(failure.cause(), place);
    Where where =
        met.size() < MOST_PLACES || met.containsKey(own)
            ? own
            : new Where(failure.cause(), ELSEWHERE);
    met.merge(
        where,
        new Met(where.place(), failure, 1),
        (before, one) -> new Met(one.place(), one.latest(), before.refusals() + one.refusals()));
  }

  /** Hands out what there is, once. */
  synchronized List<Met> taken() {
    List<Met> all = List.copyOf(met.values());
    met.clear();
    return all;
  }

  /** Takes back what could not be written down. */
  synchronized void putBack(List<Met> all) {
    all.forEach(
        one ->
            met.merge(
                new Where(one.latest().cause(), one.place()),
                one,
                (newer, older) ->
                    new Met(newer.place(), newer.latest(), newer.refusals() + older.refusals())));
  }
}
