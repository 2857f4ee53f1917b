package io.leverans.bootstrap.settings;

import java.util.Objects;

/** A PostgreSQL of the operator's own. */
public record DatabaseAddress(String url, String user, String password) {
  public DatabaseAddress {
    Objects.requireNonNull(url);
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + url;
  }
}
