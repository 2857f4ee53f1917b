package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leverans.mail.simulator.microsoft.MicrosoftSettings;
import io.leverans.mail.simulator.microsoft.SimulatedMicrosoft;
import io.leverans.mail.simulator.web.Fields;
import jakarta.mail.AuthenticationFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users of the company sign in on Microsoft's page, and by a token at the company's server. */
class CompanyTokenTest {
  private static final String USER = "ada@acme.test";
  private static final String BACK = "https://app.test/callback";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final HttpClient browser = HttpClient.newHttpClient();
  private SimulatedWorld world;
  private SimulatedMicrosoft microsoft;

  @BeforeEach
  void start() throws IOException {
    world = SimulatedWorld.start(WorldSettings.defaults());
    microsoft = world.company().microsoft();
  }

  @AfterEach
  void stop() {
    browser.close();
    world.close();
  }

  @Test
  void the_page_lists_accounts_with_what_they_do() throws Exception {
    String page = get(URI.create(microsoft.authorizeUrl() + "?" + Fields.encode(question())));
    assertThat(page)
        .contains("sandy@company.test", "locked@company.test", Quirk.NO_SMTP.summary())
        .contains("send mail as you, by SMTP");
  }

  @Test
  void a_library_signs_in_by_a_token() throws Exception {
    JsonNode tokens = signIn(USER);
    byXoauth2().send(USER, tokens.get("access_token").asText(), "b@c.test");
    assertThat(world.inbox().total()).isEqualTo(1);
    assertThat(tokens.get("scope").asText()).isEqualTo(SimulatedMicrosoft.SEND + " openid email");
    JsonNode claims = claims(tokens.get("id_token").asText());
    assertThat(claims.get("email").asText()).isEqualTo(USER);
    assertThat(claims.get("nonce").asText()).isEqualTo("n-1");
    assertThat(claims.get("aud").asText()).isEqualTo(MicrosoftSettings.CLIENT.id());
  }

  @Test
  void a_token_of_another_user_or_for_something_else_is_refused() throws Exception {
    String token = signIn(USER).get("access_token").asText();
    assertThatThrownBy(() -> byXoauth2().send("eve@acme.test", token, "b@c.test"))
        .isInstanceOf(AuthenticationFailedException.class);
    Map<String, String> question = question();
    question.put("scope", "openid email");
    String narrow = signIn(USER, question).get("access_token").asText();
    assertThatThrownBy(() -> byXoauth2().send(USER, narrow, "b@c.test"))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void a_refusal_is_told_in_a_challenge_and_ends_after_an_empty_line() throws Exception {
    try (RawClient clear = RawClient.greeted(world.company())) {
      clear.command("STARTTLS");
      try (RawClient client =
          clear.encrypted(CompanyClient.trusting(world.company().authorityCertificate()))) {
        client.command("EHLO client.test");
        String challenge = client.command("AUTH XOAUTH2 " + words(USER, "nothing"));
        assertThat(challenge).startsWith("334 ");
        assertThat(decoded(challenge.substring(4).strip())).contains("\"status\":\"401\"");
        assertThat(client.command("")).startsWith("535 5.7.3");
      }
    }
  }

  @Test
  void a_renewal_gives_another_refresh_token_and_voids_the_old_one() throws Exception {
    String first = signIn(USER).get("refresh_token").asText();
    JsonNode renewed = renew(first);
    assertThat(renewed.get("refresh_token").asText()).isNotEqualTo(first);
    assertThat(renew(first).get("error").asText()).isEqualTo("invalid_grant");
    assertThat(renew(first).get("error_description").asText()).startsWith("AADSTS50173: ");
  }

  @Test
  void what_an_owner_takes_back_lets_nobody_in() throws Exception {
    JsonNode tokens = signIn(USER);
    microsoft.revoke(USER);
    assertThat(renew(tokens.get("refresh_token").asText()).get("error").asText())
        .isEqualTo("invalid_grant");
    assertThatThrownBy(
            () -> byXoauth2().send(USER, tokens.get("access_token").asText(), "b@c.test"))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void locked_users_sign_in_by_token_and_those_without_smtp_do_not() throws Exception {
    String locked = "locked@acme.test";
    byXoauth2().send(locked, signIn(locked).get("access_token").asText(), "b@c.test");
    String without = "no-smtp@acme.test";
    String token = signIn(without).get("access_token").asText();
    assertThatThrownBy(() -> byXoauth2().send(without, token, "b@c.test"))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThatThrownBy(
            () -> CompanyClient.of(world).send(without, SimulatedCompany.PASSWORD, "b@c.test"))
        .hasMessageContaining("SmtpClientAuthentication is disabled");
  }

  private CompanyClient byXoauth2() throws Exception {
    return CompanyClient.of(world).set("auth.mechanisms", "XOAUTH2");
  }

  private JsonNode signIn(String account) throws Exception {
    return signIn(account, question());
  }

  private JsonNode signIn(String account, Map<String, String> question) throws Exception {
    var pressed = new HashMap<>(question);
    pressed.put("account", account);
    String back =
        post(microsoft.authorizeUrl(), pressed).headers().firstValue("Location").orElseThrow();
    String code = URI.create(back).getRawQuery().replaceAll("(^|.*&)code=([^&]*).*", "$2");
    return tokens(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            Fields.decoded(code),
            "redirect_uri",
            BACK,
            "code_verifier",
            VERIFIER));
  }

  private JsonNode renew(String refreshToken) throws Exception {
    return tokens(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  private JsonNode tokens(Map<String, String> form) throws Exception {
    var all = new HashMap<>(form);
    all.put("client_id", MicrosoftSettings.CLIENT.id());
    all.put("client_secret", MicrosoftSettings.CLIENT.secret());
    return new ObjectMapper().readTree(post(microsoft.tokenUrl(), all).body());
  }

  private static Map<String, String> question() {
    return new HashMap<>(
        Map.of(
            "client_id",
            MicrosoftSettings.CLIENT.id(),
            "response_type",
            "code",
            "redirect_uri",
            BACK,
            "scope",
            SimulatedMicrosoft.SEND + " offline_access openid email",
            "state",
            "s-1",
            "nonce",
            "n-1",
            "code_challenge",
            CHALLENGE,
            "code_challenge_method",
            "S256"));
  }

  private HttpResponse<String> post(URI address, Map<String, String> form) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(Fields.encode(form))).build(),
        BodyHandlers.ofString());
  }

  private String get(URI address) throws Exception {
    return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private static JsonNode claims(String idToken) throws IOException {
    String payload = idToken.split("\\.", -1)[1];
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
  }

  private static String words(String user, String token) {
    String text = "user=" + user + "\1auth=Bearer " + token + "\1\1";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
