package io.leverans.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A statement as the server has understood it, read from the text of a {@code pg_node_tree}. */
sealed interface ParseTree {
  record Node(String kind, Map<String, List<ParseTree>> fields) implements ParseTree {
    public Node {
      fields = Map.copyOf(fields);
    }

    List<ParseTree> field(String name) {
      return fields.getOrDefault(name, List.of());
    }

    /** Of a field with a single word; empty if there is none. */
    String word(String name) {
      return field(name).stream()
          .flatMap(value -> value instanceof Word(String text) ? Stream.of(text) : Stream.of())
          .findFirst()
          .orElse("");
    }
  }

  record Group(List<ParseTree> items) implements ParseTree {
    public Group {
      items = List.copyOf(items);
    }
  }

  record Word(String text) implements ParseTree {}

  static ParseTree parse(String text) {
    return new Parser(text).group();
  }

  /** What is directly below. */
  default Stream<ParseTree> parts() {
    return switch (this) {
      case Node(_, Map<String, List<ParseTree>> fields) ->
          fields.values().stream().flatMap(List::stream);
      case Group(List<ParseTree> items) -> items.stream();
      case Word _ -> Stream.of();
    };
  }

  /** This one and all below it that are nodes. */
  default Stream<Node> nodes() {
    Stream<Node> below = parts().flatMap(ParseTree::nodes);
    return this instanceof Node node ? Stream.concat(Stream.of(node), below) : below;
  }

  /** The same without what lies within statements below. */
  default Stream<Node> nodesOfExpression() {
    if (this instanceof Node node && node.kind().equals("QUERY")) {
      return Stream.of();
    }
    Stream<Node> below = parts().flatMap(ParseTree::nodesOfExpression);
    return this instanceof Node node ? Stream.concat(Stream.of(node), below) : below;
  }

  /** Words end at blanks and brackets; a backslash takes the next character as it is. */
  final class Parser {
    private final String text;
    private int at;

    private Parser(String text) {
      this.text = text;
    }

    private Group group() {
      List<ParseTree> items = new ArrayList<>();
      for (skipBlanks(); at < text.length() && "})".indexOf(text.charAt(at)) < 0; skipBlanks()) {
        items.add(next());
      }
      at++;
      return new Group(items);
    }

    private ParseTree next() {
      return switch (text.charAt(at)) {
        case '{' -> {
          at++;
          yield node(group());
        }
        case '(' -> {
          at++;
          yield group();
        }
        default -> new Word(word());
      };
    }

    private static Node node(Group parts) {
      Map<String, List<ParseTree>> fields = new LinkedHashMap<>();
      List<ParseTree> values = new ArrayList<>();
      for (ParseTree part : parts.items().subList(1, parts.items().size())) {
        if (part instanceof Word(String name) && name.startsWith(":")) {
          values = new ArrayList<>();
          fields.put(name.substring(1), values);
        } else {
          values.add(part);
        }
      }
      return new Node(((Word) parts.items().getFirst()).text(), fields);
    }

    private String word() {
      StringBuilder word = new StringBuilder();
      while (at < text.length() && " \n\t(){}".indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == '\\') {
          at++;
        }
        word.append(text.charAt(at));
        at++;
      }
      return word.toString();
    }

    private void skipBlanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}
