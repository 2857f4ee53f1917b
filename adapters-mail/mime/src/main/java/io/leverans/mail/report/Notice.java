package io.leverans.mail.report;

import io.leverans.mail.report.NoticeRules.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a mail program wrote for people: the text of a mail as far as the mail that it is about
 * begins.
 *
 * @param lines without the original, with single blanks, and none at their ends
 * @param original the header of the mail it is about, if it stands in the text
 */
record Notice(List<String> lines, Optional<FieldBlock> original) {
  private static final int MOST_LINES = 400;
  private static final int LONGEST_LINE = 1000;
  private static final Pattern QUOTED = Pattern.compile(">(?!>> )");
  private static final int MOST_LINES_OF_ORIGINAL = 200;

  static Notice of(String text) {
    List<String> lines =
        text.lines()
            .filter(line -> !QUOTED.matcher(line).lookingAt())
            .limit(MOST_LINES + MOST_LINES_OF_ORIGINAL)
            .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
            .toList();
    List<String> notice = new ArrayList<>();
    for (String line : lines) {
      String plain = Texts.withSingleBlanks(line);
      if (notice.size() == MOST_LINES || beginsOriginal(plain)) {
        break;
      }
      notice.add(plain);
    }
    return new Notice(notice, header(lines.subList(notice.size(), lines.size())));
  }

  String text() {
    return String.join("\n", lines);
  }

  private static boolean beginsOriginal(String line) {
    return NoticeRules.match(Role.ORIGINAL, line, line.toLowerCase(Locale.ROOT)).isPresent();
  }

  private static Optional<FieldBlock> header(List<String> rest) {
    String text = rest.stream().collect(Collectors.joining("\n"));
    return FieldBlock.blocksOf(text).stream()
        .filter(block -> block.has("Subject") || block.has("Message-ID") || block.has("From"))
        .findFirst();
  }
}
