package io.leverans.application.view;

import io.leverans.domain.identity.EmailAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * How far the import of a list of addresses has come. All counts are of lines.
 *
 * @param done of all lines, those that are dealt with, of which {@code added} are new on the list,
 *     {@code known} were there, and {@code bad} cannot be read
 */
public record SuppressionImport(
    UUID id,
    Instant startedAt,
    Optional<Instant> finishedAt,
    int lines,
    int done,
    int added,
    int known,
    int bad) {
  public SuppressionImport {
    Objects.requireNonNull(id);
    Objects.requireNonNull(startedAt);
    Objects.requireNonNull(finishedAt);
  }

  /**
   * What became of one line.
   *
   * @param number in the file, from 1
   * @param text the line's address as it stands there
   * @param words what is wrong with it, and what to do
   */
  public record LineResult(
      int number,
      String text,
      Optional<EmailAddress> address,
      Outcome outcome,
      Optional<String> words) {
    public LineResult {
      Objects.requireNonNull(text);
      Objects.requireNonNull(address);
      Objects.requireNonNull(outcome);
      Objects.requireNonNull(words);
    }

    /** How it ended. */
    public enum Outcome {
      WAITING,
      ADDED,
      /** It was on the list, for a reason as grave. */
      KNOWN,
      BAD
    }
  }
}
