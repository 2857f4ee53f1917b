package io.leverans.application.port.out;

import java.io.Serial;

/** Sealed secrets that the keys at hand do not open. */
public final class UnreadableSecretsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param problem for a person, without any of the secret
   */
  public UnreadableSecretsException(String problem) {
    super(problem);
  }
}
