package io.leverans.application.service.sending;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Deals out places: one to each in turn, as long as there are any and it has room. */
final class Deal {
  private Deal() {}

  /** Who got any, in the given order, and how many. */
  static <T> Map<T, Integer> out(int places, List<T> to, ToIntFunction<T> room) {
    Map<T, Integer> dealt = new LinkedHashMap<>();
    int left = places;
    int before;
    do {
      before = left;
      for (int i = 0; i < to.size() && left > 0; i++) {
        T next = to.get(i);
        if (dealt.getOrDefault(next, 0) < room.applyAsInt(next)) {
          dealt.merge(next, 1, Integer::sum);
          left--;
        }
      }
    } while (left > 0 && left < before);
    return dealt;
  }
}
