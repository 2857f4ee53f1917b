package io.leverans.mail.simulator;

import io.leverans.mail.simulator.FollowUp.DeliveryReport;

/**
 * Writes delivery reports (RFC 3464) as one kind of mail server does. Safe for use by many threads.
 */
@FunctionalInterface
interface ReportWriter {
  /** The whole mail, header and body, in lines that end with CR LF. */
  byte[] write(DeliveryReport report, ReportOrder order);
}
