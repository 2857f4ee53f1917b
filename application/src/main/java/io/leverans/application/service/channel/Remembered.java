package io.leverans.application.service.channel;

import io.leverans.domain.channel.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this node knows of channels for a while, so that it need not ask again. Of very many, the
 * oldest are forgotten. Safe for use by many threads.
 */
final class Remembered<T> {
  private static final int MOST = 10_000;

  private final Duration term;
  private final InstantSource clock;

  /** The oldest first. */
  private final Map<ChannelId, Note<T>> notes = new LinkedHashMap<>();

  private record Note<T>(T content, Instant until) {}

  Remembered(Duration term, InstantSource clock) {
    this.term = term;
    this.clock = clock;
  }

  synchronized void note(ChannelId channel, T content) {
    Instant now = clock.instant();
    notes.remove(channel);
    notes.put(channel, new Note<>(content, now.plus(term)));
    forgetOld(now);
  }

  synchronized Optional<T> of(ChannelId channel) {
    return Optional.ofNullable(notes.get(channel))
        .filter(note -> clock.instant().isBefore(note.until()))
        .map(Note::content);
  }

  private void forgetOld(Instant now) {
    Iterator<Note<T>> oldest = notes.values().iterator();
    while (oldest.hasNext()) {
      Note<T> note = oldest.next();
      if (notes.size() <= MOST && now.isBefore(note.until())) {
        return;
      }
      oldest.remove();
    }
  }
}
