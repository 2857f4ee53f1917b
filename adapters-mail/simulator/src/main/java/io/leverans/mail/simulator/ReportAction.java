package io.leverans.mail.simulator;

import java.util.Locale;

/** The action field of a delivery report, RFC 3464 section 2.3.3. */
enum ReportAction {
  FAILED,
  DELAYED,
  DELIVERED;

  String fieldValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
