package io.leverans.application.port.provider;

import java.net.URI;
import java.util.Objects;

/** Where the owner of an account is led to. */
public sealed interface ConsentPage {
  /** The provider's page, with all that it has to be opened with. */
  record At(URI address) implements ConsentPage {
    public At {
      Objects.requireNonNull(address);
    }
  }

  /**
   * There is none for these settings, such as where the operator took back what it needs.
   *
   * @param words why, and what to do about it
   */
  record Missing(String words) implements ConsentPage {
    public Missing {
      Objects.requireNonNull(words);
    }
  }
}
