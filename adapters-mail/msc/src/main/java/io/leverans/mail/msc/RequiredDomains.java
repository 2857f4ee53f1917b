package io.leverans.mail.msc;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.mail.conversation.DomainName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Domains of recipients, in A-labels and lower case.
 *
 * @param exact these themselves
 * @param parents all domains below these, at any depth, without them
 */
record RequiredDomains(Set<String> exact, Set<String> parents) {
  static final RequiredDomains NONE = new RequiredDomains(Set.of(), Set.of());
  private static final String ALL_BELOW = "*.";

  RequiredDomains {
    exact = Set.copyOf(exact);
    parents = Set.copyOf(parents);
  }

  /**
   * Reads a setting such as {@code bank.example, *.gov.example}.
   *
   * @throws InvalidSettingException if it is something else
   */
  static RequiredDomains parse(String key, String text) {
    Set<String> exact = new HashSet<>();
    Set<String> parents = new HashSet<>();
    for (String part : text.split(",", -1)) {
      String item = part.strip();
      boolean below = item.startsWith(ALL_BELOW);
      String domain = DomainName.require(key, below ? item.substring(ALL_BELOW.length()) : item);
      (below ? parents : exact).add(domain);
    }
    return new RequiredDomains(exact, parents);
  }

  boolean isEmpty() {
    return exact.isEmpty() && parents.isEmpty();
  }

  /** The entry that a domain falls under, as the setting writes it. */
  Optional<String> entryFor(String domain) {
    if (exact.contains(domain)) {
      return Optional.of(domain);
    }
    for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
      String parent = domain.substring(dot + 1);
      if (parents.contains(parent)) {
        return Optional.of(ALL_BELOW + parent);
      }
    }
    return Optional.empty();
  }
}
