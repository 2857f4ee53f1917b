package io.leverans.mail.folder;

import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.message.Octets;
import io.leverans.mail.report.ReadReport;
import io.leverans.mail.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that reports are put into, whole, by renaming them to {@code NAME.eml}. The name is the
 * token of a delivery, or the token stands inside. A report stays there until it is safe.
 */
final class FolderBounces implements BounceSource {
  private static final Logger LOG = LoggerFactory.getLogger(FolderBounces.class);
  private static final String SUFFIX = ".eml";

  private final Path folder;
  private final Duration pause;
  private final FolderMarking marking;
  private final ReportReader reader = new ReportReader();

  FolderBounces(Path folder, Duration pause, FolderMarking marking) {
    this.folder = folder;
    this.pause = pause;
    this.marking = marking;
  }

  @Override
  public AutoCloseable open(ReportInbox inbox) {
    ScheduledExecutorService looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("folder-bounces").unstarted(task));
    var _ =
        looks.scheduleWithFixedDelay(
            () -> lookInto(inbox), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    return looks::shutdownNow;
  }

  private void lookInto(ReportInbox inbox) {
    try {
      for (Path file : files()) {
        if (inbox.receive(report(file)) == Receipt.STORED) {
          Files.delete(file);
        }
      }
    } catch (IOException | RuntimeException failed) {
      LOG.warn("Reports could not be taken from the folder; they stay for the next look", failed);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> nameOf(file).endsWith(SUFFIX)).sorted().toList();
    }
  }

  private IncomingReport report(Path file) throws IOException {
    byte[] raw = Files.readAllBytes(file);
    ReadReport read = reader.read(raw);
    String name = nameOf(file).substring(0, nameOf(file).length() - SUFFIX.length());
    return new IncomingReport(
            FolderProviderFactory.KIND,
            name,
            linkOf(name, read),
            read.kind(),
            read.subject(),
            read.statements(),
            Octets.of(raw))
        .hinting(read.hints());
  }

  /** The name is the stronger word: a token inside may have travelled there. */
  private Link linkOf(String name, ReadReport read) {
    return Stream.concat(Stream.of(name), read.tokens().stream())
        .map(marking::linkOf)
        .filter(link -> !(link instanceof Link.None))
        .findFirst()
        .orElse(new Link.None());
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
