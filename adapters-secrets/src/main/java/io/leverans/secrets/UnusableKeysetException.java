package io.leverans.secrets;

import java.io.IOException;
import java.io.Serial;

/**
 * A keyset cannot be had. Says where it should come from and what to do, and nothing of the keys.
 */
public final class UnusableKeysetException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UnusableKeysetException(String message) {
    super(message);
  }

  UnusableKeysetException(String message, IOException cause) {
    super(message, cause);
  }
}
