package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import java.util.Optional;

/** Tells whom an API key acts as. */
@FunctionalInterface
public interface IdentifyCaller {
  /** Empty if the key is none of ours. */
  Optional<Caller> identify(String apiKey);
}
