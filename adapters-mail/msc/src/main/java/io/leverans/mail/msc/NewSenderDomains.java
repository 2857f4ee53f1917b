package io.leverans.mail.msc;

import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.channel.Limit;
import io.leverans.mail.conversation.DomainName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sender domains that nobody has heard of yet. Their mail, and that of what is below them, begins
 * with little to each destination, however well known the servers are that it comes from.
 */
record NewSenderDomains(Map<String, WarmUp> byName) {
  static final String KEY = "warm-up-domains";
  static final NewSenderDomains NONE = new NewSenderDomains(Map.of());

  NewSenderDomains {
    byName = Map.copyOf(byName);
  }

  /**
   * Reads domains with the first day of each, such as {@code shop.example: 2026-11-29; b.example:
   * 2026-12-01}.
   *
   * @throws InvalidSettingException if it is something else
   */
  static NewSenderDomains parse(String text) {
    Map<String, WarmUp> domains = new HashMap<>();
    for (String part : text.split(";", -1)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw new InvalidSettingException(
            KEY,
            "'"
                + part.strip()
                + "' is not a domain and its first day, as shop.example: 2026-11-29");
      }
      String domain = DomainName.require(KEY, part.substring(0, colon).strip());
      WarmUp warmUp = WarmUp.parse(KEY, part.substring(colon + 1).strip());
      if (domains.put(domain, warmUp) != null) {
        throw new InvalidSettingException(KEY, "'" + domain + "' is named twice");
      }
    }
    return new NewSenderDomains(domains);
  }

  /** The nearest that mail from this domain, in A-labels, is of, if it is new at that time. */
  Optional<String> newAt(Instant time, String domain) {
    return byName.keySet().stream()
        .filter(name -> domain.equals(name) || domain.endsWith("." + name))
        .max(Comparator.comparingInt(String::length))
        .filter(name -> limitAt(time, name).isPresent());
  }

  /** What may go to a destination in a day from one of them; nothing once it is known. */
  Optional<Limit> limitAt(Instant time, String domain) {
    return Optional.ofNullable(byName.get(domain))
        .flatMap(warmUp -> warmUp.limitAt(time, "msc." + KEY + ", " + domain));
  }
}
