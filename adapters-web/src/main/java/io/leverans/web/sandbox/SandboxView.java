package io.leverans.web.sandbox;

import java.util.Objects;

/** What is to be seen of the simulated world. */
public record SandboxView(
    SandboxInbox inbox, SandboxMailServers mailServers, SandboxAccounts accounts, SandboxDns dns) {
  public SandboxView {
    Objects.requireNonNull(inbox);
    Objects.requireNonNull(mailServers);
    Objects.requireNonNull(accounts);
    Objects.requireNonNull(dns);
  }
}
