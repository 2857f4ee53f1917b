package io.leverans.mail.gmail;

import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.identity.EmailAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A connected Google account, as its channel has it.
 *
 * @param id stays the same whatever becomes of the address ({@code sub})
 * @param scopes what its owner granted
 */
record Account(String id, EmailAddress address, List<String> scopes) {
  static final String ID = "account";
  static final String ADDRESS = "address";
  static final String SCOPES = "scopes";

  /** Names of a channel's secrets. */
  static final String REFRESH_TOKEN = "refresh-token";

  static final String ACCESS_TOKEN = "access-token";
  static final String ACCESS_EXPIRES = "access-expires";

  private static final Set<String> GOOGLES_OWN = Set.of("gmail.com", "googlemail.com");

  Account {
    scopes = List.copyOf(scopes);
  }

  /** Whose account it is that a channel holds; none before an owner has consented. */
  static Optional<Account> of(ChannelSettings settings) {
    return settings
        .find(ID)
        .flatMap(
            id ->
                settings
                    .find(ADDRESS)
                    .map(
                        address -> new Account(id, EmailAddress.parse(address), scopes(settings))));
  }

  /** That of a channel that is used. */
  static Account require(ChannelSettings settings) {
    return of(settings)
        .orElseThrow(() -> new IllegalArgumentException("a stored channel has an account"));
  }

  static List<String> scopes(ChannelSettings settings) {
    return settings.find(SCOPES).stream()
        .flatMap(text -> Arrays.stream(text.split(" ", -1)))
        .filter(scope -> !scope.isEmpty())
        .toList();
  }

  /** Whether it is a person's own, in none of a company's domains. */
  boolean isPersonal() {
    return GOOGLES_OWN.contains(address.domain().toLowerCase(Locale.ROOT));
  }

  /** The settings with this account in them. */
  ChannelSettings writtenInto(ChannelSettings settings) {
    Map<String, String> values = new HashMap<>(settings.values());
    values.put(ID, id);
    values.put(ADDRESS, address.toString());
    values.put(SCOPES, String.join(" ", scopes));
    return new ChannelSettings(values);
  }
}
