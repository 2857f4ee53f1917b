package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leverans.mail.simulator.web.Fields;
import io.leverans.mail.simulator.web.TestBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** An application that somebody let into an account, and a browser for that. */
final class GoogleUser implements AutoCloseable {
  static final String SEND = "openid email https://www.googleapis.com/auth/gmail.send";
  static final String READ = SEND + " https://www.googleapis.com/auth/gmail.readonly";
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String CALLBACK = "http://app.test/connect/callback";

  private final SimulatedGoogle google;
  private final TestBrowser browser = new TestBrowser();
  private JsonNode tokens = JsonNodeFactory.instance.objectNode();
  private String access = "";

  private GoogleUser(SimulatedGoogle google) {
    this.google = google;
  }

  static GoogleUser of(SimulatedGoogle google) {
    return new GoogleUser(google);
  }

  /** Lets the application into an account for these scopes. */
  static GoogleUser connected(SimulatedGoogle google, String address, String scopes)
      throws IOException {
    GoogleUser user = of(google);
    user.tokens = TestBrowser.json(user.redeem(user.code(address, scopes, Map.of())));
    user.access = user.tokens.path("access_token").asText();
    return user;
  }

  HttpResponse<String> page(String scopes, Map<String, String> more) throws IOException {
    Map<String, String> question = new HashMap<>();
    question.put("client_id", google.client().id());
    question.put("redirect_uri", CALLBACK);
    question.put("response_type", "code");
    question.put("scope", scopes);
    question.put("state", "s-1");
    question.put("nonce", "n-1");
    question.put("access_type", "offline");
    question.put("prompt", "consent");
    question.put("code_challenge", CHALLENGE);
    question.put("code_challenge_method", "S256");
    question.putAll(more);
    return browser.get(URI.create(google.endpoints().authorize() + "?" + Fields.encode(question)));
  }

  String code(String address, String scopes, Map<String, String> more) throws IOException {
    Map<String, String> form = TestBrowser.hiddenFields(page(scopes, more).body());
    form.put("account", address);
    return TestBrowser.redirected(browser.post(google.endpoints().authorize(), form))
        .first("code")
        .orElseThrow();
  }

  HttpResponse<String> redeem(String code) throws IOException {
    return token(
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            CALLBACK,
            "code_verifier",
            VERIFIER));
  }

  HttpResponse<String> renew() throws IOException {
    HttpResponse<String> response =
        token(
            Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.path("refresh_token").asText()));
    if (response.statusCode() == 200) {
      access = TestBrowser.json(response).path("access_token").asText();
    }
    return response;
  }

  private HttpResponse<String> token(Map<String, String> fields) throws IOException {
    Map<String, String> form = new HashMap<>(fields);
    form.put("client_id", google.client().id());
    form.put("client_secret", google.client().secret());
    return browser.post(google.endpoints().token(), form);
  }

  HttpResponse<String> revoke() throws IOException {
    return browser.post(
        google.endpoints().revoke(), Map.of("token", tokens.path("refresh_token").asText()));
  }

  JsonNode tokens() {
    return tokens;
  }

  HttpResponse<String> get(String path) throws IOException {
    return browser.get(at(path), "Authorization", "Bearer " + access);
  }

  HttpResponse<String> browse(URI page) throws IOException {
    return browser.get(page);
  }

  HttpResponse<String> press(URI page, Map<String, String> form) throws IOException {
    return browser.post(page, form);
  }

  HttpResponse<String> send(String mail) throws IOException {
    return send(mail, "");
  }

  HttpResponse<String> send(String mail, String threadId) throws IOException {
    String raw = Base64.getUrlEncoder().encodeToString(mail.getBytes(StandardCharsets.UTF_8));
    var message = JsonNodeFactory.instance.objectNode().put("raw", raw);
    if (!threadId.isEmpty()) {
      message.put("threadId", threadId);
    }
    return post("gmail/v1/users/me/messages/send", "application/json", message.toString());
  }

  HttpResponse<String> post(String path, String type, String body) throws IOException {
    return browser.send(
        request(at(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
  }

  HttpResponse<String> put(URI address, String range, String body) throws IOException {
    return browser.send(
        request(address)
            .header("Content-Range", range)
            .PUT(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
  }

  private HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + access);
  }

  private URI at(String path) {
    return google.endpoints().api().resolve(path);
  }

  @Override
  public void close() {
    browser.close();
  }
}
