package io.leverans.mail.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow.GivenBack;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.mail.oauth.TokenAnswer.ClientRefused;
import io.leverans.mail.oauth.TokenAnswer.NotReached;
import io.leverans.mail.oauth.TokenAnswer.Refused;
import io.leverans.mail.oauth.TokenAnswer.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthClientTest {
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");
  private static final URI BACK = URI.create("https://mail.example.com/connect/callback");
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CLIENT_SECRET = "hush~hush+and=more";

  private final TokenEndpoint endpoint = new TokenEndpoint();
  private final OAuthClient client = client(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    client.close();
    endpoint.close();
  }

  @Test
  void the_page_is_asked_for_a_code_with_a_challenge_and_everything_that_comes_back() {
    URI page =
        client.page(
            new ConsentRequest("the state", BACK, VERIFIER, "the nonce"),
            Map.of("login_hint", "anna@example.com"));
    assertThat(page.toString()).startsWith(endpoint.address("/authorize?").toString());
    assertThat(TokenEndpoint.form(page.getRawQuery()))
        .containsOnly(
            Map.entry("tenant", "all"),
            Map.entry("response_type", "code"),
            Map.entry("client_id", "leverans"),
            Map.entry("redirect_uri", BACK.toString()),
            Map.entry("scope", "openid send"),
            Map.entry("state", "the state"),
            Map.entry("nonce", "the nonce"),
            Map.entry("code_challenge", CHALLENGE),
            Map.entry("code_challenge_method", "S256"),
            Map.entry("prompt", "consent"),
            Map.entry("login_hint", "anna@example.com"));
    assertThat(endpoint.asked()).isEmpty();
  }

  @Test
  void a_code_is_traded_with_the_verifier_and_the_client_secret() {
    endpoint.answer(
        200,
        """
        {"access_token": "at-1", "token_type": "Bearer", "expires_in": 3600,
         "refresh_token": "rt-1", "scope": "send openid", "id_token": "a.b.c"}
        """);
    TokenAnswer answer = redeem();
    assertThat(answer)
        .isEqualTo(
            new Tokens(
                "at-1",
                NOW.plusSeconds(3600),
                Optional.of("rt-1"),
                List.of("send", "openid"),
                Optional.of("a.b.c")));
    assertThat(endpoint.asked())
        .containsExactly(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                "the-code",
                "redirect_uri",
                BACK.toString(),
                "code_verifier",
                VERIFIER,
                "client_id",
                "leverans",
                "client_secret",
                CLIENT_SECRET));
  }

  @Test
  void scopes_that_are_not_told_are_those_asked_for_and_a_life_that_is_not_told_is_short() {
    endpoint.answer(200, "{\"access_token\": \"at-1\", \"token_type\": \"bearer\"}");
    assertThat(redeem())
        .isEqualTo(
            new Tokens(
                "at-1",
                NOW.plusSeconds(300),
                Optional.empty(),
                List.of("openid", "send"),
                Optional.empty()));
  }

  @Test
  void a_new_refresh_token_takes_the_place_of_the_old_one() {
    endpoint.answer(
        200,
        """
        {"access_token": "at-2", "token_type": "Bearer", "expires_in": 60, "refresh_token": "rt-2"}
        """);
    var renewed = (Tokens) client.refresh("rt-1");
    assertThat(renewed.refreshTokenAfter("rt-1")).isEqualTo("rt-2");
    assertThat(renewed.scopes()).isEmpty();
    assertThat(endpoint.asked())
        .containsExactly(
            Map.of(
                "grant_type", "refresh_token",
                "refresh_token", "rt-1",
                "client_id", "leverans",
                "client_secret", CLIENT_SECRET));
  }

  @Test
  void an_old_refresh_token_goes_on_where_no_new_one_comes() {
    endpoint.answer(200, "{\"access_token\": \"at\", \"token_type\": \"Bearer\"}");
    assertThat(((Tokens) client.refresh("rt-1")).refreshTokenAfter("rt-1")).isEqualTo("rt-1");
  }

  @Test
  void a_life_beyond_all_measure_is_cut() {
    endpoint.answer(
        200,
        "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"expires_in\": %d}"
            .formatted(Long.MAX_VALUE));
    assertThat(((Tokens) redeem()).expires()).isEqualTo(NOW.plus(Duration.ofDays(30)));
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_grant, CERTAIN, Connect the channel again",
    "interaction_required, CERTAIN, Connect the channel again",
    "something_new, PRESUMED, Connect the channel again"
  })
  void a_refusal_tells_who_can_do_what_about_it(String code, Certainty certainty, String remedy) {
    endpoint.answer(400, error(code, "AADSTS700082: it has expired."));
    ChannelFault fault = ((Refused) client.refresh("rt-1")).fault();
    assertThat(fault.cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(fault.certainty()).isEqualTo(certainty);
    assertThat(fault.words())
        .isEqualTo("The house said: " + code + ": AADSTS700082: it has expired.");
    assertThat(fault.remedy()).contains(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_client, house.id and house.secret",
    "unauthorized_client, house.id and house.secret",
    "invalid_scope, what is registered for the platform at The house"
  })
  void where_the_platform_is_not_let_in_the_operator_has_to_act_and_mail_waits(
      String code, String toMend) {
    endpoint.answer(400, error(code, "AADSTS7000222: the secret has expired."));

    Renewal.Refused renewal = ((ClientRefused) client.refresh("rt-1")).fault().toRenewal();
    assertThat(renewal.until()).contains(Duration.ofHours(1));
    assertThat(renewal.fault().cause()).isEqualTo(Cause.CREDENTIALS_REFUSED);
    assertThat(renewal.fault().certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(renewal.fault().words())
        .isEqualTo("The house said: " + code + ": AADSTS7000222: the secret has expired.");
    assertThat(renewal.fault().remedy())
        .contains("not yours to mend", toMend, "Mail waits", "by itself");

    assertThat(((ClientRefused) redeem()).fault().toGrant().fault().remedy())
        .startsWith("Tell the operator.")
        .contains(toMend)
        .endsWith("Then begin again.");
  }

  @Test
  void a_code_that_is_refused_is_asked_for_again() {
    endpoint.answer(400, error("invalid_grant", "used already"));
    assertThat(((Refused) redeem()).fault().remedy()).startsWith("Begin again");
  }

  @ParameterizedTest
  @CsvSource({
    "400, temporarily_unavailable",
    "400, server_error",
    "429, invalid_grant",
    "500, invalid_grant",
    "503, invalid_client"
  })
  void trouble_of_the_servers_own_is_no_refusal(int status, String code) {
    endpoint.answer(status, error(code, "later"));
    assertThat(client.refresh("rt-1")).isInstanceOf(NotReached.class);
    assertThat(endpoint.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Welcome to the hotel</html>",
        "[]",
        "null",
        "{}",
        "{\"access_token\": 7, \"token_type\": \"Bearer\"}",
        "{\"access_token\": \"\", \"token_type\": \"Bearer\"}",
        "{\"access_token\": \"at\"}",
        "{\"access_token\": \"at\", \"token_type\": \"mac\"}",
        "{\"access_token\": \"at\\u0001auth=Bearer x\", \"token_type\": \"Bearer\"}",
        "{\"access_token\": \"at\\r\\nDATA\", \"token_type\": \"Bearer\"}",
        "{\"access_token\": \"at\", \"token_type\": \"Bearer\", \"refresh_token\": \"\\n\"}",
        "{\"access_token\": \"at\", \"token_type\": \"Bearer\", \"expires_in\": \"soon\"}",
        "{\"error\": {\"code\": 400}}",
        "{\"error\": 17}"
      })
  void what_makes_no_sense_is_neither_access_nor_a_refusal(String body) {
    for (int status : List.of(200, 400, 404)) {
      endpoint.answer(status, body);
      assertThat(client.refresh("rt-1")).as("%d %s", status, body).isInstanceOf(NotReached.class);
      assertThat(redeem()).as("%d %s", status, body).isInstanceOf(NotReached.class);
    }
  }

  @Test
  void a_redirect_is_not_followed() {
    endpoint.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Location", endpoint.address("/other").toString());
          exchange.sendResponseHeaders(307, -1);
        });
    assertThat(client.refresh("rt-1")).isInstanceOf(NotReached.class);
    assertThat(endpoint.asked()).hasSize(1);
  }

  @Test
  void a_server_that_falls_silent_is_not_waited_for() {
    try (OAuthClient hasty = client(Duration.ofMillis(300))) {
      endpoint.fallSilent();
      assertThat(words(hasty.refresh("rt-1"))).contains("gave no answer within");
      endpoint.beginAndFallSilent();
      assertThat(words(hasty.refresh("rt-1"))).contains("gave no answer within");
    }
    assertThat(endpoint.asked()).hasSize(2);
  }

  @Test
  void an_answer_without_end_is_not_read_to_its_end() {
    endpoint.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = new byte[64 * 1024];
          try {
            while (true) {
              exchange.getResponseBody().write(much);
            }
          } catch (IOException _) {
            // It was hung up on.
          }
        });
    assertThat(words(client.refresh("rt-1"))).contains("more than it should");
  }

  @Test
  void a_connection_that_breaks_is_not_tried_again() {
    endpoint.answer(200, "{\"access_token\": \"at\", \"token_type\": \"Bearer\"}");
    assertThat(client.refresh("rt-0")).isInstanceOf(Tokens.class);
    endpoint.answer(
        _ -> {
          throw new IOException("hung up");
        });
    assertThat(words(client.refresh("rt-1"))).contains("broke off");
    assertThat(endpoint.asked()).hasSize(2);
  }

  @Test
  void a_server_that_is_not_there_is_told() throws IOException {
    int nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + nobody + "/token");
    try (var lost = new OAuthClient(server(nowhere, Optional.of(nowhere)), () -> NOW)) {
      assertThat(words(lost.refresh("rt-1"))).isEqualTo("The house could not be reached.");
      assertThat(lost.revoke("rt-1")).isEqualTo(GivenBack.FAILED);
    }
  }

  @Test
  void access_is_given_back_where_that_is_possible() {
    endpoint.answer(200, "");
    assertThat(client.revoke("rt-1")).isEqualTo(GivenBack.DONE);
    assertThat(endpoint.asked().getFirst()).containsEntry("token", "rt-1");
    endpoint.answer(400, error("unsupported_token_type", "no"));
    assertThat(client.revoke("rt-1")).isEqualTo(GivenBack.FAILED);
    endpoint.answer(400, error("invalid_token", "Token expired or revoked"));
    assertThat(client.revoke("rt-1")).as("gone before").isEqualTo(GivenBack.DONE);
    try (var other =
        new OAuthClient(server(endpoint.address("/token"), Optional.empty()), () -> NOW)) {
      assertThat(other.revoke("rt-1")).isEqualTo(GivenBack.NOT_OFFERED);
    }
  }

  @Test
  void no_secret_stands_in_words() {
    endpoint.answer(
        400, error("invalid_grant", "the-code, %s and %s".formatted(VERIFIER, CLIENT_SECRET)));
    assertThat(((Refused) redeem()).fault().words())
        .isEqualTo("The house said: invalid_grant: ***, *** and ***");
    endpoint.answer(400, error("invalid_grant", "rt-1 is unknown" + "x".repeat(10_000)));
    String words = ((Refused) client.refresh("rt-1")).fault().words();
    assertThat(words).doesNotContain("rt-1").hasSizeLessThan(700);
    assertThat(server(endpoint.address("/t"), Optional.empty()).toString())
        .doesNotContain(CLIENT_SECRET);
    assertThat(
            new Tokens("at-1", NOW, Optional.of("rt-1"), List.of("s"), Optional.of("id-1"))
                .toString())
        .doesNotContain("at-1", "rt-1", "id-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.com/token",
        "ftp://login.example.com/token",
        "/token",
        "https:///token",
        "https://anna@login.example.com/token",
        "https://login.example.com/token#here",
        "http://127.0.0.1.example.com/token",
        "http://localhost.example.com/token"
      })
  void secrets_do_not_go_in_clear_beyond_this_machine(String address) {
    assertThatThrownBy(() -> server(URI.create(address), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://");
  }

  private TokenAnswer redeem() {
    return client.redeem(new ConsentAnswer("the-code", BACK, VERIFIER, "the nonce"));
  }

  private static String words(TokenAnswer answer) {
    return ((NotReached) answer).words();
  }

  private static String error(String code, String description) {
    return "{\"error\": \"%s\", \"error_description\": \"%s\"}".formatted(code, description);
  }

  private OAuthClient client(Duration patience) {
    InstantSource clock = () -> NOW;
    return new OAuthClient(
        server(endpoint.address("/token"), Optional.of(endpoint.address("/revoke"))),
        clock,
        patience);
  }

  private OAuthServer server(URI tokens, Optional<URI> revocation) {
    return new OAuthServer(
        "The house",
        endpoint.address("/authorize?tenant=all"),
        tokens,
        revocation,
        "leverans",
        CLIENT_SECRET,
        "house.id and house.secret",
        List.of("openid", "send"),
        Map.of("prompt", "consent"));
  }
}
