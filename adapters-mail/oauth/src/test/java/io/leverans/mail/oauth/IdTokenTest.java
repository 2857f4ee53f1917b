package io.leverans.mail.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.mail.oauth.IdToken.Reading.Unusable;
import io.leverans.mail.oauth.IdToken.Reading.Usable;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String CLAIMS =
      """
      {"iss": "https://login.example.com", "sub": "4711", "aud": "leverans", "nonce": "n-1",
       "exp": 1800003600, "email": "anna@example.com", "email_verified": true}
      """;

  @Test
  void the_owner_is_read_from_a_token_that_is_meant_for_us() {
    IdToken token = ((Usable) read(jwt(CLAIMS))).token();
    assertThat(token.issuer()).isEqualTo("https://login.example.com");
    assertThat(token.subject()).isEqualTo("4711");
    assertThat(token.text("email")).contains("anna@example.com");
    assertThat(token.text("email_verified")).isEmpty();
    assertThat(token.text("name")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "leverans"                   | "other"                               | somebody else
          "aud": "leverans"            | "aud": ["leverans", "b"], "azp": "b"  | somebody else
          "nonce": "n-1"               | "nonce": "n-2"                        | another request
          "nonce": "n-1"               | "none": "n-1"                         | another request
          1800003600                   | 1799999000                            | run out
          "exp"                        | "ex"                                  | run out
          "sub": "4711"                | "sub": ""                             | who the owner is
          "iss"                        | "is"                                  | who the owner is
          "nonce": "n-1"               | "nonce": 7                            | cannot be read
          """)
  void a_token_for_somebody_else_is_told(String part, String other, String words) {
    assertThat(CLAIMS).contains(part);
    assertThat(((Unusable) read(jwt(CLAIMS.replace(part, other)))).words()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b", "a.b.c", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30."})
  void what_is_no_token_is_told(String raw) {
    assertThat(read(raw)).isInstanceOf(Unusable.class);
  }

  private static IdToken.Reading read(String raw) {
    return IdToken.read(raw, "leverans", "n-1", NOW);
  }

  private static String jwt(String claims) {
    return base64("{\"alg\":\"RS256\",\"kid\":\"1\"}") + "." + base64(claims) + ".c2lnbmVk";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
