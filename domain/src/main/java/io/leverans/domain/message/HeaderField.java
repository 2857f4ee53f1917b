package io.leverans.domain.message;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** An extra header that the author's application adds (RFC 5322 §2.2). */
public record HeaderField(String name, String value) {
  private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,76}");
  private static final int MAX_VALUE = 2000;
  private static final Set<String> WRITTEN_BY_LEVERANS =
      Set.of(
          "from",
          "sender",
          "to",
          "cc",
          "bcc",
          "subject",
          "date",
          "message-id",
          "in-reply-to",
          "references",
          "reply-to",
          "mime-version",
          "return-path",
          "received",
          "dkim-signature",
          "auto-submitted",
          "delivered-to",
          "errors-to");

  public HeaderField {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a header's name has 1 to 76 printable ASCII characters and no colon");
    }
    if (WRITTEN_BY_LEVERANS.contains(lowerCase)
        || lowerCase.startsWith("content-")
        || lowerCase.startsWith("resent-")
        || lowerCase.startsWith("arc-")
        || lowerCase.startsWith("leverans-")) {
      throw new IllegalArgumentException(
          "the header " + name + " is written by Leverans itself; use the message's own fields");
    }
    if (value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "a header's value may not hold line breaks or control characters");
    }
    if (value.length() > MAX_VALUE) {
      throw new IllegalArgumentException("a header's value has at most 2000 characters");
    }
  }
}
