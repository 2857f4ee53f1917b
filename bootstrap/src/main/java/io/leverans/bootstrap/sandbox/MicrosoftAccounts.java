package io.leverans.bootstrap.sandbox;

import io.leverans.mail.simulator.SimulatedCompany;
import io.leverans.mail.simulator.microsoft.MicrosoftSettings;
import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import java.util.List;
import java.util.Map;

/** The sign-in page of the company's accounts, and what the kind that uses it is told of it. */
final class MicrosoftAccounts {
  /** What the operator cannot set in the sandbox. */
  static final List<String> SET_BY_THE_SANDBOX =
      List.of(
          "microsoft-authorize-url",
          "microsoft-token-url",
          "oauth-hosts",
          "oauth-authorize-url",
          "oauth-token-url",
          "oauth-client-id",
          "oauth-client-secret",
          "oauth-scopes");

  private static final String ASKED_FOR = SimulatedMicrosoft.SEND + " offline_access openid email";

  private final SimulatedMicrosoft microsoft;

  MicrosoftAccounts(SimulatedMicrosoft microsoft) {
    this.microsoft = microsoft;
  }

  /** The company's host is not Microsoft's: its page is the one that an operator describes. */
  Map<String, String> settings() {
    return Map.of(
        "oauth-hosts",
        SimulatedCompany.HOST,
        "oauth-authorize-url",
        microsoft.authorizeUrl().toString(),
        "oauth-token-url",
        microsoft.tokenUrl().toString(),
        "oauth-client-id",
        MicrosoftSettings.CLIENT.id(),
        "oauth-client-secret",
        MicrosoftSettings.CLIENT.secret(),
        "oauth-scopes",
        ASKED_FOR);
  }
}
