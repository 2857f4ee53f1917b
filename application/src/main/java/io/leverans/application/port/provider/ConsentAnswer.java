package io.leverans.application.port.provider;

import java.net.URI;
import java.util.Objects;

/**
 * What the owner's browser brought back, and what proves that it is ours.
 *
 * @param redirect where it came back to, as in the request
 * @param verifier whose challenge was in the request (RFC 7636 §4.1)
 * @param nonce as in the request
 */
public record ConsentAnswer(String code, URI redirect, String verifier, String nonce) {
  public ConsentAnswer {
    Objects.requireNonNull(code);
    Objects.requireNonNull(redirect);
    Objects.requireNonNull(verifier);
    Objects.requireNonNull(nonce);
  }

  /** Where it came back to only. */
  @Override
  public String toString() {
    return "ConsentAnswer[" + redirect + "]";
  }
}
