package io.leverans.web.suppression;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.javalin.http.Context;
import io.leverans.application.view.Page;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressedAddress.Origin;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.web.json.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** A suppression list as a file (RFC 4180), in columns that an import understands. */
final class SuppressionCsv {
  static final String MEDIA_TYPE = "text/csv; charset=utf-8";
  static final String ADDRESS = "address";
  static final String UNTIL = "until";
  static final String NOTE = "note";

  private static final String FORMULA = "=+-@\t\r";
  private static final String MARK = "'";

  private SuppressionCsv() {}

  /** Writes page by page, so that memory does not grow with the list. */
  static void write(
      Context ctx,
      Function<Optional<SuppressionId>, Page<SuppressedAddress, SuppressionId>> pages) {
    try (CsvWriter csv = CsvWriter.builder().build(ctx.outputStream(), UTF_8)) {
      csv.writeRecord(ADDRESS, "reason", "cause", "since", UNTIL, NOTE);
      Optional<SuppressionId> before = Optional.empty();
      do {
        var page = pages.apply(before);
        page.items().forEach(entry -> write(csv, entry));
        before = page.next();
      } while (before.isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of which only the digest is kept would say nothing elsewhere. */
  private static void write(CsvWriter csv, SuppressedAddress entry) {
    entry
        .address()
        .ifPresent(
            address ->
                csv.writeRecord(
                    inert(address.toString()),
                    Words.of(entry.reason()),
                    entry
                        .origin()
                        .map(Origin::failure)
                        .map(failure -> Words.of(failure.cause()))
                        .orElse(""),
                    entry.since().toString(),
                    entry.until().map(Instant::toString).orElse(""),
                    inert(entry.note().orElse(""))));
  }

  /** What a spreadsheet would take for a formula gets a mark before it that makes it a text. */
  private static String inert(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? MARK + text : text;
  }

  /** Such a text without its mark. */
  static String unmarked(String text) {
    return text.length() > 1 && text.startsWith(MARK) && FORMULA.indexOf(text.charAt(1)) >= 0
        ? text.substring(1)
        : text;
  }
}
