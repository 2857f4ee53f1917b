package io.leverans.mail.simulator.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** The RSA key that a provider signs its ID tokens with (RFC 7515, RFC 7517). */
public final class SigningKey {
  private final KeyPair keys;
  private final String id;

  private SigningKey(KeyPair keys) {
    this.keys = keys;
    this.id = RandomTokens.next().substring(0, 20);
  }

  /** The key under an id of its own. */
  public static SigningKey create() {
    return new SigningKey(RsaKeys.ofThisProcess());
  }

  /** The claims as a signed token. */
  public String sign(JsonNode claims) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header.put("alg", "RS256").put("kid", id).put("typ", "JWT");
    String text = encoded(utf8(header.toString())) + '.' + encoded(utf8(claims.toString()));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(utf8(text));
      return text + '.' + encoded(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java cannot sign with RSA", impossible);
    }
  }

  /** The key as those who check a signature look it up. */
  public ObjectNode publicKeys() {
    var key = (RSAPublicKey) keys.getPublic();
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.putArray("keys")
        .addObject()
        .put("kty", "RSA")
        .put("use", "sig")
        .put("alg", "RS256")
        .put("kid", id)
        .put("n", encoded(unsigned(key.getModulus())))
        .put("e", encoded(unsigned(key.getPublicExponent())));
    return all;
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
