package io.leverans.web.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/** The accounts at simulated providers, to be connected by consent. Safe for many threads. */
@FunctionalInterface
public interface SandboxAccounts {
  List<Provider> list();

  /**
   * A provider whose accounts can be connected.
   *
   * @param name what people call it
   * @param kind the kind of channel that connects one
   * @param connections the page on which the owner of an account takes back what was allowed
   */
  record Provider(String name, String kind, URI connections, List<Account> accounts) {
    public Provider {
      Objects.requireNonNull(name);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(connections);
      accounts = List.copyOf(accounts);
    }
  }

  /** An account, and what happens with it. */
  record Account(String address, String what) {
    public Account {
      Objects.requireNonNull(address);
      Objects.requireNonNull(what);
    }
  }
}
