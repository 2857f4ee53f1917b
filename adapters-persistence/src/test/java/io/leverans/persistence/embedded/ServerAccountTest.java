package io.leverans.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leverans.persistence.embedded.ServerAccount.OtherUser;
import io.leverans.persistence.embedded.ServerAccount.RootInNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only root can change users, so that an ordinary user's run skips these. */
class ServerAccountTest {
  private static final OtherUser NOBODY = new OtherUser(ServerAccount.NOBODY, ServerAccount.NOBODY);

  /** One that every user may enter, unlike perhaps this module's folder. */
  @TempDir private static Path shared;

  private Path parent = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    parent = Files.createTempDirectory("leverans-");
    folder = Files.createDirectory(parent.resolve("postgresql"));
  }

  @BeforeAll
  static void openShared() throws IOException {
    assumeTrue(ServerAccount.isRoot(), "not run as root");
    open(shared);
  }

  @AfterEach
  void deleteFolder() throws IOException {
    if (Files.exists(folder.resolve("cluster"))) {
      new ServerProcesses(folder.resolve("cluster")).stop();
    }
    Folders.delete(parent);
  }

  @Test
  void roots_own_folder_is_served_without_roots_power() throws Exception {
    assumeTrue(RootInNamespace.isAllowed(), "no user namespaces here");
    assertThat(ServerAccount.forFolder(folder)).isEqualTo(new RootInNamespace());
    try (var _ = EmbeddedPostgres.start(folder)) {
      assertThat(Files.readSymbolicLink(Path.of("/proc", postmaster(), "ns", "user")))
          .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
    }
  }

  @Test
  void a_folder_of_another_user_is_served_as_that_user_again_and_again() throws Exception {
    open(parent);
    NOBODY.own(folder);
    assertThat(ServerAccount.forFolder(folder)).isEqualTo(NOBODY);
    start().close();
    try (var postgres = start()) {
      assertThat(Sql.ask(postgres, "SELECT 'up'")).containsExactly("up");
      assertThat(Files.getAttribute(Path.of("/proc", postmaster()), "unix:uid"))
          .isEqualTo(ServerAccount.NOBODY);
    }
  }

  @Test
  void an_ordinary_user_runs_it_directly() throws Exception {
    open(parent);
    NOBODY.own(folder);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    assumeTrue(
        Program.succeeds(NOBODY.running(List.of("test", "-x", java.toString()))),
        "an ordinary user does not reach this Java");
    PostgresBinaries.unpackedIn(shared.resolve("binaries"));
    try (var child =
        ChildJvm.start(
            NOBODY.running(List.of()), readableClassPath(), folder, shared.resolve("binaries"))) {
      assertThat(child.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
      assertThat(Files.getAttribute(Path.of("/proc", postmaster()), "unix:uid"))
          .isEqualTo(ServerAccount.NOBODY);
      assertThat(child.end()).isZero();
    }
  }

  @Test
  void a_folder_that_the_user_cannot_reach_is_named_with_the_remedy() throws Exception {
    NOBODY.own(folder);
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("does not run as root")
        .hasMessageContaining("may not enter " + parent + " (rwx------)")
        .hasMessageContaining("/var/lib/leverans");
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(
        folder, shared.resolve("binaries"), Durability.UNSAFE_FOR_THROW_AWAY_DATA);
  }

  private static void open(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String postmaster() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("cluster/postmaster.pid"))) {
      return lines.findFirst().orElseThrow();
    }
  }

  /** A copy of the class path, which may lie in a folder that only root may enter. */
  private String readableClassPath() throws IOException {
    Path copies = Files.createDirectory(parent.resolve("class-path"));
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Stream.of(entries)
        .map(Path::of)
        .filter(Files::exists)
        .map(entry -> copy(entry, copies.resolve(Integer.toHexString(entry.hashCode()))))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path copy(Path entry, Path target) {
    boolean copied =
        Program.succeeds(List.of("cp", "-rT", entry.toString(), target.toString()))
            && Program.succeeds(List.of("chmod", "-R", "a+rX", target.toString()));
    assertThat(copied).isTrue();
    return target;
  }
}
