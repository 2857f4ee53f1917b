package io.leverans.mail.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Fields that stand together, such as a header or what a report says of one recipient; unfolded, in
 * order, found without regard to case.
 */
record FieldBlock(List<Field> fields) {
  private static final Pattern TYPE = Pattern.compile("^\\s*[A-Za-z0-9/-]{1,20}\\s*;\\s*");
  private static final int MOST_FIELDS = 500;
  private static final int MOST_BLOCKS = 200;

  FieldBlock {
    fields = List.copyOf(fields);
  }

  record Field(String name, String value) {}

  /**
   * What stands behind the type in a value such as {@code dns; mx.example.org} (RFC 3464 §2.1.2).
   */
  static String withoutType(String value) {
    return TYPE.matcher(value).replaceFirst("");
  }

  /** The first field of that name. */
  Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  boolean has(String name) {
    return first(name).isPresent();
  }

  /**
   * Reads blocks with blank lines between them; what is no field is passed over. A recipient's
   * field that comes a second time begins a block of its own: some programs leave out the blank
   * line.
   */
  static List<FieldBlock> blocksOf(String text) {
    List<FieldBlock> blocks = new ArrayList<>();
    List<Field> block = new ArrayList<>();
    for (String line : unfoldedLines(text)) {
      int colon = line.indexOf(':');
      if (line.isBlank()) {
        close(block, blocks);
      } else if (colon > 0 && blocks.size() < MOST_BLOCKS && block.size() < MOST_FIELDS) {
        Field field =
            new Field(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        if (beginsRecipient(field, block)) {
          close(block, blocks);
        }
        block.add(field);
      }
    }
    close(block, blocks);
    return blocks;
  }

  private static List<String> unfoldedLines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder folded = new StringBuilder();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      boolean continues = !line.isBlank() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
      if (continues && !folded.isEmpty()) {
        folded.append(' ').append(line.strip());
      } else {
        lines.add(folded.toString());
        folded.setLength(0);
        folded.append(line);
      }
    }
    lines.add(folded.toString());
    return lines.subList(1, lines.size());
  }

  private static boolean beginsRecipient(Field field, List<Field> block) {
    String name = field.name();
    return (name.equalsIgnoreCase("Final-Recipient") || name.equalsIgnoreCase("Original-Recipient"))
        && block.stream().anyMatch(earlier -> earlier.name().equalsIgnoreCase(name));
  }

  private static void close(List<Field> block, List<FieldBlock> blocks) {
    if (!block.isEmpty()) {
      blocks.add(new FieldBlock(block));
      block.clear();
    }
  }
}
