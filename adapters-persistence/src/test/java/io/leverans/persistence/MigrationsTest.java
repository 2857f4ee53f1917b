package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING asks of migrations. */
class MigrationsTest {
  private static final Path FOLDER =
      Path.of("src/main/resources/io/leverans/persistence/migration");
  private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.sql");
  private static final int LAST_WITHOUT_THE_RULE = 9;
  private static final Pattern CONSTRAINT_ADDED =
      Pattern.compile("ALTER\\s+TABLE[^;]*\\bADD\\b[^;]*\\b(CHECK|FOREIGN\\s+KEY)\\b[^;]*;");

  @Test
  void a_constraint_on_a_table_with_rows_is_added_without_checking_them() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.filter(MigrationsTest::isUnderTheRule))
          .allSatisfy(file -> assertThat(checkingAtOnce(file)).isEmpty());
    }
  }

  @Test
  void the_rule_sees_what_was_wrong_before() {
    assertThat(checkingAtOnce(FOLDER.resolve("V9__logged.sql"))).hasSize(2);
  }

  private static boolean isUnderTheRule(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    assertThat(name.matches()).as(file.toString()).isTrue();
    return Integer.parseInt(name.group(1)) > LAST_WITHOUT_THE_RULE;
  }

  private static List<String> checkingAtOnce(Path file) {
    try {
      return CONSTRAINT_ADDED
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .filter(statement -> !statement.contains("NOT VALID"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
