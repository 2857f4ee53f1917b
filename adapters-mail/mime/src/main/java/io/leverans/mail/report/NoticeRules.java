package io.leverans.mail.report;

import io.leverans.mail.rules.LinePattern;
import io.leverans.mail.rules.RuleTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;

/** What the lines of a notice look like, by the table {@code notices.tsv}. */
final class NoticeRules {
  private static final int COLUMNS = 3;
  private static final Map<Role, List<LinePattern>> RULES = read();

  /** What a line is. */
  enum Role {
    /** It names a recipient in words that only such a notice has; what follows is why. */
    RECIPIENT,
    /** It names a recipient by an address in a place of its own; what follows is why. */
    ADDRESS,
    /** It has an address in the midst of words, which counts where no other is found. */
    MENTION,
    /** It names a recipient; what stands before it is why. */
    VERDICT,
    /** Behind it, or with it, the mail that is reported on begins. */
    ORIGINAL
  }

  private NoticeRules() {}

  /**
   * What the first pattern of that role that the line fits has in its places.
   *
   * @param lowerCase the same line in lower case
   */
  static Optional<MatchResult> match(Role role, String line, String lowerCase) {
    for (LinePattern pattern : RULES.getOrDefault(role, List.of())) {
      Optional<MatchResult> match = pattern.match(line, lowerCase);
      if (match.isPresent()) {
        return match;
      }
    }
    return Optional.empty();
  }

  private static Map<Role, List<LinePattern>> read() {
    Map<Role, List<LinePattern>> rules = new EnumMap<>(Role.class);
    for (RuleTable.Row row : RuleTable.beside(NoticeRules.class, "notices.tsv", COLUMNS)) {
      Role role = Role.valueOf(row.cell(0).toUpperCase(Locale.ROOT));
      rules.computeIfAbsent(role, _ -> new ArrayList<>()).add(LinePattern.of(row.cell(1)));
    }
    return rules;
  }
}
