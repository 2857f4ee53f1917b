package io.leverans.web.sandbox;

import java.util.Objects;

/** What is to be seen of the simulated world. */
public record SandboxView(
    SandboxInbox inbox, SandboxMailServers mailServers, SandboxAccounts accounts) {
  public SandboxView {
    Objects.requireNonNull(inbox);
    Objects.requireNonNull(mailServers);
    Objects.requireNonNull(accounts);
  }
}
