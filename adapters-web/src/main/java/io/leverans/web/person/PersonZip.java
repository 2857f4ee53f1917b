package io.leverans.web.person;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.ReportView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.web.json.Json;
import io.leverans.web.message.MessageJson;
import io.leverans.web.report.ReportJson;
import io.leverans.web.suppression.SuppressionJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A copy as a ZIP file: each message and report as JSON, as the API tells it, and beside it the
 * mail itself. It is written as it is read; until the first piece nothing is answered.
 */
final class PersonZip implements ExportPerson.Copy {
  private final Context ctx;
  private final EmailAddress address;
  private final Instant at;
  private final List<SuppressionJson> listed = new ArrayList<>();
  private Optional<ZipOutputStream> begun = Optional.empty();
  private int messages;
  private int reports;

  PersonZip(Context ctx, EmailAddress address, Instant at) {
    this.ctx = ctx;
    this.address = address;
    this.at = at;
  }

  /** What there is beside messages and reports, and how many of these. */
  private record PersonJson(
      String address,
      Instant exportedAt,
      int messages,
      int reports,
      List<SuppressionJson> suppressions) {}

  @Override
  public void listed(SuppressedAddress entry) {
    listed.add(SuppressionJson.of(entry));
  }

  @Override
  public void message(MessageView message, Optional<Octets> bytes) throws IOException {
    messages++;
    write("messages/", message.id().value(), MessageJson.of(message), bytes);
  }

  @Override
  public void report(ReportView report, Optional<Octets> bytes) throws IOException {
    reports++;
    write("reports/", report.id().value(), ReportJson.of(report), bytes);
  }

  void finish() throws IOException {
    try (ZipOutputStream zip = zip()) {
      entry(
          zip,
          "person.json",
          Json.bytes(new PersonJson(address.toString(), at, messages, reports, listed)));
    }
  }

  private void write(String folder, UUID id, Object facts, Optional<Octets> bytes)
      throws IOException {
    ZipOutputStream zip = zip();
    entry(zip, folder + id + ".json", Json.bytes(facts));
    if (bytes.isPresent()) {
      zip.putNextEntry(new ZipEntry(folder + id + ".eml"));
      try (InputStream mail = bytes.get().open()) {
        mail.transferTo(zip);
      }
      zip.closeEntry();
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private ZipOutputStream zip() {
    ZipOutputStream zip = begun.orElseGet(this::begin);
    begun = Optional.of(zip);
    return zip;
  }

  private ZipOutputStream begin() {
    ctx.status(HttpStatus.OK)
        .contentType("application/zip")
        .header("Content-Disposition", "attachment; filename=\"person.zip\"")
        .disableCompression();
    return new ZipOutputStream(ctx.outputStream());
  }
}
