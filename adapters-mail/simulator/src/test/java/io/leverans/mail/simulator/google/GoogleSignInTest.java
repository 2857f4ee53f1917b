package io.leverans.mail.simulator.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.web.TestBrowser;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleSignInTest {
  private static final String SANDY = "sandy@acme.example";

  private SimulatedWorld world;
  private SimulatedGoogle google;

  @BeforeEach
  void start() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults());
    google = world.openGoogle(GoogleSettings.defaults());
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void the_consent_page_says_in_plain_words_what_is_asked_for() throws IOException {
    try (GoogleUser user = GoogleUser.of(google)) {
      assertThat(user.page(GoogleUser.READ, Map.of()).body())
          .contains("Send email on your behalf", "View your email messages")
          .contains("See your email address")
          .contains(SANDY, "a company&#39;s account: takes all mail")
          .contains("sandy.private@gmail.example", "a personal account")
          .contains("lost-answer@acme.example", "then hangs up without a byte")
          .doesNotContain("<script");
    }
  }

  @Test
  void the_id_token_says_who_allowed_it_and_its_signature_holds() throws Exception {
    try (GoogleUser user = GoogleUser.connected(google, SANDY, GoogleUser.SEND)) {
      String[] token = user.tokens().path("id_token").asText().split("\\.", -1);

      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(publishedKey(user));
      signature.update((token[0] + '.' + token[1]).getBytes(StandardCharsets.US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(token[2]))).isTrue();
      JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token[1]));
      assertThat(claims.path("iss").asText()).isEqualTo(google.endpoints().issuer().toString());
      assertThat(claims.path("aud").asText()).isEqualTo(google.client().id());
      assertThat(claims.path("sub").asText()).matches("\\d{21}");
      assertThat(claims.path("email").asText()).isEqualTo(SANDY);
      assertThat(claims.path("email_verified").asBoolean()).isTrue();
      assertThat(claims.path("hd").asText()).isEqualTo("acme.example");
      assertThat(claims.path("nonce").asText()).isEqualTo("n-1");
      assertThat(claims.path("exp").asLong()).isGreaterThan(claims.path("iat").asLong());
    }
  }

  private PublicKey publishedKey(GoogleUser user) throws Exception {
    JsonNode key = TestBrowser.json(user.browse(google.endpoints().certs())).path("keys").path(0);
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
  }

  private static BigInteger number(JsonNode key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
  }

  @Test
  void an_account_keeps_its_subject_and_another_has_another() throws IOException {
    try (GoogleUser first = GoogleUser.connected(google, SANDY, GoogleUser.SEND);
        GoogleUser again = GoogleUser.connected(google, "Sandy@ACME.example", GoogleUser.SEND);
        GoogleUser other = GoogleUser.connected(google, "eve@acme.example", GoogleUser.SEND)) {
      assertThat(subject(again)).isEqualTo(subject(first));
      assertThat(subject(other)).isNotEqualTo(subject(first));
    }
  }

  private static String subject(GoogleUser user) throws IOException {
    JsonNode info = TestBrowser.json(user.get("v1/userinfo"));
    return info.path("sub").asText();
  }

  @Test
  void a_second_consent_without_being_asked_anew_gives_no_refresh_token() throws IOException {
    Map<String, String> quietly = Map.of("prompt", "");
    try (GoogleUser user = GoogleUser.of(google)) {
      JsonNode first = TestBrowser.json(user.redeem(user.code(SANDY, GoogleUser.SEND, quietly)));
      JsonNode second = TestBrowser.json(user.redeem(user.code(SANDY, GoogleUser.SEND, quietly)));

      assertThat(first.has("refresh_token")).isTrue();
      assertThat(second.has("refresh_token")).isFalse();
    }
  }

  @Test
  void a_token_that_was_taken_back_is_refused_everywhere() throws IOException {
    try (GoogleUser user = GoogleUser.connected(google, SANDY, GoogleUser.SEND)) {
      assertThat(user.revoke().statusCode()).isEqualTo(200);

      HttpResponse<String> renewal = user.renew();
      assertThat(renewal.statusCode()).isEqualTo(400);
      assertThat(TestBrowser.json(renewal).path("error").asText()).isEqualTo("invalid_grant");
      assertThat(TestBrowser.json(renewal).path("error_description").asText())
          .isEqualTo("Token has been expired or revoked.");
      HttpResponse<String> sending = user.send(GoogleMails.mail("m", "bob@c.test"));
      assertThat(sending.statusCode()).isEqualTo(401);
      assertThat(TestBrowser.json(sending).at("/error/errors/0/reason").asText())
          .isEqualTo("authError");
    }
  }

  @Test
  void the_owner_takes_access_back_on_a_page_of_the_account() throws IOException {
    try (GoogleUser user = GoogleUser.connected(google, SANDY, GoogleUser.SEND)) {
      var page = google.endpoints().connections();
      assertThat(user.browse(page).body()).contains(SANDY, "Remove access");

      user.press(page, Map.of("account", SANDY));

      assertThat(user.browse(page).body()).contains("No account is connected");
      assertThat(user.renew().statusCode()).isEqualTo(400);
    }
  }

  @Test
  void only_an_address_is_an_account() throws IOException {
    try (GoogleUser user = GoogleUser.of(google)) {
      Map<String, String> form =
          TestBrowser.hiddenFields(user.page(GoogleUser.SEND, Map.of()).body());
      form.put("account", "nobody");

      assertThat(user.press(google.endpoints().authorize(), form).statusCode()).isEqualTo(400);
    }
  }
}
