package io.leverans.bootstrap.sandbox;

import io.leverans.domain.channel.ChannelKind;
import io.leverans.mail.simulator.google.GoogleEndpoints;
import io.leverans.mail.simulator.google.SimulatedGoogle;
import io.leverans.web.sandbox.SandboxAccounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulated Google, and what the kind that connects its accounts is told of it. */
final class GoogleAccounts {
  static final ChannelKind KIND = new ChannelKind("gmail");

  /** What the operator cannot set in the sandbox. */
  static final List<String> SET_BY_THE_SANDBOX =
      List.of(
          "client-id",
          "client-secret",
          "authorize-url",
          "token-url",
          "revoke-url",
          "certs-url",
          "issuer",
          "userinfo-url",
          "api-url",
          "id-token");

  private final SimulatedGoogle google;

  GoogleAccounts(SimulatedGoogle google) {
    this.google = google;
  }

  Map<String, String> settings() {
    GoogleEndpoints endpoints = google.endpoints();
    return Map.of(
        "client-id",
        google.client().id(),
        "client-secret",
        google.client().secret(),
        "authorize-url",
        endpoints.authorize().toString(),
        "token-url",
        endpoints.token().toString(),
        "revoke-url",
        endpoints.revoke().toString(),
        "certs-url",
        endpoints.certs().toString(),
        "issuer",
        endpoints.issuer().toString(),
        "userinfo-url",
        endpoints.userinfo().toString(),
        "api-url",
        endpoints.api().toString());
  }

  Optional<String> sentFolderWith(String messageId) {
    return google.senderOf(messageId).map(account -> "in Sent of " + account);
  }

  SandboxAccounts.Provider shown() {
    return new SandboxAccounts.Provider(
        "Google",
        KIND.name(),
        google.endpoints().connections(),
        google.accounts().stream()
            .map(account -> new SandboxAccounts.Account(account.address(), account.summary()))
            .toList());
  }
}
