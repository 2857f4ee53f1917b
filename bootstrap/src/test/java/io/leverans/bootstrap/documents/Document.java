package io.leverans.bootstrap.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A document of the repository (Markdown), as far as its tables go. */
record Document(List<String> lines) {
  private static final Path FOLDER = Path.of("..", "docs");

  static Document read(String name) throws IOException {
    return new Document(Files.readAllLines(FOLDER.resolve(name)));
  }

  /** The names of all sections, each with its signs of level. */
  List<String> headings() {
    return lines.stream().filter(line -> line.startsWith("#")).toList();
  }

  /** The cells of the one table of a section, head first. */
  List<List<String>> tableUnder(String heading) {
    int start = lines.indexOf(heading);
    if (start < 0) {
      throw new AssertionError("there is no section '" + heading + "'");
    }
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.startsWith("#")) {
        break;
      }
      if (line.startsWith("|") && !line.startsWith("|--")) {
        rows.add(cells(line));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }
}
