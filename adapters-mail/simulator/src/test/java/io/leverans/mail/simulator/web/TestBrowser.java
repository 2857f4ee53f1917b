package io.leverans.mail.simulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks over HTTP and follows no redirect of itself. */
public final class TestBrowser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  private final HttpClient client = HttpClient.newHttpClient();

  public HttpResponse<String> get(URI address, String... headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> post(URI address, Map<String, String> form, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(Fields.encode(form)));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /** The fields that a page's first form sends without being asked. */
  public static Map<String, String> hiddenFields(String html) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher found = HIDDEN.matcher(html.substring(0, html.indexOf("</form>")));
    while (found.find()) {
      fields.put(found.group(1), found.group(2).replace("&amp;", "&").replace("&#39;", "'"));
    }
    return fields;
  }

  /** The fields that a redirect hands over. */
  public static Fields redirected(HttpResponse<String> response) {
    String address = response.headers().firstValue("Location").orElseThrow();
    return Fields.parse(address.substring(address.indexOf('?') + 1));
  }

  public static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  @Override
  public void close() {
    client.close();
  }
}
