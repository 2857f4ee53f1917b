package planted.leverans.application.service;

import java.util.UUID;

/** Planted: makes ids by itself. */
public final class ServiceWithItsOwnChance {
  /** Planted. */
  public UUID id() {
    return UUID.randomUUID();
  }
}
