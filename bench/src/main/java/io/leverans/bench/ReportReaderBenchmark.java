package io.leverans.bench;

import io.leverans.mail.report.ReadReport;
import io.leverans.mail.report.ReportReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Mails a second that one thread reads, taking them in turn: those of the folder that the system
 * property {@code bounces} names, else {@link OwnMails}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
public class ReportReaderBenchmark {
  private final ReportReader reader = new ReportReader();
  private List<byte[]> mails = List.of();
  private int next;
  private long read;
  private long startedAt;

  /** Loads the mails before anything is measured. */
  @Setup
  public void load() throws IOException {
    String folder = System.getProperty("bounces", "");
    mails = folder.isBlank() ? OwnMails.all() : in(Path.of(folder));
    long octets = mails.stream().mapToLong(mail -> mail.length).sum();
    System.out.printf("# %d mails, %d octets each%n", mails.size(), octets / mails.size());
  }

  /** Starts a clock that stands still while other programs have the processor. */
  @Setup(Level.Iteration)
  public void startClock() {
    read = 0;
    startedAt = clock();
  }

  /** Tells the rate by that clock, which a busy machine does not lower. */
  @TearDown(Level.Iteration)
  public void tellRate() {
    System.out.printf("[%.0f mails/s of processor time] ", read * 1e9 / (clock() - startedAt));
  }

  private static long clock() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Reads one mail. */
  @Benchmark
  public ReadReport read() {
    read++;
    next = next + 1 < mails.size() ? next + 1 : 0;
    return reader.read(mails.get(next));
  }

  private static List<byte[]> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("There is no mail in " + folder + ".");
      }
      List<byte[]> read = new ArrayList<>();
      for (Path file : found) {
        read.add(Files.readAllBytes(file));
      }
      return read;
    }
  }
}
