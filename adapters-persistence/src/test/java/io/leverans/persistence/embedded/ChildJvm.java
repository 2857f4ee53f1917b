package io.leverans.persistence.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Java process that starts PostgreSQL on a data folder and holds it until it is told or killed.
 */
final class ChildJvm implements AutoCloseable {
  private static final String READY = "READY ";

  private final Process process;
  private final BufferedReader output;
  private final List<String> heard = new ArrayList<>();

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static ChildJvm start(Path dataFolder, Path binaries) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), dataFolder, binaries);
  }

  /**
   * @param prefix what comes before {@code java}, such as a program that changes the user
   */
  static ChildJvm start(List<String> prefix, String classPath, Path dataFolder, Path binaries)
      throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            ChildJvm.class.getName(),
            dataFolder.toString(),
            binaries.toString());
    List<String> command = Stream.concat(prefix.stream(), java.stream()).toList();
    return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Waits until PostgreSQL runs, and says where. */
  String jdbcUrl() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length());
      }
      heard.add(line);
    }
    throw new AssertionError("the child has ended: " + String.join("\n", heard));
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets the child stop PostgreSQL and end. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the child does not end");
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            Path.of(arguments[0]), Path.of(arguments[1]), Durability.UNSAFE_FOR_THROW_AWAY_DATA)) {
      System.out.println(READY + postgres.jdbcUrl());
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
