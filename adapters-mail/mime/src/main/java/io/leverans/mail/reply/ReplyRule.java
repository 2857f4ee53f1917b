package io.leverans.mail.reply;

import io.leverans.mail.rules.Mask;
import io.leverans.mail.rules.Phrases;
import io.leverans.mail.rules.Prose;
import io.leverans.mail.rules.RuleTable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One row of a table of replies: five conditions that all must hold, and what then is meant. */
record ReplyRule<T>(
    Mask code,
    Mask status,
    Optional<Set<Phase>> phases,
    List<String> hosts,
    Phrases words,
    T meaning) {
  private static final int COLUMNS = 7;

  boolean fits(Traits traits) {
    return phases.map(allowed -> traits.phase().filter(allowed::contains).isPresent()).orElse(true)
        && (hosts.isEmpty() || hosts.stream().anyMatch(traits.host()::endsWith))
        && code.takes(traits.code())
        && status.takes(traits.status())
        && words.isIn(traits.words());
  }

  /**
   * A reply in the form in which rows look at it.
   *
   * @param code three digits, or {@code 0}
   * @param status an enhanced status code, or {@code -}
   * @param host in lower case, or empty
   */
  record Traits(String code, String status, Optional<Phase> phase, String host, Prose words) {
    static Traits of(ServerReply reply) {
      return new Traits(
          reply.codeGiven(),
          reply.statusGiven().orElse("-"),
          reply.phase(),
          reply.host().map(host -> host.toLowerCase(Locale.ROOT)).orElse(""),
          Prose.of(reply.text()));
    }
  }

  /** Reads a table that lies beside this class; a broken one stops the start. */
  static <T> List<ReplyRule<T>> table(String resource, Function<String, T> meanings) {
    return RuleTable.beside(ReplyRule.class, resource, COLUMNS).stream()
        .map(
            row ->
                new ReplyRule<>(
                    Mask.of(row.cell(0)),
                    Mask.of(row.cell(1)),
                    phases(row.cell(2)),
                    hosts(row.cell(3)),
                    Phrases.of(row.cell(4)),
                    meanings.apply(row.cell(5))))
        .toList();
  }

  private static Optional<Set<Phase>> phases(String cell) {
    return cell.equals(RuleTable.ANYTHING)
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(cell.split(",", -1))
                .map(Phase::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Phase.class))));
  }

  private static List<String> hosts(String cell) {
    return cell.equals(RuleTable.ANYTHING) ? List.of() : List.of(cell.split(",", -1));
  }
}
