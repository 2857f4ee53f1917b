package io.leverans.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/** The packed jar in a process of its own. */
final class LeveransProcess implements AutoCloseable {
  static final Path JAR =
      Path.of(System.getProperty("leverans.jar", "target/leverans.jar")).toAbsolutePath();
  private static final Path TEST_JAR =
      Path.of(System.getProperty("leverans.test-jar", "target/leverans-tests.jar"))
          .toAbsolutePath();
  private static final String HEAP = "-Xmx256m";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private LeveransProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it with arguments in a folder, which takes its output too. */
  static LeveransProcess run(Path folder, List<String> arguments) throws IOException {
    return run(folder, arguments, Map.of());
  }

  static LeveransProcess run(Path folder, List<String> arguments, Map<String, String> environment)
      throws IOException {
    return run(folder, usual(HEAP), JAR.toString(), arguments, environment);
  }

  private static List<String> usual(String heap) {
    return List.of(heap, SharedClasses.option());
  }

  private static LeveransProcess run(
      Path folder,
      List<String> javaOptions,
      String classPath,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath, "io.leverans.bootstrap.Leverans"));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LEVERANS_"));
    builder.environment().putAll(environment);
    return new LeveransProcess(builder.start(), output);
  }

  /** Starts a service and waits until it takes requests at the address. */
  static LeveransProcess start(Path folder, URI address, List<String> arguments)
      throws IOException {
    prepareDatabase(folder, arguments);
    return ready(run(folder, arguments), address);
  }

  /** The same with the tests' own kind of channel on the class path. */
  static LeveransProcess startWithTestJar(Path folder, URI address, List<String> arguments)
      throws IOException {
    prepareDatabase(folder, arguments);
    String classPath = JAR + File.pathSeparator + TEST_JAR;
    return ready(run(folder, usual(HEAP), classPath, arguments, Map.of()), address);
  }

  /** The same with a heap of the test's choice, as an option of Java's. */
  static LeveransProcess startWithHeap(
      Path folder, String heap, URI address, List<String> arguments) throws IOException {
    return startWith(folder, usual(heap), address, arguments);
  }

  /** The same with just these options of Java's. */
  static LeveransProcess startWith(
      Path folder, List<String> javaOptions, URI address, List<String> arguments)
      throws IOException {
    prepareDatabase(folder, arguments);
    return ready(run(folder, javaOptions, JAR.toString(), arguments, Map.of()), address);
  }

  /** Those on a database that runs elsewhere need none of their own. */
  private static void prepareDatabase(Path folder, List<String> arguments) throws IOException {
    if (arguments.stream().noneMatch(argument -> argument.contains("database.url"))) {
      PreparedDatabase.copyTo(folder);
    }
  }

  private static LeveransProcess ready(LeveransProcess process, URI address) {
    try {
      await()
          .atMost(PATIENCE.multipliedBy(2))
          .pollInterval(Duration.ofMillis(50))
          .failFast(() -> assertThat(process.process.isAlive()).as(process.output()).isTrue())
          .until(() -> Http.isReady(address));
    } catch (ConditionTimeoutException late) {
      process.kill();
      throw new AssertionError("it is not ready in time: " + process.output(), late);
    }
    return process;
  }

  /** What it wrote so far, to both of its outputs. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.multipliedBy(3).toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + output() + stuck());
    }
    return process.exitValue();
  }

  /** Ends it as kill -9 does, in the middle of whatever it is at. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void askToStop() {
    process.destroy();
  }

  /** Asks it to stop and waits until it has. */
  @Override
  public void close() {
    askToStop();
    try {
      var _ = process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      String stuck = stuck();
      process.destroyForcibly();
      throw new AssertionError("it does not stop when asked to: " + output() + stuck, e);
    }
  }

  private String stuck() {
    return new StuckProcess(process.pid(), output.resolveSibling("data")).told();
  }
}
