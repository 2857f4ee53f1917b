package io.leverans.web.person;

import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.Part;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an order to erase has erased so far.
 *
 * @param left messages that are still to be sent to others
 */
record ErasureJson(
    UUID id,
    Erasure.State state,
    String meaning,
    UUID orderedBy,
    Instant orderedAt,
    Optional<Instant> endedAt,
    ErasedJson erased,
    long left) {
  static ErasureJson of(Erasure erasure) {
    return new ErasureJson(
        erasure.id().value(),
        erasure.state(),
        meaning(erasure.state()),
        erasure.orderedBy().value(),
        erasure.orderedAt(),
        erasure.endedAt(),
        ErasedJson.of(erasure.erased()),
        erasure.left());
  }

  private static String meaning(Erasure.State state) {
    return switch (state) {
      case UNDER_WAY -> "It goes on by itself. Ask again at this address.";
      case WAITING ->
          "All was gone through. What is left is being sent, or is still to be sent to others: it"
              + " is erased by itself as soon as it is not.";
      case DONE ->
          "What there was of the person is erased; a digest stays on the suppression list.";
    };
  }

  String location() {
    return "/v1/erasures/" + id;
  }

  /** How much of each part. */
  record ErasedJson(long messages, long attempts, long reports, long events, long importedLines) {
    static ErasedJson of(Map<Part, Long> erased) {
      return new ErasedJson(
          erased.getOrDefault(Part.MESSAGES, 0L),
          erased.getOrDefault(Part.ATTEMPTS, 0L),
          erased.getOrDefault(Part.REPORTS, 0L),
          erased.getOrDefault(Part.EVENTS, 0L),
          erased.getOrDefault(Part.IMPORTED_LINES, 0L));
    }
  }
}
