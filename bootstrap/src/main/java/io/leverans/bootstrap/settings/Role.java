package io.leverans.bootstrap.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a node does for the deployment; beside others on one database, one need not do all. */
public enum Role {
  /** Serves the HTTP API and the pages. */
  API,
  /** Sends what is due, and looks after the channels and domains that it goes through. */
  DISPATCH,
  /** Takes in reports of what came of mail that was accepted. */
  BOUNCES;

  /** As written in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> find(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
