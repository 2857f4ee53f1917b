package io.leverans.mail.gmail;

import io.leverans.domain.bounce.MailboxMark;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a Gmail mailbox was read. */
sealed interface HistoryMark {
  /** All that came up to a place of its history. */
  record Followed(BigInteger place) implements HistoryMark {}

  /**
   * Some of what a search found; what came after the place is yet to be followed.
   *
   * @param place where the mailbox stood before the search
   * @param looked at so many, newest first
   */
  record Searching(BigInteger place, int looked) implements HistoryMark {}

  Pattern WRITTEN = Pattern.compile("(history|search) (\\d{1,30})(?: (\\d{1,9}))?");

  /** None if nobody could have written it: then the mailbox is read anew. */
  static Optional<HistoryMark> parse(MailboxMark mark) {
    Matcher matcher = WRITTEN.matcher(mark.text());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigInteger place = new BigInteger(matcher.group(2));
    return Optional.of(
        matcher.group(1).equals("search") && matcher.group(3) != null
            ? new Searching(place, Integer.parseInt(matcher.group(3)))
            : new Followed(place));
  }

  default MailboxMark written() {
    return new MailboxMark(
        switch (this) {
          case Followed(var place) -> "history " + place;
          case Searching(var place, var looked) -> "search " + place + " " + looked;
        });
  }
}
