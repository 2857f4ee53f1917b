package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.identity.EmailAddress;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Brings lists of addresses onto the team's suppression list, as its admins may. */
public interface ImportSuppressions {
  /**
   * Takes a list, whole or not at all; its lines are then dealt with by and by.
   *
   * @param lines read once; what they throw travels on, and nothing is kept
   */
  Result begin(Caller caller, Iterator<Line> lines);

  /** How far it has come. */
  Optional<SuppressionImport> read(Caller caller, UUID id);

  /** What became of each line, in their order; empty if there is no such import. */
  Optional<Page<LineResult, Integer>> lines(LinesQuery query);

  /**
   * Which lines to show.
   *
   * @param outcome only lines with this one
   * @param limit at most so many, from 1
   * @param after the number of the line before the first
   */
  record LinesQuery(
      Caller caller,
      UUID id,
      Optional<LineResult.Outcome> outcome,
      int limit,
      Optional<Integer> after) {
    public LinesQuery {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(id);
      Objects.requireNonNull(outcome);
      Objects.requireNonNull(after);
    }
  }

  /** A line of a list as it was read. */
  sealed interface Line {
    /** From 1. */
    int number();

    /**
     * An address to be put on the list.
     *
     * @param until when it may be written to again; empty: never
     */
    record Named(int number, EmailAddress address, Optional<Instant> until, Optional<String> note)
        implements Line {
      public Named {
        Objects.requireNonNull(address);
        Objects.requireNonNull(until);
        Objects.requireNonNull(note);
      }
    }

    /**
     * What cannot be read.
     *
     * @param words what is wrong with it, and what to do
     */
    record Bad(int number, String text, String words) implements Line {
      public Bad {
        Objects.requireNonNull(text);
        Objects.requireNonNull(words);
      }
    }
  }

  /** The answer. */
  sealed interface Result {
    record UnderWay(SuppressionImport underWay) implements Result {}

    record AdminsOnly() implements Result {}
  }
}
