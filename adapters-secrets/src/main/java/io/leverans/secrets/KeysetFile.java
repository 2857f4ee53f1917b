package io.leverans.secrets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A master keyset in a file that only its owner may read. It is written once. */
final class KeysetFile implements MasterKeys.Origin {
  private final Path file;

  KeysetFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Optional<String> read() {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  @Override
  public String keep(String keyset) {
    try {
      write(keyset);
      return Files.readString(file);
    } catch (IOException e) {
      throw unusable("made", e);
    }
  }

  /**
   * Written beside it and moved into place, so that nobody ever reads half a keyset, and on the
   * disk before anything is sealed under it.
   */
  private void write(String keyset) throws IOException {
    Path folder = file.resolveSibling(".").normalize();
    Files.createDirectories(folder, permissions("rwx------"));
    Path half = Files.createTempFile(folder, ".", ".new", permissions("rw-------"));
    try {
      Files.writeString(half, keyset, StandardOpenOption.SYNC);
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException _) {
      // another node made it first: theirs holds
    } finally {
      Files.deleteIfExists(half);
    }
    try (FileChannel entries = FileChannel.open(folder)) {
      entries.force(true);
    }
  }

  private UnusableKeysetException unusable(String what, IOException e) {
    return new UnusableKeysetException(
        "the master keyset " + file + " cannot be " + what + ": " + e, e);
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }
}
