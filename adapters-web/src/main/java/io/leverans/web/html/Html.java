package io.leverans.web.html;

import java.util.Arrays;
import java.util.List;

/** A piece of markup. Text becomes one only by being escaped. */
public final class Html {
  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /**
   * Fills a template's {@code %s}, escaping everything that is not markup already.
   *
   * @param template written by us, never made of what came in
   */
  public static Html of(String template, Object... parts) {
    Object[] safe =
        Arrays.stream(parts)
            .map(part -> part instanceof Html html ? html.markup : escape(part.toString()))
            .toArray();
    return new Html(template.formatted(safe));
  }

  public static Html join(List<Html> pieces) {
    return new Html(String.join("", pieces.stream().map(piece -> piece.markup).toList()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return markup;
  }
}
