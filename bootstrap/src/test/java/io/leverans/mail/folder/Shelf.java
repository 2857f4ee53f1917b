package io.leverans.mail.folder;

import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/**
 * A place for files: what a hand-over asks of it, in the two steps that the point of no return lies
 * between. Safe for use by many threads.
 */
interface Shelf {
  /** The file system. */
  Shelf FILES = new FileShelf();

  /**
   * Puts a file there under a name that nobody reads, so that a power cut does not take it away.
   *
   * @throws TooLargeException if it will never fit
   * @throws IOException if it is not there now
   */
  void prepare(Path folder, String name, Octets content) throws IOException;

  /**
   * Gives a prepared file its final name: from then on it is the reader's.
   *
   * @throws IOException if nobody can tell whether it has that name
   */
  Committed commit(Path folder, String name) throws IOException;

  /** Takes back what was prepared, as far as that can be done. */
  void discard(Path folder, String name);

  /** Whether a file has its final name. */
  sealed interface Committed {
    /** It has. */
    record Done(String fileName) implements Committed {}

    /** It surely has not, and what was prepared is gone. */
    record Refused(String why) implements Committed {}
  }

  /** The whole shelf is smaller than the file. */
  final class TooLargeException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLargeException(String words) {
      super(words);
    }
  }
}
