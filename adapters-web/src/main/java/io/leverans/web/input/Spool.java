package io.leverans.web.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where large bodies lie while they are worked on, so that memory does not grow with their number.
 * Safe for use by many threads.
 *
 * <p>A file has no name any more once it is open, where the system allows that: whatever happens,
 * nothing is left of it.
 */
public final class Spool {
  /** Bodies up to so many octets stay in memory. */
  static final int IN_MEMORY = 64 * 1024;

  /** What a body may hold in memory beside what is left in its file. */
  static final long MOST_TEXT = 5 * RequestBody.MB;

  private static final String PREFIX = "body";

  private final Path folder;
  private final Room roomForLarge = new Room(MOST_TEXT);
  private final Room roomForOthers = new Room(RequestBody.LIMIT);

  /**
   * Opens a folder of its own, and clears it of what a node that was killed may have left.
   *
   * @throws UncheckedIOException if it cannot be written to
   */
  public Spool(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, PREFIX + "*")) {
        for (Path leftover : leftovers) {
          Files.deleteIfExists(leftover);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new file, for its owner's eyes only. */
  SpooledFile open() {
    try {
      Path file = Files.createTempFile(folder, PREFIX, "");
      return new SpooledFile(
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw new UncheckedIOException("a large body cannot be kept", e);
    }
  }

  /** Waits for room in memory for the texts of a body of that size. */
  Room.Place enter(long size) {
    return size > RequestBody.LIMIT ? roomForLarge.take(MOST_TEXT) : roomForOthers.take(size);
  }
}
