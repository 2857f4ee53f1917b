package io.leverans.application.service.sending;

import static java.util.stream.Collectors.partitioningBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where places are dealt out from next time: after whoever got the last one.
 *
 * @param last who that was
 * @param all how many there were to choose from, if all of them were found
 * @param reached how far the search came, if it found too few
 */
record Rotation<T>(Optional<T> last, OptionalInt all, Optional<T> reached) {
  static <T> Rotation<T> fromTheFirst() {
    return new Rotation<>(Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  /** The same, where the search came no further. */
  Rotation<T> goingOnAfter(T place) {
    return new Rotation<>(last, all, Optional.of(place));
  }

  /**
   * Where to begin to look for as many as there are places: at the first only if all of them will
   * be found.
   */
  Optional<T> searchAfter(int places) {
    return reached.or(() -> all.isPresent() && places > all.getAsInt() ? Optional.empty() : last);
  }

  /**
   * Those that were found, beginning after the last.
   *
   * @param order that they have turns in; where nothing is left of the last it tells its place
   */
  List<T> inTurn(List<T> among, Comparator<T> order) {
    if (last.isEmpty()) {
      return among;
    }
    int place = among.indexOf(last.get());
    return place >= 0 ? beginningBehind(place, among) : beginningBehind(last.get(), among, order);
  }

  private static <T> List<T> beginningBehind(int place, List<T> among) {
    List<T> turned = new ArrayList<>(among);
    Collections.rotate(turned, -(place + 1));
    return turned;
  }

  private static <T> List<T> beginningBehind(T gone, List<T> among, Comparator<T> order) {
    Map<Boolean, List<T>> isBehind =
        among.stream().collect(partitioningBy(each -> order.compare(each, gone) > 0));
    List<T> turned = new ArrayList<>(isBehind.getOrDefault(true, List.of()));
    turned.addAll(isBehind.getOrDefault(false, List.of()));
    return turned;
  }

  /** After the places were dealt out; without any, all stays as it is. */
  Optional<Rotation<T>> next(Map<T, Integer> dealt, List<T> among, int places) {
    if (dealt.isEmpty()) {
      return last.isEmpty() ? Optional.empty() : Optional.of(this);
    }
    OptionalInt all = among.size() < places ? OptionalInt.of(among.size()) : OptionalInt.empty();
    return Optional.of(new Rotation<>(latest(dealt), all, Optional.empty()));
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
