package io.leverans.application.service.channel;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import java.util.List;

/** What people may call a channel. */
final class ChannelLabels {
  private static final int MAX_CHARACTERS = 100;

  private ChannelLabels() {}

  /** The one given, or the kind's title. */
  static String of(String given, ChannelProvider provider) {
    String label = given.strip();
    return label.isEmpty() ? provider.description().title() : label;
  }

  /** What is wrong with a label, if anything. */
  static List<FieldProblem> problems(String label) {
    if (label.isBlank()) {
      return problem("a channel needs a name for people");
    }
    if (label.codePointCount(0, label.length()) > MAX_CHARACTERS) {
      return problem("a label has at most " + MAX_CHARACTERS + " characters");
    }
    return label.chars().anyMatch(Character::isISOControl)
        ? problem("a label may not hold line breaks or control characters")
        : List.of();
  }

  private static List<FieldProblem> problem(String words) {
    return List.of(new FieldProblem("label", words));
  }
}
