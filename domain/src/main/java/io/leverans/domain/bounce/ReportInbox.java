package io.leverans.domain.bounce;

/** Where a source of bounces delivers. Safe for use by many threads. */
@FunctionalInterface
public interface ReportInbox {
  /**
   * Stores a report durably and applies it where it is linked.
   *
   * @return only {@link Receipt#STORED} lets the source answer for it: say 250, move the read mark
   */
  Receipt receive(IncomingReport report);

  /** Whether the report is safe. */
  enum Receipt {
    STORED,
    /** Not now: the other side has to keep it and come again. */
    NOT_STORED
  }
}
