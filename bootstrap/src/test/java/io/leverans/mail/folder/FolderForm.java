package io.leverans.mail.folder;

import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.FormField.Need;
import io.leverans.application.port.provider.FormField.Option;
import io.leverans.application.port.provider.FormField.Visibility;
import io.leverans.domain.channel.ChannelSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What it takes to connect a folder. */
final class FolderForm {
  static final String FOLDER = "folder";
  static final String GROUP = "group";
  static final String STAMP = "stamp";
  static final String BY_RECIPIENT = "recipient";
  static final String BY_MESSAGE = "message";

  private static final int LONGEST_PATH = 250;
  private static final int LONGEST_STAMP = 200;
  private static final List<String> GROUPS = List.of(BY_RECIPIENT, BY_MESSAGE);

  static final ConnectionForm FIELDS =
      new ConnectionForm.Fields(
          List.of(
              new FormField(
                  FOLDER,
                  "Folder",
                  "The absolute path of a folder that is there, such as /var/spool/letters.",
                  new FormField.Type.Line(),
                  Need.REQUIRED,
                  Visibility.OPEN,
                  Optional.empty()),
              new FormField(
                  GROUP,
                  "Files",
                  "Whether each recipient gets a file, or all of a message share one.",
                  new FormField.Type.Choice(
                      List.of(
                          new Option(BY_RECIPIENT, "One for each recipient"),
                          new Option(BY_MESSAGE, "One for each message"))),
                  Need.OPTIONAL,
                  Visibility.OPEN,
                  Optional.of(BY_RECIPIENT)),
              new FormField(
                  STAMP,
                  "Stamp",
                  "A line that the reader of the folder knows you by. It stands first in each"
                      + " file.",
                  new FormField.Type.Line(),
                  Need.OPTIONAL,
                  Visibility.SECRET,
                  Optional.empty())),
          List.of());

  private FolderForm() {}

  static FilledIn read(Map<String, String> filledIn) {
    Map<String, String> values = new HashMap<>(filledIn);
    values.values().removeIf(String::isBlank);
    List<FieldProblem> problems = new ArrayList<>();
    values.keySet().stream()
        .filter(name -> !List.of(FOLDER, GROUP, STAMP).contains(name))
        .sorted()
        .forEach(name -> problems.add(new FieldProblem(name, "There is no such field.")));
    if (!isAbsolute(values.getOrDefault(FOLDER, ""))) {
      problems.add(
          new FieldProblem(
              FOLDER, "Enter an absolute path of up to " + LONGEST_PATH + " letters."));
    }
    String group = values.getOrDefault(GROUP, BY_RECIPIENT);
    if (!GROUPS.contains(group)) {
      problems.add(new FieldProblem(GROUP, "Choose one of " + String.join(", ", GROUPS) + "."));
    }
    String stamp = values.getOrDefault(STAMP, "");
    if (!isPlainLine(stamp)) {
      problems.add(
          new FieldProblem(STAMP, "Enter one line of up to " + LONGEST_STAMP + " ASCII letters."));
    }
    if (!problems.isEmpty()) {
      return new FilledIn.Faulty(problems);
    }
    return new FilledIn.Complete(
        new ChannelSettings(Map.of(FOLDER, values.getOrDefault(FOLDER, ""), GROUP, group)),
        stamp.isEmpty() ? Map.of() : Map.of(STAMP, stamp));
  }

  /** The folder of a channel whose settings were read here. */
  static Path folderOf(ChannelSettings settings) {
    return Path.of(settings.find(FOLDER).orElseThrow());
  }

  private static boolean isAbsolute(String text) {
    try {
      return text.length() <= LONGEST_PATH && Path.of(text).isAbsolute();
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static boolean isPlainLine(String text) {
    return text.length() <= LONGEST_STAMP
        && StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        && text.chars().noneMatch(Character::isISOControl);
  }
}
