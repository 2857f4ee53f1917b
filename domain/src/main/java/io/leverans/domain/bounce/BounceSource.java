package io.leverans.domain.bounce;

/** A place that bounces come from: a listener pushes, a mailbox reader pulls. */
public interface BounceSource {
  /** Starts delivering into the inbox until the result is closed. */
  AutoCloseable open(ReportInbox inbox);
}
