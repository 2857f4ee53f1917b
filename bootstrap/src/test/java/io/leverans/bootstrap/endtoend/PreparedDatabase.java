package io.leverans.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.persistence.embedded.EmbeddedPostgres;
import io.leverans.persistence.embedded.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The embedded PostgreSQL as a first start makes it. To unpack its programs and to set it up takes
 * longer than most of what is to be seen of a process, so that it is done once and copied. It goes
 * with the tests' own process.
 */
final class PreparedDatabase {
  private static final Path MADE = make();

  private PreparedDatabase() {}

  private static Path make() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "prepared-").toAbsolutePath();
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(folder)));
      Path made = folder.resolve("postgres");
      EmbeddedPostgres.start(made).close();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts it where a process looks for it that starts in this folder, unless there is one. */
  static void copyTo(Path folder) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    if (Files.exists(data.resolve("postgres"))) {
      return;
    }
    Process copying = new ProcessBuilder("cp", "-a", MADE.toString(), data.toString()).start();
    if (copying.onExit().join().exitValue() != 0) {
      throw new IOException(new String(copying.getErrorStream().readAllBytes(), UTF_8));
    }
  }
}
