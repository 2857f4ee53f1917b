package io.leverans.mail.reply;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A negative reply of a mail server (RFC 5321 §4.2), heard in a conversation or told in a report.
 *
 * @param code the reply code, such as 550; 0 where there was none: then one that the text begins
 *     with counts
 * @param status the enhanced status code (RFC 3463), where one was given; else the first in the
 *     text counts
 * @param text the reply's words, which may still hold code and status
 * @param host who said so, where known
 * @param phase to what it was said, where known
 */
public record ServerReply(
    int code, Optional<String> status, String text, Optional<String> host, Optional<Phase> phase) {
  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\.?\\d)");
  private static final Pattern CODE =
      Pattern.compile("(?:^\\W{0,3}|\\bsaid: |: )([245]\\d\\d)(?=[- ]|$)");
  private static final int LONGEST = 4000;
  private static final int MOST_STATUSES = 16;

  public ServerReply {
    Objects.requireNonNull(status);
    Objects.requireNonNull(host);
    Objects.requireNonNull(phase);
    text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** One heard in a conversation. */
  public static ServerReply heard(int code, Optional<String> status, String text, Phase phase) {
    return new ServerReply(code, status, text, Optional.empty(), Optional.of(phase));
  }

  /** The same, said by that host. */
  public ServerReply from(String remoteHost) {
    return new ServerReply(code, status, text, Optional.of(remoteHost), phase);
  }

  /**
   * The enhanced status code in a reply's words (RFC 2034 §4); where there are several, the first
   * that tells most.
   */
  public static Optional<String> statusIn(String text) {
    return STATUS
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .limit(MOST_STATUSES)
        .max(Comparator.comparingInt(ServerReply::detail));
  }

  /** Whether a status tells no more than its class (RFC 3463 §3.1). */
  public static boolean isGeneral(String status) {
    return detail(status) == 0;
  }

  /** 0 for a class alone, 1 with a subject, 2 with a detail (RFC 3463 §2). */
  private static int detail(String status) {
    if (status.endsWith(".0.0")) {
      return 0;
    }
    return status.endsWith(".0") ? 1 : 2;
  }

  Optional<String> statusGiven() {
    return status.or(() -> statusIn(text));
  }

  /** Three digits, or {@code 0}. */
  String codeGiven() {
    if (code != 0) {
      return String.valueOf(code);
    }
    Matcher matcher = CODE.matcher(text);
    return matcher.find() ? matcher.group(1) : "0";
  }
}
