import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds every Java source below the root folder to google-java-format's layout.
 *
 * <p>The build runs it as a program of its own, since the formatter needs a newer JDK than the one
 * Maven may have been started with. What is out of order it names, and lists in {@code
 * target/format/out-of-order.txt}: the build fails when that file is there. It remembers the
 * fingerprints of the files that it found in order, so that a build without changes formats
 * nothing.
 */
final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", "data", "node_modules");

  private final Path root;
  private final Path memory;
  private final Path verdict;
  private final String version;
  private final Formatter formatter = new Formatter();
  private final Set<String> knownGood;
  private final Set<String> good = new TreeSet<>();
  private final List<String> complaints = new ArrayList<>();

  private Format(Path root, String version) throws IOException {
    this.root = root;
    this.version = version;
    this.memory = root.resolve("target/format/in-order.txt");
    this.verdict = root.resolve("target/format/out-of-order.txt");
    this.knownGood =
        Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : new HashSet<>();
  }

  static void main(String[] arguments) throws IOException {
    if (arguments.length != 3 || !Set.of("check", "apply", "skip").contains(arguments[0])) {
      System.err.println("format: expected check, apply or skip, then root folder and version");
      System.exit(2);
    }
    var format = new Format(Path.of(arguments[1]), arguments[2]);
    Files.deleteIfExists(format.verdict);
    if (!arguments[0].equals("skip")) {
      format.run(arguments[0].equals("apply"));
    }
  }

  private void run(boolean apply) throws IOException {
    for (var source : sources()) {
      lookAt(source, apply);
    }
    Files.createDirectories(memory.getParent());
    Files.write(memory, good);
    if (!complaints.isEmpty()) {
      Files.write(verdict, complaints);
      System.err.println("Not laid out by google-java-format " + version + ":");
      complaints.forEach(complaint -> System.err.println("  " + complaint));
    }
  }

  private void lookAt(Path source, boolean apply) throws IOException {
    var text = Files.readString(source);
    if (knownGood.contains(fingerprint(text))) {
      good.add(fingerprint(text));
      return;
    }
    var name = root.relativize(source).toString();
    try {
      var inOrder = StringWrapper.wrap(formatter.formatSourceAndFixImports(text), formatter);
      if (text.equals(inOrder)) {
        good.add(fingerprint(text));
      } else if (apply) {
        Files.writeString(source, inOrder);
        good.add(fingerprint(inOrder));
        System.out.println("format: " + name);
      } else {
        complaints.add(name);
      }
    } catch (FormatterException e) {
      complaints.add(name + " (cannot be read as Java: " + e.getMessage() + ")");
    }
  }

  private List<Path> sources() throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = folder.getFileName().toString();
            boolean skipped =
                !folder.equals(root) && (name.startsWith(".") || NOT_OURS.contains(name));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private String fingerprint(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest((version + '\n' + text).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
