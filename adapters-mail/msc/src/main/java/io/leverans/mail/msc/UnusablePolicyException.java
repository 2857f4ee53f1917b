package io.leverans.mail.msc;

import java.io.Serial;

/** A policy cannot be had, as the message says. */
final class UnusablePolicyException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String why;

  UnusablePolicyException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
