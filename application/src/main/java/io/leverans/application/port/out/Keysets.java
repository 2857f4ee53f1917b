package io.leverans.application.port.out;

import java.util.Objects;
import java.util.Optional;

/**
 * The keyset that seals the secrets of all channels, encrypted, the same for every node. Safe for
 * use by many threads.
 */
public interface Keysets {
  Optional<StoredKeyset> read();

  /**
   * Stores a keyset in place of the one whose version is one less, durably. Version 1 is stored
   * only where there is none.
   */
  Outcome replace(StoredKeyset next);

  /** What became of a replacement. */
  enum Outcome {
    REPLACED,
    /** Another node was faster: nothing was changed. */
    OUTDATED
  }

  /**
   * A keyset that nobody can read without the operator's master keyset.
   *
   * @param version 1 for the first, and one more with every change
   * @param encrypted text, to be stored as it is
   */
  record StoredKeyset(long version, String encrypted) {
    public StoredKeyset {
      if (version < 1) {
        throw new IllegalArgumentException("versions begin with 1, not " + version);
      }
      Objects.requireNonNull(encrypted);
    }

    @Override
    public String toString() {
      return "StoredKeyset[version " + version + "]";
    }
  }
}
