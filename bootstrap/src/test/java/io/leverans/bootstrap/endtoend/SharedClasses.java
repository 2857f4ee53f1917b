package io.leverans.bootstrap.endtoend;

import io.leverans.bootstrap.wiring.FreePort;
import io.leverans.persistence.embedded.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes that a service loads at its start, in a file that Java reads in half the time that it
 * takes to read and check them in the jar (JEP 350). It is written by a service that starts and
 * stops, when there is none yet that is younger than the jar.
 */
final class SharedClasses {
  private static final Path FILE = Path.of("target", "shared-classes.jsa").toAbsolutePath();
  private static final String OPTION = made();

  private SharedClasses() {}

  /** Java's option to read it. */
  static String option() {
    return OPTION;
  }

  private static String made() {
    try {
      if (!isThere()) {
        write();
      }
      return "-XX:SharedArchiveFile=" + FILE;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isThere() throws IOException {
    return Files.exists(FILE)
        && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(LeveransProcess.JAR))
            > 0;
  }

  /** What is there is whole, also where this is broken off. */
  private static void write() throws IOException {
    Path folder = Files.createTempDirectory(FILE.getParent(), "shared-classes-");
    Path written = folder.resolve("classes.jsa");
    int port = FreePort.find();
    LeveransProcess.startWith(
            folder,
            List.of("-XX:ArchiveClassesAtExit=" + written),
            URI.create("http://localhost:" + port),
            List.of("start", "--set", "http.port=" + port))
        .close();
    Files.move(written, FILE, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(folder);
  }
}
