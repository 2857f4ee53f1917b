package io.leverans.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of channel is left out with all that only it needs, and the rest goes on. */
class WithoutGmailIT {
  private static final Path LIB = Path.of(System.getProperty("leverans.lib", "target/lib"));
  private static final Path WHOLE =
      Path.of(System.getProperty("leverans.jar", "../../bootstrap/target/leverans.jar"));
  private static final List<String> GOOGLES =
      List.of("com/google/api/", "com/google/auth/", "io/leverans/mail/gmail/");
  private static final List<String> ONLY_FOR_GMAIL = List.of("io/opencensus/", "io/grpc/");

  @TempDir private Path folder;

  @Test
  void the_assembly_without_gmail_contains_no_jar_of_googles() throws IOException {
    assertThat(jars()).isNotEmpty();
    for (Path jar : jars()) {
      assertThat(entriesUnder(GOOGLES, jar)).as(jar.getFileName().toString()).isEmpty();
      assertThat(entriesUnder(ONLY_FOR_GMAIL, jar)).as(jar.getFileName().toString()).isEmpty();
    }
  }

  @Test
  void the_whole_product_contains_them() {
    for (String place : GOOGLES) {
      assertThat(entriesUnder(List.of(place), WHOLE)).as(place).isNotEmpty();
    }
  }

  @Test
  void it_offers_the_other_kinds() throws Exception {
    Program check = run("check-config", "--set", "channels=msc,smtp");
    assertThat(check.exitCode()).as(check.output()).isZero();
  }

  @Test
  void it_says_which_kinds_are_there_if_asked_for_the_one_that_is_not() throws Exception {
    Program check = run("check-config", "--set", "channels=msc,gmail");
    assertThat(check.exitCode()).isNotZero();
    assertThat(check.output()).contains("gmail", "msc", "smtp");
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(LIB)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static List<String> entriesUnder(List<String> places, Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.endsWith(".class"))
          .filter(name -> places.stream().anyMatch(name::startsWith))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Program(int exitCode, String output) {}

  private Program run(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            LIB.toAbsolutePath() + "/*",
            "io.leverans.bootstrap.Leverans");
    var builder =
        new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LEVERANS_"));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Program(process.exitValue(), Files.readString(output));
  }
}
