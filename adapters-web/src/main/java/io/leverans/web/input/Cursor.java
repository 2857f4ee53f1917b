package io.leverans.web.input;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** A position in a list, opaque to whoever gets it. */
public enum Cursor {
  IDENTITIES("i1:"),
  MESSAGES("m1:"),
  REPORTS("r1:"),
  SUPPRESSIONS("s1:");

  private final String prefix;

  Cursor(String prefix) {
    this.prefix = prefix;
  }

  public String text(UUID position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((prefix + position).getBytes(US_ASCII));
  }

  /** The position, if the text is one that {@link #text} gave out. */
  public Optional<UUID> parse(String text) {
    try {
      String clear = new String(Base64.getUrlDecoder().decode(text), US_ASCII);
      return clear.startsWith(prefix)
          ? Ids.parse(clear.substring(prefix.length()))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
