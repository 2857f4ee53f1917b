package io.leverans.mail.simulator.signin;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a person allowed an application.
 *
 * @param id tells it from other grants of the same person
 * @param scopes in the order asked for
 * @param nonce what the application wants to find in the ID token of the code
 */
public record Grant(
    String id,
    String clientId,
    SimulatedAccount account,
    Set<String> scopes,
    Optional<String> nonce) {

  public Grant {
    scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
  }
}
