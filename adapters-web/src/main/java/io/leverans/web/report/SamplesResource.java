package io.leverans.web.report;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.message.Octets;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

/** What was read wrongly, as a file of lines with a JSON object each. */
public final class SamplesResource {
  /** So many mails are in memory at a time. */
  private static final int AT_A_TIME = 10;

  private final ExportSamples exportSamples;

  public SamplesResource(ExportSamples exportSamples) {
    this.exportSamples = exportSamples;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/report-samples", this::export);
  }

  private void export(Context ctx) {
    Parameters.of(ctx);
    switch (exportSamples.export(Callers.of(ctx), AT_A_TIME, Optional.empty())) {
      case ExportSamples.Result.Exported(var first) -> write(ctx, first);
      case ExportSamples.Result.OperatorsOnly() ->
          Problem.of(
                  ProblemType.OPERATORS_ONLY,
                  "Samples are reports of all teams. Use the key of an admin of the operator's"
                      + " team, team 1.")
              .write(ctx);
    }
  }

  private void write(Context ctx, Page<ReportSample, ReportId> first) {
    ctx.status(HttpStatus.OK)
        .contentType("application/x-ndjson")
        .header("Content-Disposition", "attachment; filename=\"report-samples.ndjson\"");
    try {
      OutputStream out = ctx.outputStream();
      Optional<Page<ReportSample, ReportId>> page = Optional.of(first);
      while (page.isPresent()) {
        for (ReportSample sample : page.get().items()) {
          out.write(Json.bytes(SampleJson.of(sample)));
          out.write('\n');
        }
        page = page.get().next().flatMap(last -> after(ctx, last));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Page<ReportSample, ReportId>> after(Context ctx, ReportId last) {
    return switch (exportSamples.export(Callers.of(ctx), AT_A_TIME, Optional.of(last))) {
      case ExportSamples.Result.Exported(var page) -> Optional.of(page);
      case ExportSamples.Result.OperatorsOnly() -> Optional.empty();
    };
  }

  /**
   * One of them.
   *
   * @param raw the mail in Base64, as long as it is kept and not withheld
   */
  record SampleJson(ReportJson report, Optional<String> raw) {
    static SampleJson of(ReportSample sample) {
      return new SampleJson(
          ReportJson.of(sample.report()),
          switch (sample.raw()) {
            case RawReport.Kept(Octets bytes) -> Optional.of(base64(bytes));
            case RawReport.Withheld _, RawReport.Purged _ -> Optional.empty();
          });
    }

    private static String base64(Octets bytes) {
      try {
        return Base64.getEncoder().encodeToString(bytes.toArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
