package io.leverans.bootstrap.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** How much is logged by a command that a person watches. */
final class Logging {
  private Logging() {}

  /** Leaves out what goes as it should, which would tear a progress bar apart. */
  static void warningsOnly() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.getLogger("io.leverans").setLevel(Level.WARN);
    }
  }
}
