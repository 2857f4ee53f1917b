package io.leverans.bootstrap.settings;

import io.leverans.application.port.provider.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /**
   * The roles in a list with commas between them.
   *
   * @throws InvalidSettingException if there is none, or one that is unknown
   */
  static Set<Role> read(String list) {
    Set<Role> roles =
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .map(word -> find(word).orElseThrow(() -> unknown(word)))
            .collect(Collectors.toUnmodifiableSet());
    if (roles.isEmpty()) {
      throw new InvalidSettingException(
          SettingKey.ROLES.key(), "at least one role is needed; there are " + known());
    }
    return roles;
  }

  private static InvalidSettingException unknown(String word) {
    return new InvalidSettingException(
        SettingKey.ROLES.key(), "'%s' is no role; there are %s".formatted(word, known()));
  }

  private static String known() {
    return String.join(", ", Arrays.stream(values()).map(Role::word).toList());
  }

  private static Optional<Role> find(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
