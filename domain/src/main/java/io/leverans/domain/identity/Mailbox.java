package io.leverans.domain.identity;

import java.util.Objects;
import java.util.Optional;

/** An address with the name shown beside it (RFC 5322 §3.4: {@code mailbox}). */
public record Mailbox(Optional<String> name, EmailAddress address) {
  private static final int MAX_NAME = 200;

  public Mailbox {
    Objects.requireNonNull(address);
    name = name.map(String::strip).filter(text -> !text.isEmpty());
    name.ifPresent(Mailbox::check);
  }

  public static Mailbox of(EmailAddress address) {
    return new Mailbox(Optional.empty(), address);
  }

  /**
   * Reads {@code local@domain} or {@code Name <local@domain>}; the name may stand in quotes.
   *
   * @throws IllegalArgumentException with the reason in words for a person
   */
  public static Mailbox parse(String text) {
    String trimmed = text.strip();
    int open = trimmed.lastIndexOf('<');
    if (open < 0) {
      return of(EmailAddress.parse(trimmed));
    }
    if (!trimmed.endsWith(">")) {
      throw new IllegalArgumentException("after <address> nothing may follow");
    }
    String name = unquoted(trimmed.substring(0, open).strip());
    return new Mailbox(
        Optional.of(name), EmailAddress.parse(trimmed.substring(open + 1, trimmed.length() - 1)));
  }

  private static String unquoted(String name) {
    boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
  }

  private static void check(String name) {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a name may not hold line breaks or control characters");
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException("a name has at most " + MAX_NAME + " characters");
    }
  }

  private static String quoted(String name) {
    return name.contains("\"")
        ? "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
        : name;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return name.map(text -> quoted(text) + " <" + address + ">").orElseGet(address::toString);
  }
}
