package io.leverans.mail.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The relaxed alignment of domains (RFC 7489 section 3.1). */
final class Domains {
  /** Second-level names below which countries let their organisations register. */
  private static final Set<String> SHARED = Set.of("ac", "co", "com", "edu", "gov", "net", "org");

  private Domains() {}

  /** The domain of an address, empty where it has none. */
  static String of(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  static boolean aligned(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && organisation(one).equals(organisation(other));
  }

  /**
   * The domain that an organisation registered: the last two labels, or three below names such as
   * {@code co.uk}. The public suffix list knows more cases; the sandbox's domains need none of
   * them.
   */
  private static String organisation(String domain) {
    List<String> labels = Arrays.asList(domain.toLowerCase(Locale.ROOT).split("\\."));
    int size = labels.size();
    boolean shared =
        size > 2 && labels.get(size - 1).length() == 2 && SHARED.contains(labels.get(size - 2));
    return String.join(".", labels.subList(Math.max(0, size - (shared ? 3 : 2)), size));
  }
}
