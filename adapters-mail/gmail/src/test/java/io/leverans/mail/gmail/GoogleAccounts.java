package io.leverans.mail.gmail;

import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Request;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Google's places for consent, for one owner: what a test changes is what they say. */
final class GoogleAccounts {
  private static final KeyPair OWN = newKeys();
  private static final KeyPair STRANGERS = newKeys();

  final Map<String, Object> claims = new HashMap<>();
  final Map<String, String> tokens = new HashMap<>();
  final Map<String, Object> userInfo = new HashMap<>();
  private KeyPair signing = OWN;
  private Reply refusal = Reply.json(200, "");

  GoogleAccounts() {
    long now = TestWorld.NOW.getEpochSecond();
    claims.putAll(
        Map.of(
            "iss",
            "https://accounts.google.test",
            "aud",
            "platform",
            "sub",
            "1001",
            "email",
            TestWorld.ADDRESS,
            "email_verified",
            true,
            "nonce",
            "nonce-1",
            "iat",
            now,
            "exp",
            now + 3600));
    tokens.putAll(
        Map.of(
            "access_token", "access-2",
            "refresh_token", "refresh-2",
            "token_type", "Bearer",
            "expires_in", "3600",
            "scope", "openid https://www.googleapis.com/auth/userinfo.email " + TestWorld.SEND));
    userInfo.putAll(Map.of("sub", "1001", "email", TestWorld.ADDRESS, "email_verified", true));
  }

  /** Somebody else signs from now on. */
  void forge() {
    signing = STRANGERS;
  }

  void refuseTokens(int status, String body) {
    refusal = Reply.json(status, body);
  }

  Reply answer(Request request) {
    return switch (request.place()) {
      case "/token" -> refusal.body().isEmpty() ? Reply.json(200, tokenAnswer()) : refusal;
      case "/certs" -> Reply.json(200, certificates());
      case "/userinfo" -> Reply.json(200, json(userInfo));
      default -> Reply.json(404, "{}");
    };
  }

  private String tokenAnswer() {
    Map<String, Object> answer = new HashMap<>(tokens);
    answer.put("expires_in", Long.valueOf(tokens.get("expires_in")));
    answer.put("id_token", idToken());
    answer.values().removeIf(""::equals);
    return json(answer);
  }

  private String idToken() {
    var header = new JsonWebSignature.Header().setAlgorithm("RS256").setKeyId("key-1");
    var payload = new JsonWebToken.Payload();
    claims.forEach(payload::set);
    try {
      return JsonWebSignature.signUsingRsaSha256(
          signing.getPrivate(), GoogleAnswer.JSON, header, payload);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String certificates() {
    var key = (RSAPublicKey) OWN.getPublic();
    return json(
        Map.of(
            "keys",
            new ArrayList<>(
                List.of(
                    Map.of(
                        "kty", "RSA",
                        "alg", "RS256",
                        "use", "sig",
                        "kid", "key-1",
                        "n", number(key.getModulus()),
                        "e", number(key.getPublicExponent()))))));
  }

  private static String number(BigInteger number) {
    byte[] octets = number.toByteArray();
    byte[] unsigned = octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
  }

  private static String json(Object content) {
    try {
      return GoogleAnswer.JSON.toString(content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
