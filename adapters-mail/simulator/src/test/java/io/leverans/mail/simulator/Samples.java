package io.leverans.mail.simulator;

import java.io.IOException;
import java.time.Duration;

/** Worlds and messages that several tests use. */
final class Samples {
  private Samples() {}

  static SimulatedWorld fastWorld() throws IOException {
    return SimulatedWorld.start(fastSettings());
  }

  /** A world whose company takes passwords over connections in clear too. */
  static SimulatedWorld worldThatSignsInClear() throws IOException {
    return SimulatedWorld.start(
        fastSettings()
            .withCompany(CompanySettings.defaults().withSignIn(CompanySettings.SignIn.ALWAYS)));
  }

  private static WorldSettings fastSettings() {
    return WorldSettings.defaults()
        .withReportDelay(Duration.ofMillis(20))
        .withRetryPause(Duration.ofMillis(20))
        .withSlowness(Duration.ofMillis(50));
  }

  static String message(String id) {
    return """
    From: Ada <ada@acme.test>
    To: someone@example.test
    Subject: Offer no. 7
    Message-ID: <%s@acme.test>
    Date: Tue, 24 Nov 2026 10:00:00 +0000
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    Good morning,
    here is our offer.\
    """
        .formatted(id)
        .replace("\n", "\r\n");
  }
}
