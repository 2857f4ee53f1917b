package io.leverans.bootstrap.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the owner of an account does in a browser to let the platform in: from the page that tells
 * who asks to the simulated provider's consent page and back. For one thread.
 */
public final class ConsentWalk implements AutoCloseable {
  private static final int STEPS = 10;
  private static final Pattern REFRESH = Pattern.compile("\\d+; *url=(.*)");
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  /** Where a browser ended, and what it shows there. */
  public record Page(URI address, int status, String html) {}

  /**
   * Presses the button of the platform's page, and then the one that allows access to an account.
   *
   * @param page the platform's page
   * @param account any address: who is not listed is typed in
   */
  public Page allow(URI page, String account) {
    Page asked = follow(post(page, ""));
    Matcher action = ACTION.matcher(asked.html());
    if (!action.find()) {
      throw new IllegalStateException(
          "no consent page at %s, but %d: %s"
              .formatted(asked.address(), asked.status(), asked.html()));
    }
    String form = hiddenFields(asked.html()) + "account=" + encoded(account);
    return follow(post(asked.address().resolve(unescaped(action.group(1))), form));
  }

  private Page follow(HttpRequest first) {
    HttpRequest request = first;
    for (int step = 0; step < STEPS; step++) {
      HttpResponse<String> response = send(request);
      Optional<URI> onwards = onwards(response);
      if (onwards.isEmpty()) {
        return new Page(response.uri(), response.statusCode(), response.body());
      }
      request = HttpRequest.newBuilder(onwards.get()).GET().build();
    }
    throw new IllegalStateException("led in circles, at last to " + request.uri());
  }

  /** Where a page leads by itself. */
  private static Optional<URI> onwards(HttpResponse<String> response) {
    Optional<String> refresh =
        response
            .headers()
            .firstValue("Refresh")
            .map(REFRESH::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1));
    return response.headers().firstValue("Location").or(() -> refresh).map(response.uri()::resolve);
  }

  private static HttpRequest post(URI address, String form) {
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the first form sends without being asked, each with an ampersand behind it. */
  private static String hiddenFields(String html) {
    var fields = new StringBuilder();
    Matcher hidden = HIDDEN.matcher(html.substring(0, html.indexOf("</form>")));
    while (hidden.find()) {
      fields
          .append(encoded(unescaped(hidden.group(1))))
          .append('=')
          .append(encoded(unescaped(hidden.group(2))))
          .append('&');
    }
    return fields.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Override
  public void close() {
    http.close();
  }
}
