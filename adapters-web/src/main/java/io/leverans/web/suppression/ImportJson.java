package io.leverans.web.suppression;

import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far an import has come.
 *
 * @param lines all there are, of which {@code done} are dealt with
 */
record ImportJson(
    UUID id,
    State state,
    Instant startedAt,
    Optional<Instant> finishedAt,
    int lines,
    int done,
    int added,
    int known,
    int bad) {
  static ImportJson of(SuppressionImport found) {
    return new ImportJson(
        found.id(),
        found.finishedAt().isPresent() ? State.FINISHED : State.UNDER_WAY,
        found.startedAt(),
        found.finishedAt(),
        found.lines(),
        found.done(),
        found.added(),
        found.known(),
        found.bad());
  }

  String location() {
    return "/v1/suppressions/imports/" + id;
  }

  /** Whether there is more to come. */
  enum State {
    UNDER_WAY,
    FINISHED
  }

  /**
   * What became of a line.
   *
   * @param line its number in the file, from 1
   * @param words what is wrong with it, and what to do
   */
  record LineJson(int line, String text, LineResult.Outcome outcome, Optional<String> words) {
    static LineJson of(LineResult result) {
      return new LineJson(result.number(), result.text(), result.outcome(), result.words());
    }
  }
}
