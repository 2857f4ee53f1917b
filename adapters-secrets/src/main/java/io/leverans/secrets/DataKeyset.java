package io.leverans.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadKey;
import io.leverans.application.port.out.SealingKeyRotation.Stage;
import io.leverans.application.port.out.SealingKeyRotation.Step;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** One version of the keyset that seals secrets: its newest key is the last. Immutable. */
final class DataKeyset {
  private final long version;
  private final KeysetHandle keys;
  private final Aead aead;

  /**
   * A keyset as it was stored.
   *
   * @throws GeneralSecurityException if the keys are not for sealing
   */
  DataKeyset(long version, KeysetHandle keys) throws GeneralSecurityException {
    this.version = version;
    this.keys = keys;
    this.aead = AeadKeys.aead(keys);
  }

  static DataKeyset first() {
    return ofOurs(1, AeadKeys.generate());
  }

  long version() {
    return version;
  }

  KeysetHandle keys() {
    return keys;
  }

  Step step() {
    return new Step(version, stage());
  }

  private Stage stage() {
    if (keys.size() == 1) {
      return Stage.SETTLED;
    }
    return keys.getAt(keys.size() - 1).isPrimary() ? Stage.IN_USE : Stage.ANNOUNCED;
  }

  /** The version that takes the next step. */
  DataKeyset next() {
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(keys);
    switch (stage()) {
      case SETTLED ->
          builder.addEntry(KeysetHandle.importKey(AeadKeys.generate().getPrimary().getKey()));
      case ANNOUNCED -> builder.getAt(builder.size() - 1).makePrimary();
      case IN_USE -> {
        while (builder.size() > 1) {
          builder.deleteAt(0);
        }
      }
    }
    return ofOurs(version + 1, AeadKeys.build(builder));
  }

  byte[] seal(byte[] clear, byte[] associatedData) {
    try {
      return aead.encrypt(clear, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("secrets cannot be sealed", e);
    }
  }

  /** Nothing if none of the keys opens it with these associated data. */
  Optional<byte[]> open(byte[] sealed, byte[] associatedData) {
    try {
      return Optional.of(aead.decrypt(sealed, associatedData));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  /** Whether the key that seals now has sealed this, as the prefix that each key sets tells. */
  boolean sealsAs(byte[] sealed) {
    byte[] prefix = ((AeadKey) keys.getPrimary().getKey()).getOutputPrefix().toByteArray();
    return sealed.length >= prefix.length
        && Arrays.equals(sealed, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static DataKeyset ofOurs(long version, KeysetHandle keys) {
    try {
      return new DataKeyset(version, keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset of ours does not seal", e);
    }
  }

  @Override
  public String toString() {
    return "DataKeyset[" + step() + "]";
  }
}
