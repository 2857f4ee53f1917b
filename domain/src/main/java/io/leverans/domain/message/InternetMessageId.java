package io.leverans.domain.message;

import java.util.regex.Pattern;

/** The value of a Message-ID header with its angle brackets (RFC 5322 §3.6.4). */
public record InternetMessageId(String value) {
  private static final Pattern MSG_ID =
      Pattern.compile("<[!-~&&[^<>@]]{1,400}@[!-~&&[^<>@]]{1,400}>");

  public InternetMessageId {
    if (!MSG_ID.matcher(value).matches()) {
      throw new IllegalArgumentException("a Message-ID looks like <id@domain>, in ASCII");
    }
  }
}
