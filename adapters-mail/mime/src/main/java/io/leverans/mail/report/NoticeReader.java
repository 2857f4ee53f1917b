package io.leverans.mail.report;

import io.leverans.mail.report.NoticeRules.Role;
import io.leverans.mail.rules.LinePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds in a notice the recipients it speaks of and what it says of each. Lines are told apart by
 * {@link NoticeRules}; those between two recipients belong to the one before them.
 */
final class NoticeReader {
  private static final int MOST_SECTIONS = 200;
  private static final int LONGEST_SECTION = 2000;
  private static final Pattern REPLY_CODE = Pattern.compile("(?<![\\w.@-])[45]\\d\\d[- ]");
  private static final String END_OF_SENTENCE = ".\n";
  private static final Pattern AROUND = Pattern.compile("^'|[.,;:!?']+$");

  private final Map<String, StringBuilder> sections = new LinkedHashMap<>();
  private final StringBuilder common = new StringBuilder();
  private final StringBuilder pending = new StringBuilder();
  private Optional<StringBuilder> current = Optional.empty();
  private boolean told;
  private Optional<String> mentioned = Optional.empty();
  private Confidence confidence = Confidence.NONE;

  /** How sure it is that the notice is one. */
  enum Confidence {
    /** It names no recipient. */
    NONE,
    /** Addresses stand where notices have recipients. */
    LIKELY,
    /** It names a recipient in words that only notices have. */
    SURE
  }

  /**
   * What was found.
   *
   * @param sections one for each recipient, in order
   */
  record Findings(List<Section> sections, Confidence confidence) {
    Findings {
      sections = List.copyOf(sections);
    }
  }

  private NoticeReader() {}

  static Findings read(Notice notice) {
    NoticeReader reader = new NoticeReader();
    notice.lines().forEach(reader::take);
    return reader.findings();
  }

  private void take(String line) {
    String lowerCase = line.toLowerCase(Locale.ROOT);
    if (line.isBlank()) {
      close();
    } else if (lowerCase.indexOf('@') < 0 || !takeRecipient(line, lowerCase)) {
      append(line, current.orElse(common));
      append(line, pending);
      told = told || REPLY_CODE.matcher(line).find();
    }
  }

  private static void append(String line, StringBuilder text) {
    if (text.length() < LONGEST_SECTION) {
      text.append(line).append('\n');
    }
  }

  /** A blank line ends what is said of a recipient, once something is said. */
  private void close() {
    if (told) {
      current = Optional.empty();
    }
  }

  private boolean takeRecipient(String line, String lowerCase) {
    Optional<MatchResult> sure = NoticeRules.match(Role.RECIPIENT, line, lowerCase);
    if (sure.isPresent()) {
      confidence = Confidence.SURE;
      open(sure.get());
      return true;
    }
    Optional<MatchResult> verdict = NoticeRules.match(Role.VERDICT, line, lowerCase);
    if (verdict.isPresent()) {
      confidence = Confidence.SURE;
      section(verdict.get()).append(pending).append(line.strip()).append('\n');
      pending.setLength(0);
      current = Optional.empty();
      return true;
    }
    Optional<MatchResult> address = NoticeRules.match(Role.ADDRESS, line, lowerCase);
    address.ifPresent(
        match -> {
          confidence = confidence == Confidence.SURE ? confidence : Confidence.LIKELY;
          open(match);
        });
    if (address.isEmpty() && mentioned.isEmpty()) {
      mentioned = NoticeRules.match(Role.MENTION, line, lowerCase).map(NoticeReader::recipient);
    }
    return address.isPresent();
  }

  private void open(MatchResult match) {
    StringBuilder section = section(match);
    String reason = LinePattern.place(match, "reason").map(String::strip).orElse("");
    if (!section.isEmpty()) {
      section.append(END_OF_SENTENCE);
    }
    told = Section.hasWords(reason);
    section.append(reason).append('\n');
    current = Optional.of(section);
  }

  private StringBuilder section(MatchResult match) {
    String recipient = recipient(match);
    return sections.size() < MOST_SECTIONS || sections.containsKey(recipient)
        ? sections.computeIfAbsent(recipient, _ -> new StringBuilder())
        : new StringBuilder();
  }

  private static String recipient(MatchResult match) {
    return AROUND
        .matcher(LinePattern.place(match, "recipient").orElse(""))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  private Findings findings() {
    List<Section> found = new ArrayList<>();
    sections.forEach((recipient, text) -> found.add(new Section(recipient, text.toString())));
    if (found.isEmpty()) {
      mentioned.ifPresent(recipient -> found.add(new Section(recipient, common.toString())));
    }
    return new Findings(found, confidence);
  }
}
