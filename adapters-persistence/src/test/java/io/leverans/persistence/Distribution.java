package io.leverans.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the tables lie where there are several machines, as {@code ops/citus.sql} says. */
record Distribution(List<Table> tables) {
  private static final Pattern LINE =
      Pattern.compile(
          "^SELECT create_distributed_table\\('(\\w+)', '(\\w+)', colocate_with => '(\\w+)'\\);$"
              + "|^-- local: (\\w+)$",
          Pattern.MULTILINE);

  /** The group of those that stay on the coordinator. */
  static final String LOCAL = "local";

  Distribution {
    tables = List.copyOf(tables);
  }

  /**
   * Where a table lies.
   *
   * @param column by whose value it is spread; empty for one that stays on the coordinator
   * @param group of tables whose rows with the same value lie together, by its first table's name
   */
  record Table(String name, Optional<String> column, String group) {}

  static Distribution read() {
    return parse(text(Path.of("..", "ops", "citus.sql")));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Distribution parse(String sql) {
    List<Table> tables = new ArrayList<>();
    Matcher line = LINE.matcher(sql);
    while (line.find()) {
      tables.add(
          line.group(4) == null
              ? new Table(line.group(1), Optional.of(line.group(2)), group(line))
              : new Table(line.group(4), Optional.empty(), LOCAL));
    }
    return new Distribution(tables);
  }

  private static String group(Matcher line) {
    return line.group(3).equals("none") ? line.group(1) : line.group(3);
  }

  List<String> names() {
    return tables.stream().map(Table::name).toList();
  }

  Optional<Table> find(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }
}
