package io.leverans.application.service;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where places are dealt out from next time: after whoever got the last one.
 *
 * @param last who that was
 * @param searchAfter where to go on looking, if there were more than places, so that not all of
 *     them were looked at
 */
record Rotation<T>(Optional<T> last, Optional<T> searchAfter) {
  static <T> Rotation<T> fromTheFirst() {
    return new Rotation<>(Optional.empty(), Optional.empty());
  }

  /** The same, where the search came no further. */
  Rotation<T> goingOnAfter(T reached) {
    return new Rotation<>(last, Optional.of(reached));
  }

  /** Those that were found, beginning after the last. */
  List<T> inTurn(List<T> found) {
    List<T> turned = new ArrayList<>(found);
    last.map(found::indexOf).ifPresent(place -> Collections.rotate(turned, -(place + 1)));
    return turned;
  }

  /** After the places were dealt out; without any, all stays as it is. */
  Optional<Rotation<T>> next(Map<T, Integer> dealt, List<T> found, int places) {
    if (dealt.isEmpty()) {
      return last.isEmpty() ? Optional.empty() : Optional.of(this);
    }
    Optional<T> latest = latest(dealt);
    return Optional.of(new Rotation<>(latest, found.size() >= places ? latest : Optional.empty()));
  }

  /** The last of those that got the most, in the order of their turns. */
  private Optional<T> latest(Map<T, Integer> dealt) {
    int most = Collections.max(dealt.values());
    return dealt.entrySet().stream()
        .filter(share -> share.getValue() == most)
        .map(Map.Entry::getKey)
        .reduce((_, later) -> later);
  }
}
