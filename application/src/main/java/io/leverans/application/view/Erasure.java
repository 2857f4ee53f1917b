package io.leverans.application.view;

import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An order to erase what a team has of a person, and what was erased so far. It doesn't say whose
 * data that was.
 *
 * @param erased how much of each part; what is not named is none
 * @param left messages that can only be erased once nothing of them is to be sent any more
 */
public record Erasure(
    ErasureId id,
    MemberId orderedBy,
    Instant orderedAt,
    State state,
    Map<Part, Long> erased,
    long left,
    Optional<Instant> endedAt) {
  public Erasure {
    Objects.requireNonNull(id);
    Objects.requireNonNull(orderedBy);
    Objects.requireNonNull(orderedAt);
    Objects.requireNonNull(state);
    Map<Part, Long> all = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      all.put(part, erased.getOrDefault(part, 0L));
    }
    erased = Map.copyOf(all);
    Objects.requireNonNull(endedAt);
  }

  /** How far it has come. */
  public enum State {
    /** There may be more to be found. */
    UNDER_WAY,
    /** All was gone through, but some messages are still to be sent to others. */
    WAITING,
    /** Nothing is left. */
    DONE
  }

  /** What is erased. */
  public enum Part {
    /** Messages to the person, with their contents, subjects and metadata. */
    MESSAGES,
    /** What mail servers said to attempts to deliver them. */
    ATTEMPTS,
    /** Bounces and other reports that name the person. */
    REPORTS,
    /** Events that told of the person. */
    EVENTS,
    /** Lines of imported suppression lists. */
    IMPORTED_LINES
  }
}
