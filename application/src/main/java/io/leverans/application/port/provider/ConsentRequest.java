package io.leverans.application.port.provider;

import java.net.URI;
import java.util.Objects;

/**
 * What the page of a provider is opened with.
 *
 * @param state comes back with the answer (RFC 6749 §10.12)
 * @param redirect where the answer comes back to
 * @param verifier whose SHA-256 goes along as the challenge (RFC 7636 §4.2, method S256), and never
 *     itself
 * @param nonce comes back in the ID token (OpenID Connect Core §3.1.2.1)
 */
public record ConsentRequest(String state, URI redirect, String verifier, String nonce) {
  public ConsentRequest {
    Objects.requireNonNull(state);
    Objects.requireNonNull(redirect);
    Objects.requireNonNull(verifier);
    Objects.requireNonNull(nonce);
  }

  /** Where it comes back to only. */
  @Override
  public String toString() {
    return "ConsentRequest[" + redirect + "]";
  }
}
