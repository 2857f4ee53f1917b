package io.leverans.bootstrap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns under their titles, as wide as they need to be. */
final class TextTable {
  private static final String RIGHT = ">";

  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Starts with the titles.
   *
   * @param titles a leading ">" puts a column's cells to the right
   */
  TextTable(String... titles) {
    this.titles = List.of(titles);
    rows.add(this.titles.stream().map(TextTable::bare).toList());
  }

  /** Adds a row, with a cell for every column. */
  TextTable row(Object... cells) {
    rows.add(Stream.of(cells).map(String::valueOf).toList());
    return this;
  }

  List<String> lines() {
    List<Integer> widths =
        IntStream.range(0, titles.size())
            .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String space = " ".repeat(widths.get(i) - row.get(i).length());
      boolean right = titles.get(i).startsWith(RIGHT);
      line.append(i == 0 ? "" : "  ").append(right ? space + row.get(i) : row.get(i) + space);
    }
    return line.toString().stripTrailing();
  }

  private static String bare(String title) {
    return title.startsWith(RIGHT) ? title.substring(RIGHT.length()) : title;
  }
}
