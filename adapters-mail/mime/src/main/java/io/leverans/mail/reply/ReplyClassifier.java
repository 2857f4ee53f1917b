package io.leverans.mail.reply;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Suppression;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says why a server refused, by the table {@code causes.tsv}: by plain words, by the enhanced
 * status code (RFC 3463), by the reply code and the phase of the conversation, in this order. Safe
 * for use by many threads.
 */
public final class ReplyClassifier {
  private static final int LONGEST_TEXT = 2000;
  private static final Pattern STATUS =
      Pattern.compile("(?<![\\d.])[245]\\.\\d{1,3}\\.\\d{1,3}(?!\\.?\\d)");
  private static final Pattern CODE = Pattern.compile("^\\s*([245]\\d\\d)(?![\\d.])");
  private static final Pattern LINE_START = Pattern.compile("\\R(?:\\d{3}[- ])?");
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:again|retry|wait|come back|delayed?|expires?|greylist\\w*)\\D{0,40}?"
              + "(?:(\\d{1,2}):(\\d{2}):(\\d{2})"
              + "|(\\d{1,6}) ?(s|m|h)(?:ec|in|r|econds?|inutes?|ours?|ecs?|ins?|rs?)?\\b"
              + "(?:(?: and|,)? (\\d{1,2}) ?s(?:ec|econds?)?\\b)?)",
          Pattern.CASE_INSENSITIVE);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final List<ReplyRule> rules = ReplyRule.table("causes.tsv");

  /** Where in the conversation a reply came (RFC 5321 §3). */
  public enum Phase {
    CONNECT,
    GREETING,
    HELLO,
    TLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /** The reply to the final dot. */
    CONTENT
  }

  /**
   * The cause that a negative reply names.
   *
   * @param code the reply code, such as 550; 0 where there was none, as in a report: then one that
   *     the text begins with counts
   * @param status the enhanced status code, where one was given; else the first in the text counts
   * @param text the reply's words, which may still hold code and status
   */
  public Cause causeOf(int code, Optional<String> status, String text, Phase phase) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    String replyCode = code == 0 ? codeIn(cut) : String.valueOf(code);
    String replyStatus = status.or(() -> enhancedStatusIn(cut)).orElse("-");
    String words = LINE_START.matcher(cut).replaceAll(" ");
    ReplyRule.Reply reply = new ReplyRule.Reply(replyCode, replyStatus, words, phase);
    Cause cause =
        rules.stream()
            .filter(rule -> rule.fits(reply))
            .findFirst()
            .map(ReplyRule::cause)
            .orElse(Cause.UNDETERMINED);
    return just(cause, reply);
  }

  /** A rule about trust is not the recipient's fault, and "not now" is no reason to close. */
  private static Cause just(Cause cause, ReplyRule.Reply reply) {
    boolean forNow = (reply.code().equals("0") ? reply.status() : reply.code()).startsWith("4");
    if (forNow && cause.suppression() == Suppression.SUPPRESSES) {
      return Cause.REMOTE_SYSTEM_ERROR;
    }
    if (reply.status().startsWith("5.7.") && cause.fault() == Fault.RECIPIENT) {
      return Cause.POLICY;
    }
    return cause;
  }

  /**
   * How long a reply asks to be left alone, as in "try again in 300 seconds" or "come back in
   * 00:05:00"; at most a day.
   */
  public Optional<Duration> waitNamedIn(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    return WAIT.matcher(cut)
        .results()
        .map(ReplyClassifier::named)
        .filter(Duration::isPositive)
        .findFirst()
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private static Duration named(MatchResult match) {
    if (match.group(1) != null) {
      return Duration.ofHours(number(match, 1))
          .plusMinutes(number(match, 2))
          .plusSeconds(number(match, 3));
    }
    long count = number(match, 4);
    Duration main =
        switch (match.group(5).toLowerCase(Locale.ROOT)) {
          case "h" -> Duration.ofHours(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofSeconds(count);
        };
    return match.group(6) == null ? main : main.plusSeconds(number(match, 6));
  }

  private static long number(MatchResult match, int group) {
    return Long.parseLong(match.group(group));
  }

  /** The first enhanced status code in a reply's words (RFC 2034 §4). */
  public static Optional<String> enhancedStatusIn(String text) {
    Matcher matcher = STATUS.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static String codeIn(String text) {
    Matcher matcher = CODE.matcher(text);
    return matcher.find() ? matcher.group(1) : "0";
  }
}
