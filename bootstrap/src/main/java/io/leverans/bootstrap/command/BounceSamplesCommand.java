package io.leverans.bootstrap.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.in.CollectSamples;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What somebody read otherwise than we did, to mend the rules by. */
@Command(
    name = "samples",
    description = {
      "Write the reports that somebody has corrected into a folder, a file for each, of all teams.",
      "Each begins with X-Expected, what it says in truth, and X-Read-As, what was read in it. They"
          + " are other people's mail: keep them as such."
    },
    mixinStandardHelpOptions = true)
public final class BounceSamplesCommand implements Callable<Integer> {
  /** So many mails are in memory at a time. */
  private static final int AT_A_TIME = 10;

  @Mixin private OperatorOptions operator;

  @Parameters(paramLabel = "FOLDER", description = "Where to write them; made if it is not there.")
  private Path folder = Path.of("samples");

  @Override
  public Integer call() {
    return operator.act((administration, out) -> write(administration.collectSamples(), out));
  }

  private void write(CollectSamples samples, PrintWriter out) {
    int written = 0;
    int withheld = 0;
    int purged = 0;
    Optional<ReportId> after = Optional.empty();
    do {
      Page<ReportSample, ReportId> page = samples.collect(AT_A_TIME, after);
      for (ReportSample sample : page.items()) {
        switch (sample.raw()) {
          case RawReport.Kept(Octets bytes) -> {
            write(sample.report(), bytes);
            written++;
          }
          case RawReport.Withheld _ -> withheld++;
          case RawReport.Purged _ -> purged++;
        }
      }
      after = page.next();
    } while (after.isPresent());
    out.printf(
        "%d written to %s, %d not kept any more, %d in members' own mailboxes left out%n",
        written, folder, purged, withheld);
  }

  private void write(ReportView report, Octets bytes) {
    Path file = folder.resolve(report.id().value() + ".eml");
    try {
      Files.createDirectories(folder);
      try (OutputStream mail = Files.newOutputStream(file)) {
        mail.write(SampleReadings.of(report).getBytes(UTF_8));
        mail.write(bytes.toArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
