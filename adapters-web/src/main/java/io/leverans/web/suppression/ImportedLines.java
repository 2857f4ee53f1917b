package io.leverans.web.suppression;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.web.input.TimeText;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The lines of a list that is brought along, read one at a time. The first names the columns, of
 * which others than {@code address} (or {@code email}), {@code until} and {@code note} are passed
 * over; where it has an address itself, the first column is taken for addresses.
 */
final class ImportedLines implements Iterator<Line>, AutoCloseable {
  private static final List<String> NAMES_OF_ADDRESSES =
      List.of(SuppressionCsv.ADDRESS, "email", "e-mail", "email address", "recipient");
  private static final int LONGEST_FIELD = 64 * 1024;
  private static final int MOST_TOLD = 200;

  private final CsvReader<CsvRecord> csv;
  private final Iterator<CsvRecord> records;
  private final InstantSource clock;
  private final Columns columns;
  private Optional<CsvRecord> next;

  ImportedLines(InputStream in, InstantSource clock) {
    this.csv =
        CsvReader.builder()
            .maxBufferSize(LONGEST_FIELD)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(
                new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    this.records = csv.iterator();
    this.clock = clock;
    CsvRecord first =
        read().orElseThrow(() -> notAList("It is empty. Send a line for each address."));
    this.columns = Columns.of(first);
    this.next = columns.isNamed() ? read() : Optional.of(first);
  }

  /** Where what stands, from 0; less than 0 where there is no such column. */
  private record Columns(Naming naming, int address, int until, int note) {
    private enum Naming {
      IN_THE_FIRST_LINE,
      NONE
    }

    boolean isNamed() {
      return naming == Naming.IN_THE_FIRST_LINE;
    }

    static Columns of(CsvRecord first) {
      List<String> names =
          first.getFields().stream().map(name -> unmarked(name).toLowerCase(Locale.ROOT)).toList();
      return NAMES_OF_ADDRESSES.stream()
          .map(names::indexOf)
          .filter(place -> place >= 0)
          .findFirst()
          .map(
              place ->
                  new Columns(
                      Naming.IN_THE_FIRST_LINE,
                      place,
                      names.indexOf(SuppressionCsv.UNTIL),
                      names.indexOf(SuppressionCsv.NOTE)))
          .orElseGet(() -> unnamed(first));
    }

    private static Columns unnamed(CsvRecord first) {
      if (!first.getField(0).contains("@")) {
        throw notAList(
            "The first line names no column 'address', and does not begin with an address either."
                + " Name the columns in it: address, and until and note if there are any.");
      }
      return new Columns(Naming.NONE, 0, -1, -1);
    }

    /** Without the mark that some programs put before everything else (U+FEFF). */
    private static String unmarked(String name) {
      return (name.startsWith("\uFEFF") ? name.substring(1) : name).strip();
    }
  }

  @Override
  public boolean hasNext() {
    return next.isPresent();
  }

  @Override
  public Line next() {
    CsvRecord line = next.orElseThrow(NoSuchElementException::new);
    next = read();
    return line(line);
  }

  private Line line(CsvRecord line) {
    int number = Math.toIntExact(line.getStartingLineNumber());
    String text = Columns.unmarked(field(line, columns.address()).orElse(""));
    try {
      return new Line.Named(
          number,
          EmailAddress.parse(text),
          field(line, columns.until()).map(this::ahead),
          field(line, columns.note()).map(NoteText::parse));
    } catch (IllegalArgumentException e) {
      return new Line.Bad(
          number,
          text.length() > MOST_TOLD ? text.substring(0, MOST_TOLD) : text,
          e.getMessage() + ". Correct the line and import it again; the others are done.");
    }
  }

  private Instant ahead(String text) {
    Instant until = TimeText.parse(text);
    if (!until.isAfter(clock.instant())) {
      throw new IllegalArgumentException("the time in the column until has passed");
    }
    return until;
  }

  private static Optional<String> field(CsvRecord line, int place) {
    return place < 0 || place >= line.getFieldCount()
        ? Optional.empty()
        : Optional.of(SuppressionCsv.unmarked(line.getField(place).strip()))
            .filter(text -> !text.isEmpty());
  }

  private Optional<CsvRecord> read() {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (CsvParseException e) {
      throw notAList(
          "It cannot be read as text/csv (RFC 4180): %s. Quotes that are opened have to be closed."
              .formatted(e.getMessage()));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notAList("It is not text in UTF-8. Save it as such, and send it again.");
      }
      throw e;
    }
  }

  private static ProblemException notAList(String words) {
    return new ProblemException(Problem.of(ProblemType.NOT_A_LIST, words + " Nothing was kept."));
  }

  @Override
  public void close() {
    try {
      csv.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
