package io.leverans.web.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A page without script, pictures or anything from elsewhere, that no search engine lists. */
public record HtmlPage(String title, Html body) {
  private static final String CSS =
      """

      :root { color-scheme: light dark; }
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto;
             padding: 0 1rem; overflow-wrap: anywhere; }
      h1 { font-size: 1.5rem; line-height: 1.25; }
      pre { padding: 1rem; border: 1px solid; border-radius: .25rem; white-space: pre-wrap; }
      button { font: inherit; font-weight: 600; padding: .75rem 1.5rem; border: 0;
               border-radius: .25rem; background: #0b57d0; color: #fff; cursor: pointer; }
      button:focus-visible, a:focus-visible { outline: 3px solid #f29900; outline-offset: 2px; }
      """;

  private static final String POLICY =
      "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src '"
          + hash(CSS)
          + "'";

  private static final String TEMPLATE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <title>%s · Leverans</title>
      <style>%s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      %s
      </main>
      </body>
      </html>
      """;

  public void write(Context ctx, int status) {
    ctx.status(status)
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .header("X-Robots-Tag", "noindex, nofollow")
        .header("Cache-Control", "no-store")
        .contentType("text/html; charset=utf-8")
        .result(markup().getBytes(UTF_8));
  }

  private String markup() {
    return Html.of(TEMPLATE, title, Html.of(CSS), title, body).toString();
  }

  private static String hash(String style) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
