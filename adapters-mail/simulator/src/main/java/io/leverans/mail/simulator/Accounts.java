package io.leverans.mail.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whom the company's server lets in: everyone, by one password. Safe for use by many threads. */
final class Accounts {
  private final String usualPassword;
  private final Map<String, String> passwords = new ConcurrentHashMap<>();

  Accounts(String usualPassword) {
    this.usualPassword = usualPassword;
  }

  void setPassword(String user, String password) {
    passwords.put(key(user), password);
  }

  boolean letsIn(String user, String password) {
    return !user.isBlank() && passwords.getOrDefault(key(user), usualPassword).equals(password);
  }

  private static String key(String user) {
    return user.toLowerCase(Locale.ROOT);
  }
}
