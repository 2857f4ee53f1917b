package io.leverans.mail.msc;

import io.leverans.application.port.provider.DurationText;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.mail.conversation.DomainName;
import io.leverans.mail.conversation.HostAndPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much goes to each destination.
 *
 * @param usual to those that are not named
 * @param named by the domain of the servers' owner
 */
record DestinationPaces(List<Limit> usual, Map<String, List<Limit>> named) {
  private static final DestinationPaces UNLIMITED = new DestinationPaces(List.of(), Map.of());
  private static final String KEY = "destination-pace";
  private static final Pattern LIMIT = Pattern.compile("(\\d{1,7}) in (\\S+)");

  DestinationPaces {
    usual = List.copyOf(usual);
    named = Map.copyOf(named);
  }

  /**
   * Reads a setting such as {@code 20 in 1s; orange.fr: 2 in 1s, 5000 in 1d}. Through a smart host,
   * which is the one destination then, no others can be named.
   *
   * @throws InvalidSettingException if it is something else
   */
  static DestinationPaces of(ProviderSettings settings, Optional<HostAndPort> smartHost) {
    DestinationPaces paces = settings.find(KEY).map(text -> parse(KEY, text)).orElse(UNLIMITED);
    if (smartHost.isPresent() && !paces.named().isEmpty()) {
      throw new InvalidSettingException(
          KEY,
          "names destinations, which a smart host alone speaks with; leave the pace that it is"
              + " given itself, such as 20 in 1s, or remove msc.smart-host");
    }
    return paces;
  }

  private static DestinationPaces parse(String key, String text) {
    List<Limit> usual = new ArrayList<>();
    Map<String, List<Limit>> named = new HashMap<>();
    for (String part : text.split(";", -1)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        usual.addAll(limits(key, part));
      } else {
        String domain = DomainName.require(key, part.substring(0, colon).strip());
        named.put(domain, limits(key, part.substring(colon + 1)));
      }
    }
    return new DestinationPaces(usual, named);
  }

  private static List<Limit> limits(String key, String text) {
    List<Limit> limits = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      limits.add(limit(key, part.strip()));
    }
    return List.copyOf(limits);
  }

  private static Limit limit(String key, String text) {
    Matcher matcher = LIMIT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidSettingException(
          key, "'" + text + "' is not a limit such as 20 in 1s or 5000 in 1d");
    }
    try {
      return new Limit(
          Integer.parseInt(matcher.group(1)),
          Counted.MESSAGES,
          DurationText.parse(matcher.group(2)),
          Scope.DESTINATION,
          "msc." + key);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(key, "'" + text + "': " + e.getMessage());
    }
  }

  List<Limit> to(String owner) {
    return named.getOrDefault(owner, usual);
  }
}
