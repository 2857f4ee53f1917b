package io.leverans.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whom PostgreSQL's programs run as. They refuse to run as root, so as root they run as the owner
 * of the data folder; a folder of root's own is served from a user namespace, where root has no
 * power beyond owning its files, or is given to {@code nobody} where such a namespace is not
 * allowed (as in an ordinary Docker container).
 */
sealed interface ServerAccount {
  int NOBODY = 65534;

  /** The command as it must be started for the program to run under this account. */
  List<String> running(List<String> command);

  /** Lets this account read and write what this process has written into the folder. */
  void own(Path folder) throws IOException;

  /** The user of this process. */
  record SameUser() implements ServerAccount {
    @Override
    public List<String> running(List<String> command) {
      return command;
    }

    @Override
    public void own(Path folder) {}

    @Override
    public void checkReach(Path program, Path folder) {}
  }

  /** Root as the owner of its files and nothing more. */
  record RootInNamespace() implements ServerAccount {
    private static final List<String> UNSHARE = List.of("unshare", "--user", "--");

    @Override
    public String toString() {
      return "root in a user namespace";
    }

    static boolean isAllowed() {
      return Program.succeeds(prefixed(UNSHARE, List.of("true")));
    }

    @Override
    public List<String> running(List<String> command) {
      return prefixed(UNSHARE, command);
    }

    @Override
    public void own(Path folder) {}
  }

  /** Another user than that of this process, which is root. */
  record OtherUser(int user, int group) implements ServerAccount {
    @Override
    public List<String> running(List<String> command) {
      return prefixed(
          List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--"),
          command);
    }

    @Override
    public String toString() {
      return "user " + user;
    }

    @Override
    public void own(Path folder) throws IOException {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes)
                throws IOException {
              if (visited.equals(folder.resolve(Cluster.FOLDER)) && ownerOf(visited) == user) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              give(visited);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              give(file);
              return FileVisitResult.CONTINUE;
            }
          });
    }

    private void give(Path path) throws IOException {
      if (ownerOf(path) != user) {
        Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  static ServerAccount forFolder(Path folder) throws IOException {
    if (!isRoot()) {
      return new SameUser();
    }
    int owner = ownerOf(folder);
    if (owner != 0) {
      return new OtherUser(owner, (Integer) Files.getAttribute(folder, "unix:gid"));
    }
    return RootInNamespace.isAllowed() ? new RootInNamespace() : new OtherUser(NOBODY, NOBODY);
  }

  /**
   * Makes sure that this account reaches the program and the folder.
   *
   * @throws EmbeddedPostgresException if it does not; the message names the folder in the way
   */
  default void checkReach(Path program, Path folder) {
    List<String> command =
        running(
            List.of(
                "sh",
                "-c",
                "test -x \"$1\" && test -w \"$2\"",
                "reach",
                program.toString(),
                folder.toString()));
    if (Program.succeeds(command)) {
      return;
    }
    throw new EmbeddedPostgresException(
        """
        PostgreSQL does not run as root, and the user it runs as instead (%s) may not enter %s.
        Choose a data folder that this user can reach (such as /var/lib/leverans), or start \
        Leverans as an ordinary user, or let others pass the folder (chmod o+x).\
        """
            .formatted(this, firstClosed(program, folder)));
  }

  private static String firstClosed(Path... paths) {
    return Stream.of(paths)
        .flatMap(path -> Stream.iterate(path.toAbsolutePath(), p -> p != null, Path::getParent))
        .filter(Files::isDirectory)
        .sorted()
        .filter(path -> !permissions(path).contains(PosixFilePermission.OTHERS_EXECUTE))
        .findFirst()
        .map(path -> path + " (" + PosixFilePermissions.toString(permissions(path)) + ")")
        .orElse(List.of(paths).toString());
  }

  private static Set<PosixFilePermission> permissions(Path path) {
    try {
      return Files.getPosixFilePermissions(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> prefixed(List<String> prefix, List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  static boolean isRoot() throws IOException {
    return Program.run(List.of("id", "-u"), Duration.ofSeconds(10)).output().equals("0");
  }

  private static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
