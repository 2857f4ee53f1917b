package io.leverans.application.service.channel;

import io.leverans.application.port.out.Ids;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept secret while the owner of an account is asked: what was filled in for the channel,
 * and what proves the answer to be ours.
 *
 * @param verifier RFC 7636 §4.1
 * @param nonce OpenID Connect Core §3.1.2.1
 */
record ConsentSecrets(Map<String, String> filledIn, String verifier, String nonce) {
  private static final String VERIFIER = "consent-verifier";
  private static final String NONCE = "consent-nonce";

  ConsentSecrets {
    filledIn = Map.copyOf(filledIn);
  }

  /** With a proof that nobody knows yet. */
  static ConsentSecrets fresh(Map<String, String> filledIn, Ids ids) {
    return new ConsentSecrets(filledIn, ids.secret() + ids.secret(), ids.secret());
  }

  /** Reads what {@link #all} wrote; empty if no browser has set out yet. */
  static Optional<ConsentSecrets> of(Map<String, String> all) {
    Map<String, String> filledIn = new HashMap<>(all);
    Optional<String> verifier = Optional.ofNullable(filledIn.remove(VERIFIER));
    Optional<String> nonce = Optional.ofNullable(filledIn.remove(NONCE));
    return verifier.flatMap(
        known -> nonce.map(other -> new ConsentSecrets(filledIn, known, other)));
  }

  Map<String, String> all() {
    Map<String, String> all = new HashMap<>(filledIn);
    all.put(VERIFIER, verifier);
    all.put(NONCE, nonce);
    return all;
  }

  /** Names only. */
  @Override
  public String toString() {
    return "ConsentSecrets" + filledIn.keySet();
  }
}
