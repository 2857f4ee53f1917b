package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Keysets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A keyset in memory, for all nodes that are given this. */
public final class MemoryKeysets implements Keysets {
  private final AtomicReference<Optional<StoredKeyset>> stored =
      new AtomicReference<>(Optional.empty());

  @Override
  public Optional<StoredKeyset> read() {
    return stored.get();
  }

  @Override
  public Outcome replace(StoredKeyset next) {
    Optional<StoredKeyset> now = stored.get();
    return now.map(StoredKeyset::version).orElse(0L) == next.version() - 1
            && stored.compareAndSet(now, Optional.of(next))
        ? Outcome.REPLACED
        : Outcome.OUTDATED;
  }

  /** As if the operator had removed it, or restored another. */
  public void put(Optional<StoredKeyset> other) {
    stored.set(other);
  }
}
