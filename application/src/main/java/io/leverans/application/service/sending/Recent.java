package io.leverans.application.service.sending;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers something of whatever it was told of lately, and forgets what is long ago. */
final class Recent<K, V> {
  private static final int MOST = 10_000;

  private final Map<K, V> values = new LinkedHashMap<>();

  Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /** An empty value forgets at once. */
  void put(K key, Optional<V> value) {
    values.remove(key);
    value.ifPresent(present -> values.put(key, present));
    if (values.size() > MOST) {
      values.remove(values.keySet().iterator().next());
    }
  }
}
