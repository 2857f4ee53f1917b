package io.leverans.mail.simulator.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.mail.simulator.signin.SignInSettings.Renewals;
import io.leverans.mail.simulator.web.Fields;
import io.leverans.mail.simulator.web.TestBrowser;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInSiteTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final SignInClient CLIENT = new SignInClient("leverans", "s3cret");

  private final TestBrowser browser = new TestBrowser();
  private Instant now = Instant.parse("2026-11-29T10:00:00Z");
  private WebServer server;
  private SimulatedSignIn signIn;

  @BeforeEach
  void start() throws IOException {
    start(SignInSettings.of(CLIENT));
  }

  private void start(SignInSettings settings) throws IOException {
    signIn = new SimulatedSignIn(settings, () -> now);
    var site = new SignInSite(signIn, new PlainDialect());
    server =
        WebServer.start(
            0,
            request ->
                switch (request.path()) {
                  case "/auth" -> site.authorization(request);
                  case "/token" -> site.token(request);
                  case "/revoke" -> site.revocation(request);
                  default -> WebAnswer.empty(404);
                });
  }

  private void restart(SignInSettings settings) throws IOException {
    server.close();
    start(settings);
  }

  @AfterEach
  void stop() {
    server.close();
    browser.close();
  }

  @Test
  void the_page_says_who_is_asked_for_what_and_runs_no_script() throws IOException {
    HttpResponse<String> page = browser.get(question(Map.of()));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Sign in with Example", "Do send", "Do read", "sandy@acme.example", "Cancel")
        .contains("takes &lt;all&gt; mail")
        .doesNotContain("<script");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
  }

  @Test
  void who_is_hinted_at_comes_first() throws IOException {
    String page = browser.get(question(Map.of("login_hint", "lost+7@acme.example"))).body();

    assertThat(page.indexOf("value=\"lost+7@acme.example\">Allow"))
        .isPositive()
        .isLessThan(page.indexOf("value=\"sandy@acme.example\">Allow"));
  }

  @Test
  void a_code_gives_tokens_for_what_was_allowed() throws IOException {
    HttpResponse<String> response = redeem(code(Map.of()), Map.of());

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode tokens = TestBrowser.json(response);
    assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
    assertThat(tokens.path("scope").asText()).isEqualTo("send read");
    assertThat(tokens.path("source").asText()).isEqualTo("CODE");
    Access access = signIn.grantOf(tokens.path("access_token").asText()).orElseThrow();
    assertThat(access.grant().account().address()).isEqualTo("sandy@acme.example");
    assertThat(access.grant().nonce()).contains("n-7");
  }

  @Test
  void the_state_comes_back_and_a_cancel_is_told() throws IOException {
    Map<String, String> form = form(Map.of());

    Fields cancelled = TestBrowser.redirected(browser.post(at("/auth"), form));

    assertThat(cancelled.first("error")).contains("access_denied");
    assertThat(cancelled.first("state")).contains("a&b='c'");
    assertThat(cancelled.first("code")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_id             | other    | invalid_client
          redirect_uri          | no-uri   | redirect_uri_mismatch
          response_type         | token    | invalid_request
          scope                 | ' '      | invalid_request
          code_challenge_method | plain    | invalid_request
          """)
  void a_wrong_question_is_told_to_the_person_alone(String field, String value, String error)
      throws IOException {
    HttpResponse<String> page = browser.get(question(Map.of(field, value)));

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("Access blocked", error);
    assertThat(page.headers().firstValue("Location")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_id     | other          | 401 | CLIENT_UNKNOWN
          client_secret | wrong          | 401 | CLIENT_SECRET_WRONG
          code          | guessed        | 400 | CODE_UNKNOWN
          code          | ''             | 400 | FIELD_MISSING
          redirect_uri  | http://b.test/ | 400 | REDIRECT_DIFFERS
          code_verifier | ''             | 400 | VERIFIER_MISSING
          code_verifier | guessed        | 400 | VERIFIER_WRONG
          grant_type    | password       | 400 | GRANT_TYPE_UNKNOWN
          """)
  void a_wrong_field_gets_no_tokens(String field, String value, int status, String why)
      throws IOException {
    HttpResponse<String> response = redeem(code(Map.of()), Map.of(field, value));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(TestBrowser.json(response).path("error_description").asText()).isEqualTo(why);
  }

  @Test
  void a_code_used_twice_takes_back_what_it_gave() throws IOException {
    String code = code(Map.of());
    JsonNode tokens = TestBrowser.json(redeem(code, Map.of()));

    JsonNode again = TestBrowser.json(redeem(code, Map.of()));

    assertThat(again.path("error").asText()).isEqualTo("invalid_grant");
    assertThat(signIn.grantOf(tokens.path("access_token").asText())).isEmpty();
    assertThat(TestBrowser.json(renew(tokens)).path("error").asText()).isEqualTo("invalid_grant");
  }

  @Test
  void codes_and_access_end_after_a_while() throws IOException {
    String late = code(Map.of());
    JsonNode tokens = TestBrowser.json(redeem(code(Map.of()), Map.of()));

    now = now.plus(Duration.ofMinutes(10));
    assertThat(TestBrowser.json(redeem(late, Map.of())).path("error_description").asText())
        .isEqualTo("CODE_EXPIRED");
    assertThat(signIn.grantOf(tokens.path("access_token").asText())).isPresent();

    now = now.plus(Duration.ofMinutes(50));
    assertThat(signIn.grantOf(tokens.path("access_token").asText())).isEmpty();
  }

  @Test
  void a_refresh_token_gives_access_again_and_again() throws IOException {
    JsonNode tokens = TestBrowser.json(redeem(code(Map.of()), Map.of()));

    JsonNode first = TestBrowser.json(renew(tokens));
    JsonNode second = TestBrowser.json(renew(tokens));

    assertThat(first.has("refresh_token")).isFalse();
    assertThat(first.path("source").asText()).isEqualTo("REFRESH_TOKEN");
    assertThat(signIn.grantOf(first.path("access_token").asText())).isPresent();
    assertThat(second.path("access_token")).isNotEqualTo(first.path("access_token"));
  }

  @Test
  void a_refresh_token_that_was_replaced_is_worth_nothing() throws IOException {
    restart(SignInSettings.of(CLIENT).withRenewals(Renewals.REPLACE_REFRESH_TOKEN));
    JsonNode tokens = TestBrowser.json(redeem(code(Map.of()), Map.of()));

    JsonNode next = TestBrowser.json(renew(tokens));

    assertThat(TestBrowser.json(renew(tokens)).path("error").asText()).isEqualTo("invalid_grant");
    assertThat(renew(next).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"access_token", "refresh_token"})
  void revoking_a_token_ends_all_that_was_allowed_with_it(String which) throws IOException {
    JsonNode tokens = TestBrowser.json(redeem(code(Map.of()), Map.of()));
    JsonNode others = TestBrowser.json(redeem(code(Map.of()), Map.of()));
    Map<String, String> token = Map.of("token", tokens.path(which).asText());

    assertThat(browser.post(at("/revoke"), token).statusCode()).isEqualTo(200);

    assertThat(signIn.grantOf(tokens.path("access_token").asText())).isEmpty();
    assertThat(renew(tokens).statusCode()).isEqualTo(400);
    assertThat(renew(others).statusCode()).isEqualTo(200);
    assertThat(browser.post(at("/revoke"), token).statusCode()).isEqualTo(400);
  }

  @Test
  void the_owner_of_an_account_takes_everything_back() throws IOException {
    JsonNode tokens = TestBrowser.json(redeem(code(Map.of()), Map.of()));
    String unused = code(Map.of());

    signIn.removeAccess(PlainDialect.SANDY);

    assertThat(signIn.grantOf(tokens.path("access_token").asText())).isEmpty();
    assertThat(renew(tokens).statusCode()).isEqualTo(400);
    assertThat(redeem(unused, Map.of()).statusCode()).isEqualTo(400);
  }

  @Test
  void refresh_tokens_can_outlive_the_program(@TempDir Path folder) throws IOException {
    SignInSettings kept = SignInSettings.of(CLIENT).withKeptAt(folder.resolve("grants.json"));
    restart(kept);
    JsonNode tokens = TestBrowser.json(redeem(code(Map.of()), Map.of()));

    restart(kept);

    JsonNode renewed = TestBrowser.json(renew(tokens));
    assertThat(signIn.grantOf(renewed.path("access_token").asText()).orElseThrow().grant())
        .satisfies(grant -> assertThat(grant.account().address()).isEqualTo("sandy@acme.example"))
        .satisfies(grant -> assertThat(grant.scopes()).containsExactly("send", "read"));
  }

  @Test
  void a_client_may_say_who_it_is_in_the_header() throws IOException {
    String basic =
        Base64.getEncoder().encodeToString("leverans:s3cret".getBytes(StandardCharsets.US_ASCII));
    Map<String, String> form = redemption(code(Map.of()));
    form.remove("client_id");
    form.remove("client_secret");

    assertThat(browser.post(at("/token"), form, "Authorization", "Basic " + basic).statusCode())
        .isEqualTo(200);
  }

  private URI at(String path) {
    return URI.create(server.address() + path);
  }

  private URI question(Map<String, String> changes) {
    Map<String, String> fields = new HashMap<>();
    fields.put("client_id", CLIENT.id());
    fields.put("redirect_uri", "http://a.test/callback");
    fields.put("response_type", "code");
    fields.put("scope", "send read");
    fields.put("state", "a&b='c'");
    fields.put("nonce", "n-7");
    fields.put("code_challenge", CHALLENGE);
    fields.put("code_challenge_method", "S256");
    fields.putAll(changes);
    return at("/auth?" + Fields.encode(fields));
  }

  private Map<String, String> form(Map<String, String> changes) throws IOException {
    return TestBrowser.hiddenFields(browser.get(question(changes)).body());
  }

  private String code(Map<String, String> changes) throws IOException {
    Map<String, String> form = form(changes);
    form.put("account", PlainDialect.SANDY.address());
    return TestBrowser.redirected(browser.post(at("/auth"), form)).first("code").orElseThrow();
  }

  private Map<String, String> redemption(String code) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("client_id", CLIENT.id());
    form.put("client_secret", CLIENT.secret());
    form.put("redirect_uri", "http://a.test/callback");
    form.put("code_verifier", VERIFIER);
    return form;
  }

  private HttpResponse<String> redeem(String code, Map<String, String> changes) throws IOException {
    Map<String, String> form = redemption(code);
    form.putAll(changes);
    return browser.post(at("/token"), form);
  }

  private HttpResponse<String> renew(JsonNode tokens) throws IOException {
    return browser.post(
        at("/token"),
        Map.of(
            "grant_type",
            "refresh_token",
            "refresh_token",
            tokens.path("refresh_token").asText(),
            "client_id",
            CLIENT.id(),
            "client_secret",
            CLIENT.secret()));
  }
}
