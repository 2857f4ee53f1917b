package io.leverans.persistence;

import io.leverans.application.view.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cuts a page from a list that was fetched with one item more than the page has room for. */
final class Pages {
  private Pages() {}

  static <T, C> Page<T, C> of(List<T> found, int limit, Function<T, C> position) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(position.apply(items.getLast())));
  }
}
