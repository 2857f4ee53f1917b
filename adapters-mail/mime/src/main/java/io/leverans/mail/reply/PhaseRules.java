package io.leverans.mail.reply;

import io.leverans.mail.rules.Phrases;
import io.leverans.mail.rules.Prose;
import io.leverans.mail.rules.RuleTable;
import java.util.List;
import java.util.Optional;

/** Which phase a program says a reply came in, by the table {@code phases.tsv}. */
public final class PhaseRules {
  private static final int COLUMNS = 3;
  private static final List<Rule> RULES =
      RuleTable.beside(PhaseRules.class, "phases.tsv", COLUMNS).stream()
          .map(row -> new Rule(Phase.valueOf(row.cell(0)), Phrases.of(row.cell(1))))
          .toList();

  private record Rule(Phase phase, Phrases words) {}

  private PhaseRules() {}

  /** The phase that the text names. */
  public static Optional<Phase> phaseIn(Prose text) {
    return RULES.stream().filter(rule -> rule.words().isIn(text)).map(Rule::phase).findFirst();
  }
}
