package io.leverans.mail.simulator.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The refresh tokens that are good, in memory and, where asked for, in a file. For one thread. */
final class KeptGrants {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private final Map<String, Grant> byRefreshToken;

  KeptGrants(Optional<Path> file) {
    this.file = file;
    this.byRefreshToken =
        file.filter(Files::exists).map(KeptGrants::read).orElseGet(LinkedHashMap::new);
  }

  Optional<Grant> find(String refreshToken) {
    return Optional.ofNullable(byRefreshToken.get(refreshToken));
  }

  Set<String> idsOf(SimulatedAccount account) {
    return byRefreshToken.values().stream()
        .filter(grant -> grant.account().address().equals(account.address()))
        .map(Grant::id)
        .collect(Collectors.toSet());
  }

  Set<SimulatedAccount> accounts() {
    return byRefreshToken.values().stream()
        .map(Grant::account)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  void put(String refreshToken, Grant grant) {
    byRefreshToken.put(refreshToken, grant);
    write();
  }

  void replace(String refreshToken, String next) {
    Grant grant = byRefreshToken.remove(refreshToken);
    if (grant != null) {
      put(next, grant);
    }
  }

  void removeAll(Set<String> grantIds) {
    if (byRefreshToken.values().removeIf(grant -> grantIds.contains(grant.id()))) {
      write();
    }
  }

  private void write() {
    if (file.isEmpty()) {
      return;
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    byRefreshToken.forEach(
        (token, grant) ->
            all.addObject()
                .put("refresh-token", token)
                .put("id", grant.id())
                .put("client", grant.clientId())
                .put("address", grant.account().address())
                .put("name", grant.account().name())
                .put("summary", grant.account().summary())
                .put("scopes", String.join(" ", grant.scopes())));
    try {
      Path target = file.get().toAbsolutePath();
      Path fresh = Files.createTempFile(target.getParent(), "grants", ".json");
      Files.writeString(fresh, all.toPrettyString());
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException trouble) {
      throw new UncheckedIOException("cannot keep the simulated refresh tokens", trouble);
    }
  }

  private static Map<String, Grant> read(Path file) {
    var grants = new LinkedHashMap<String, Grant>();
    try {
      for (JsonNode kept : JSON.readTree(Files.readString(file))) {
        grants.put(text(kept, "refresh-token"), grant(kept));
      }
      return grants;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "cannot read the simulated refresh tokens; remove the file " + file, unreadable);
    }
  }

  private static Grant grant(JsonNode kept) {
    return new Grant(
        text(kept, "id"),
        text(kept, "client"),
        new SimulatedAccount(text(kept, "address"), text(kept, "name"), text(kept, "summary")),
        new LinkedHashSet<>(List.of(text(kept, "scopes").split(" ", -1))),
        Optional.empty());
  }

  private static String text(JsonNode kept, String field) {
    return kept.path(field).asText();
  }
}
