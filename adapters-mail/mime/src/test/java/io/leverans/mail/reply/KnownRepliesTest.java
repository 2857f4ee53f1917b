package io.leverans.mail.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.Cause;
import io.leverans.mail.rules.RuleTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies as servers word them, by the table {@code known-replies.tsv}: a row for each. */
class KnownRepliesTest {
  private static final int COLUMNS = 5;
  private static final int LEAST_ROWS = 150;

  private final ReplyClassifier classifier = new ReplyClassifier();

  @ParameterizedTest
  @MethodSource("known")
  void a_known_reply_names_its_cause(int code, Phase phase, String text, Cause cause) {
    assertThat(classifier.causeOf(ServerReply.heard(code, Optional.empty(), text, phase)))
        .isEqualTo(cause);
  }

  @Test
  void many_replies_are_known() {
    assertThat(rows()).hasSizeGreaterThan(LEAST_ROWS);
  }

  static Stream<Arguments> known() {
    return rows().stream()
        .map(
            row ->
                Arguments.of(
                    Integer.parseInt(row.cell(0)),
                    Phase.valueOf(row.cell(1)),
                    row.cell(2).replace("\\n", "\n"),
                    Cause.valueOf(row.cell(3))));
  }

  private static List<RuleTable.Row> rows() {
    return RuleTable.beside(KnownRepliesTest.class, "known-replies.tsv", COLUMNS);
  }
}
