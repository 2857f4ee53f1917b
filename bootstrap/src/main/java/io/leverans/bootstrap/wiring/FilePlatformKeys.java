package io.leverans.bootstrap.wiring;

import io.leverans.application.port.provider.PlatformKeys;
import io.leverans.bootstrap.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Keys as files that only their owner may read. */
public final class FilePlatformKeys implements PlatformKeys {
  private final Path folder;

  public FilePlatformKeys(Path folder) {
    this.folder = folder;
  }

  /** Those in the data folder. */
  static FilePlatformKeys of(Settings settings) {
    return new FilePlatformKeys(settings.dataFolder().resolve("keys"));
  }

  @Override
  public byte[] obtain(String name, Supplier<byte[]> maker) {
    if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
      throw new IllegalArgumentException("'" + name + "' is no name for a key");
    }
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (!Files.exists(file)) {
        write(file, maker.get());
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the key " + file, e);
    }
  }

  /** Written beside it and moved into place, so that nobody ever reads half a key. */
  private void write(Path file, byte[] key) throws IOException {
    Path half =
        Files.createTempFile(
            folder,
            ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(half, key, StandardOpenOption.SYNC);
      Files.createLink(file, half);
    } catch (FileAlreadyExistsException _) {
      // another node made it first: theirs holds
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
