package io.leverans.web.json;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list.
 *
 * @param nextCursor to get the part after it, if there is more
 */
public record ListJson<T>(List<T> items, Optional<String> nextCursor) {
  public ListJson {
    items = List.copyOf(items);
  }
}
