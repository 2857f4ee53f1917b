package io.leverans.mail.report;

import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.mail.reply.Phase;
import io.leverans.mail.reply.PhaseRules;
import io.leverans.mail.reply.ReplyClassifier;
import io.leverans.mail.reply.ServerReply;
import io.leverans.mail.report.KindRules.Sign;
import io.leverans.mail.rules.Prose;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes a statement of what a report says in one place or the other. */
final class Statements {
  /** A code and a status before another code: a gateway's, of the reply that it passes on. */
  private static final Pattern GATEWAY =
      Pattern.compile("^[45]\\d\\d[ -][45]\\.\\d+\\.\\d+ (?=[45]\\d\\d[ -])");

  /** What people draw between paragraphs: stars, strokes and the like that touch no word. */
  private static final Pattern DRAWN_LINE =
      Pattern.compile("(?<!\\S)[^\\p{L}\\p{M}\\p{N}\\s]{4,1000}(?!\\S)");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");

  private final ReplyClassifier classifier = new ReplyClassifier();

  /**
   * What a report says of one recipient.
   *
   * @param recipients all its forms
   * @param status the one that counts
   * @param words what the server said, as the report quotes it
   * @param contexts more words about the recipient, nearest first, for where the server's own tell
   *     nothing
   */
  record Told(
      List<String> recipients,
      Action action,
      Optional<String> status,
      String words,
      List<String> contexts,
      Optional<String> host) {
    Told {
      contexts = contexts.stream().filter(context -> !context.isBlank()).toList();
    }

    String all() {
      return words + " " + String.join(" ", contexts);
    }
  }

  Statement of(Told told) {
    Cause cause =
        switch (told.action()) {
          case FAILED -> gaveUp(causeOf(told), told);
          case DELAYED -> stillTried(causeOf(told));
          case DELIVERED, RELAYED, EXPANDED -> Cause.UNDETERMINED;
        };
    var failure = new Failure(ofAnother(cause), words(told), told.status(), told.host());
    return new Statement(told.recipients(), told.action(), failure);
  }

  /** The reply's own status is believed before the one that a program on the way put beside it. */
  private Cause causeOf(Told told) {
    String said = GATEWAY.matcher(told.words()).replaceFirst("");
    Optional<String> beside = said.equals(told.words()) ? told.status() : Optional.empty();
    Optional<String> status =
        ServerReply.statusIn(said).filter(named -> !ServerReply.isGeneral(named)).or(() -> beside);
    Optional<Phase> phase = PhaseRules.phaseIn(Prose.of(told.all()));
    return classifier.causeOf(
        Stream.concat(Stream.of(said), told.contexts().stream())
            .filter(text -> !text.isBlank())
            .map(text -> new ServerReply(0, status, text, told.host(), phase))
            .toList());
  }

  /** Who was not reached is tried again: where that was final, the time for it had run out. */
  private static Cause gaveUp(Cause cause, Told told) {
    boolean triedOn = cause == Cause.NETWORK_FAILURE && KindRules.says(Sign.TRIED_ON, told.all());
    return triedOn ? Cause.DELIVERY_EXPIRED : cause;
  }

  /** While it is still tried, its time has not run out, though it may have been told why. */
  private static Cause stillTried(Cause cause) {
    return cause == Cause.DELIVERY_EXPIRED ? Cause.NETWORK_FAILURE : cause;
  }

  /** A sign-in that another server wants is no matter of the channel. */
  private static Cause ofAnother(Cause cause) {
    return cause == Cause.CREDENTIALS_REFUSED ? Cause.POLICY : cause;
  }

  /** The server's own words, else the nearest of the contexts, on one line. */
  private static String words(Told told) {
    return Stream.concat(
            Stream.of(told.words()),
            Stream.concat(told.contexts().stream(), told.status().stream()))
        .map(Statements::onOneLine)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse(told.action().toString());
  }

  private static String onOneLine(String text) {
    return BLANKS.matcher(DRAWN_LINE.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
  }
}
