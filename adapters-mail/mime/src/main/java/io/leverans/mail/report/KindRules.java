package io.leverans.mail.report;

import io.leverans.mail.rules.Phrases;
import io.leverans.mail.rules.Prose;
import io.leverans.mail.rules.RuleTable;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What in a mail's header and text tells its kind, by the table {@code kinds.tsv}. */
final class KindRules {
  private static final int COLUMNS = 4;
  private static final String TEXT = "text";
  private static final List<Rule> RULES =
      RuleTable.beside(KindRules.class, "kinds.tsv", COLUMNS).stream().map(Rule::of).toList();

  /** A hint at what a mail is; which of them are enough is for the reader to say. */
  enum Sign {
    /** Sent by a program that delivers mail. */
    DAEMON,
    /** Its subject is one of those that notices of failure have. */
    BOUNCE_SUBJECT,
    /** It says that a mail was not delivered. */
    BOUNCE_TEXT,
    /** It says that a mail is late and still being tried. */
    DELAY,
    /** Trouble of the network that a program tries on until its time for it is over. */
    TRIED_ON,
    /** It is final, whatever else it says. */
    FINAL,
    COMPLAINT,
    CHALLENGE,
    AUTO_REPLY,
    /** It answers or passes on another mail, as people do. */
    REPLY,
    /** It went to many, with a way to unsubscribe (RFC 2369). */
    BULK,
    /** A person read it, or a mail program says so (RFC 8098): no report of ours. */
    RECEIPT
  }

  private record Rule(Sign sign, String where, Phrases words) {
    static Rule of(RuleTable.Row row) {
      return new Rule(
          Sign.valueOf(row.cell(0).toUpperCase(Locale.ROOT).replace('-', '_')),
          row.cell(1),
          Phrases.of(row.cell(2)));
    }
  }

  private KindRules() {}

  /** The names of the fields that signs are looked for in. */
  static List<String> fields() {
    return RULES.stream().map(Rule::where).filter(where -> !where.equals(TEXT)).distinct().toList();
  }

  /** All signs in a mail. */
  static Set<Sign> signsIn(FieldBlock header, String notice) {
    Set<Sign> signs = EnumSet.noneOf(Sign.class);
    Map<String, Optional<Prose>> places = new HashMap<>();
    places.put(TEXT, Optional.of(Prose.of(notice)));
    for (Rule rule : RULES) {
      Optional<Prose> place =
          places.computeIfAbsent(rule.where(), field -> header.first(field).map(KindRules::shown));
      if (!signs.contains(rule.sign()) && place.map(rule.words()::isIn).orElse(false)) {
        signs.add(rule.sign());
      }
    }
    return signs;
  }

  /** Whether a notice, or a part of one, says so. */
  static boolean says(Sign sign, String notice) {
    Prose text = Prose.of(notice);
    return RULES.stream()
        .anyMatch(
            rule -> rule.sign() == sign && rule.where().equals(TEXT) && rule.words().isIn(text));
  }

  private static Prose shown(String value) {
    return Prose.verbatim(Texts.shown(value));
  }
}
