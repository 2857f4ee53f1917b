package io.leverans.mail.conversation;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Servers that offer to take several commands at once and then say nothing, since they, or what
 * stands before them, lose all but the first (RFC 2920 §1). Safe for use by many threads.
 */
final class SilentServers {
  private static final Duration REMEMBERED = Duration.ofHours(6);

  private final ConcurrentMap<ServerAddress, Long> since = new ConcurrentHashMap<>();

  void add(ServerAddress server) {
    since.put(server, System.nanoTime());
  }

  boolean has(ServerAddress server) {
    since.values().removeIf(then -> System.nanoTime() - then > REMEMBERED.toNanos());
    return since.containsKey(server);
  }
}
