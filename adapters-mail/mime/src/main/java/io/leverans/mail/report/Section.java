package io.leverans.mail.report;

import io.leverans.mail.reply.ServerReply;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a notice says of one recipient.
 *
 * @param recipient as it is written there
 * @param text the lines about it
 */
record Section(String recipient, String text) {
  private static final Pattern REPLY = Pattern.compile("(?<![\\w.@/=-])[45]\\d\\d[- ](?=\\S)");
  private static final Pattern HOST =
      Pattern.compile(
          "\\b(?:host|server|while talking to|connect to|response from|by):? {1,3}<?"
              + "([a-z0-9][a-z0-9.-]{1,200}\\.[a-z]{2,24})\\.?:?(?=[\\s\\[>(,:]|$)",
          Pattern.CASE_INSENSITIVE);
  private static final int BRIEF = 400;
  private static final Pattern WORD = Pattern.compile("\\p{L}{2}");
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** The same recipient, and the beginning of what is said. */
  Section inBrief() {
    return text.length() > BRIEF ? new Section(recipient, text.substring(0, BRIEF)) : this;
  }

  /** Whether a server's reply stands in it. */
  boolean quotes() {
    return REPLY.matcher(text).find();
  }

  /** Whether there are words in it. */
  boolean says() {
    return hasWords(text);
  }

  static boolean hasWords(String text) {
    return WORD.matcher(text).find();
  }

  /** The part that quotes what a server said; the whole where none is quoted. */
  String quote() {
    Matcher reply = REPLY.matcher(text);
    return WHITE_SPACE
        .matcher(reply.find() ? text.substring(reply.start()) : text)
        .replaceAll(" ")
        .strip();
  }

  Optional<String> status() {
    return ServerReply.statusIn(text);
  }

  Optional<String> remoteHost() {
    Matcher named = HOST.matcher(text);
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }
}
