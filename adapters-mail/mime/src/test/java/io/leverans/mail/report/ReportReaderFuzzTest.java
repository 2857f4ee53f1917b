package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.leverans.domain.bounce.Statement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads damaged mails: none may throw, take long or say without end. Many more than in each build
 * with {@code -Dfuzz.mails=1000000}; {@code -Dfuzz.folder=DIR} damages the mails of a folder too,
 * {@code -Dfuzz.first=N} begins at the mail N, so {@code -Dfuzz.first=N -Dfuzz.mails=1} with the
 * same folder repeats one that failed. With {@code -Dtest.jvm=-Xmx128m} memory is bounded as well.
 */
class ReportReaderFuzzTest {
  private static final long MAILS = Long.getLong("fuzz.mails", 2_000);
  private static final long FIRST = Long.getLong("fuzz.first", 1);
  private static final Duration SLOWEST = Duration.ofMillis(Long.getLong("fuzz.millis", 500));
  private static final Duration STUCK = Duration.ofSeconds(60);
  private static final int MOST_STATEMENTS = 500;
  private static final int MOST_FAILURES = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ReportReader reader = new ReportReader();
  private final List<String> failures = new ArrayList<>();
  private final TreeMap<Duration, Long> slowest = new TreeMap<>();
  private Duration total = Duration.ZERO;
  private long octets;
  private long mostAllocated;
  private volatile long current;
  private volatile long startedAt = System.nanoTime();

  @Test
  void a_damaged_mail_has_an_answer_soon() throws Exception {
    Mutations mutations = new Mutations(samples());
    Thread worker = Thread.ofPlatform().daemon().start(() -> readAll(mutations));
    while (!worker.join(Duration.ofSeconds(1))) {
      if (System.nanoTime() - startedAt > STUCK.toNanos()) {
        fail("mail %d does not end: %s", current, List.of(worker.getStackTrace()));
      }
    }

    System.out.printf(
        "%d damaged mails, %d KiB each, read in %s; slowest, with their numbers: %s;"
            + " at most %d MiB allocated for one%n",
        MAILS, octets / MAILS / 1024, total, slowest.descendingMap(), mostAllocated >> 20);
    assertThat(failures).isEmpty();
  }

  private void readAll(Mutations mutations) {
    for (long number = FIRST; number < FIRST + MAILS; number++) {
      byte[] mail = mutations.mail(number);
      current = number;
      startedAt = System.nanoTime();
      try {
        read(mail, number);
      } catch (Throwable e) {
        failures.add("mail %d (%d octets): %s at %s".formatted(number, mail.length, e, top(e)));
      }
      if (failures.size() >= MOST_FAILURES) {
        return;
      }
    }
  }

  private void read(byte[] mail, long number) {
    Duration time = timed(mail);
    if (time.compareTo(SLOWEST) > 0) {
      // The first time may have gone into compiling.
      time = timed(mail);
    }
    total = total.plus(time);
    octets += mail.length;
    slowest.put(time, number);
    if (slowest.size() > 5) {
      var _ = slowest.pollFirstEntry();
    }
    if (time.compareTo(SLOWEST) > 0) {
      failures.add("mail %d (%d octets) takes %s".formatted(number, mail.length, time));
    }
  }

  /** By the clock that stands still while other programs have the processor. */
  private Duration timed(byte[] mail) {
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long began = threads.getCurrentThreadCpuTime();
    ReadReport report = reader.read(mail);
    Duration time = Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    mostAllocated = Math.max(mostAllocated, threads.getCurrentThreadAllocatedBytes() - allocated);
    assertThat(report.statements()).hasSizeLessThanOrEqualTo(MOST_STATEMENTS);
    assertThat(report.statements().stream().map(Statement::recipients))
        .allSatisfy(recipients -> assertThat(recipients).hasSizeLessThan(50));
    return time;
  }

  private static List<StackTraceElement> top(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("io.leverans"))
        .limit(4)
        .toList();
  }

  private static List<byte[]> samples() throws IOException {
    List<byte[]> samples = new ArrayList<>(FuzzSamples.all());
    String folder = System.getProperty("fuzz.folder", "");
    if (!folder.isEmpty()) {
      List<Path> files;
      try (Stream<Path> found = Files.walk(Path.of(folder))) {
        files = found.filter(Files::isRegularFile).sorted().toList();
      }
      for (Path file : files) {
        samples.add(Files.readAllBytes(file));
      }
    }
    return samples;
  }
}
