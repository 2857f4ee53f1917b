package io.leverans.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/** What Tink is asked for, with the one configuration that says which algorithms it may use. */
final class AeadKeys {
  private static final Configuration ALGORITHMS = AeadConfig2026.get();

  private AeadKeys() {}

  /** One new key; ADR 50 says why of this sort. */
  static KeysetHandle generate() {
    try {
      return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, ALGORITHMS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key can be made", e);
    }
  }

  static KeysetHandle build(KeysetHandle.Builder builder) {
    try {
      return builder.build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no keyset can be made of these keys", e);
    }
  }

  /**
   * What the keys can do.
   *
   * @throws GeneralSecurityException if they are keys of another sort
   */
  static Aead aead(KeysetHandle keys) throws GeneralSecurityException {
    return keys.getPrimitive(ALGORITHMS, Aead.class);
  }

  static KeysetHandle fromJson(String json) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(json, ALGORITHMS, InsecureSecretKeyAccess.get());
  }

  static String toJson(KeysetHandle keys) {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          keys, ALGORITHMS, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset of ours cannot be written", e);
    }
  }

  static KeysetHandle fromEncryptedJson(String json, Aead master, byte[] associatedData)
      throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, master, associatedData, ALGORITHMS);
  }

  static String toEncryptedJson(KeysetHandle keys, Aead master, byte[] associatedData) {
    try {
      return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
          keys, master, associatedData, ALGORITHMS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a keyset of ours cannot be encrypted", e);
    }
  }
}
