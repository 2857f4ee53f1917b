package io.leverans.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import io.leverans.application.port.out.Keysets.StoredKeyset;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The operator's keyset, loaded. It encrypts one thing only, the data keyset, bound to its version.
 */
final class MasterKeyset {
  private final String source;
  private final Aead aead;

  private MasterKeyset(String source, Aead aead) {
    this.source = source;
    this.aead = aead;
  }

  /**
   * Reads a keyset in clear.
   *
   * @param source where the text comes from, to name it in errors
   * @param text Tink's JSON, plain or in base64
   */
  static MasterKeyset parse(String source, String text) {
    try {
      String stripped = text.strip();
      String json =
          stripped.startsWith("{")
              ? stripped
              : new String(Base64.getMimeDecoder().decode(stripped), UTF_8);
      return new MasterKeyset(source, AeadKeys.aead(AeadKeys.fromJson(json)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // The parser's own words may quote what it read.
      throw new UnusableKeysetException(
          source
              + " holds no keyset for sealing secrets: it must be a JSON keyset of Google Tink for "
              + "AEAD, in clear or in base64, such as Leverans makes in a file on its first start");
    }
  }

  StoredKeyset encrypt(DataKeyset keyset) {
    return new StoredKeyset(
        keyset.version(),
        AeadKeys.toEncryptedJson(keyset.keys(), aead, associatedData(keyset.version())));
  }

  DataKeyset decrypt(StoredKeyset stored) {
    try {
      return new DataKeyset(
          stored.version(),
          AeadKeys.fromEncryptedJson(stored.encrypted(), aead, associatedData(stored.version())));
    } catch (GeneralSecurityException _) {
      throw new UnusableKeysetException(
          "the keyset in the database does not open with the master keyset of this node, which is "
              + source
              + ": restore the one it was made with, which is the same on all nodes");
    }
  }

  private static byte[] associatedData(long version) {
    return ("keyset/" + version).getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "MasterKeyset[" + source + "]";
  }
}
