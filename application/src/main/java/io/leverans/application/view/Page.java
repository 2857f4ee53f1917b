package io.leverans.application.view;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Part of a list, newest first.
 *
 * @param next the position after the last item, if there is more
 */
public record Page<T, C>(List<T> items, Optional<C> next) {
  public Page {
    items = List.copyOf(items);
    Objects.requireNonNull(next);
  }
}
