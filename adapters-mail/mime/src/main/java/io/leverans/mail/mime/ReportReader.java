package io.leverans.mail.mime;

import io.leverans.domain.bounce.ReportKind;
import java.util.List;
import java.util.Optional;

/**
 * Reads mail that came back. Pure: no clock, no network, and an answer for any bytes at all. Safe
 * for use by many threads.
 */
public final class ReportReader {
  /** Reads one mail; what cannot be read is {@link ReportKind#OTHER}, never an exception. */
  public ReadReport read(byte[] raw) {
    return new ReadReport(
        ReportKind.OTHER,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
