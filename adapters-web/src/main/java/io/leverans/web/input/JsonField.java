package io.leverans.web.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.POJONode;
import io.leverans.domain.message.Octets;
import io.leverans.web.json.Words;
import io.leverans.web.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A value in a body, with its place in it. What cannot be read is found, and absent. */
public record JsonField(JsonNode value, JsonPointer at, Findings findings) {
  /** More of a text than this is not taken from the file that it was left in. */
  private static final int MOST_TAKEN = 1024 * 1024;

  public boolean isText() {
    return value.isTextual() || left().isPresent();
  }

  public boolean isList() {
    return value.isArray();
  }

  /** Its text, which any database and any program can keep. */
  public Optional<String> text() {
    if (!isText()) {
      wrongType("a string");
      return Optional.empty();
    }
    Optional<String> whole =
        left().isPresent() ? left().get().whole(MOST_TAKEN) : Optional.of(value.textValue());
    if (whole.isEmpty()) {
      findings.add(
          ProblemType.OVER_LIMIT,
          at,
          "The text has more than %d characters.".formatted(MOST_TAKEN));
      return Optional.empty();
    }
    String text = whole.get();
    Optional<String> flaw = flaw(text);
    flaw.ifPresent(detail -> findings.add(ProblemType.INVALID_FIELD, at, detail));
    return flaw.isPresent() ? Optional.empty() : Optional.of(text);
  }

  /**
   * Its text, also where a number or a truth stands in place of a string: what is filled in on a
   * form comes as any of them.
   */
  public Optional<String> looseText() {
    if (value.isNumber() || value.isBoolean()) {
      return Optional.of(value.asText());
    }
    if (!value.isTextual()) {
      wrongType("a string, a number, true or false");
      return Optional.empty();
    }
    return text();
  }

  /** Whether it is true. */
  public Optional<Boolean> truth() {
    if (!value.isBoolean()) {
      wrongType("true or false");
      return Optional.empty();
    }
    return Optional.of(value.booleanValue());
  }

  /** Its text, if that was left in the file of a large body. */
  private Optional<LeftText> left() {
    return value instanceof POJONode node && node.getPojo() instanceof LeftText text
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * What its text stands for in Base64 (RFC 4648 §4), however long it is; to be read until the body
   * is closed.
   *
   * @param words to say for what is wrong with it
   */
  public Optional<Octets> octets(ProblemType refusal, UnaryOperator<String> words) {
    return left().isPresent()
        ? decoded(refusal, words, () -> Base64Text.octets(left().get()))
        : text().flatMap(text -> decoded(refusal, words, () -> Base64Text.octets(text)));
  }

  private Optional<Octets> decoded(
      ProblemType refusal, UnaryOperator<String> words, Supplier<Octets> decoder) {
    return findings.attempt(
        refusal,
        at,
        () -> {
          try {
            return decoder.get();
          } catch (IllegalArgumentException flaw) {
            throw new IllegalArgumentException(
                words.apply(String.valueOf(flaw.getMessage())), flaw);
          }
        });
  }

  /** What a parser of the domain makes of its text. */
  public <T> Optional<T> read(ProblemType refusal, Function<String, T> parser) {
    return text().flatMap(text -> findings.attempt(refusal, at, () -> parser.apply(text)));
  }

  /** A whole number within bounds. */
  public Optional<Integer> wholeNumber(int least, int most) {
    if (!value.isIntegralNumber()) {
      wrongType("a whole number");
      return Optional.empty();
    }
    if (!value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
      findings.add(
          ProblemType.INVALID_FIELD, at, "It is a number from %d to %d.".formatted(least, most));
      return Optional.empty();
    }
    return Optional.of(value.intValue());
  }

  /** One of the constants of an enum, written in lower case with dashes. */
  public <E extends Enum<E>> Optional<E> word(Class<E> type) {
    return read(
        ProblemType.INVALID_FIELD,
        word ->
            Words.find(type, word)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "it is one of: " + String.join(", ", Words.all(type)))));
  }

  /** The fields of an object that has these and no others. */
  public Optional<JsonFields> object(List<String> known) {
    Optional<JsonFields> fields = object();
    fields.ifPresent(object -> object.refuseOthers(known));
    return fields;
  }

  /** The fields of an object whose names are the author's to choose. */
  public Optional<JsonFields> object() {
    if (!value.isObject()) {
      wrongType("an object");
      return Optional.empty();
    }
    return Optional.of(new JsonFields(value, at, findings));
  }

  /** The entries of a list. */
  public List<JsonField> entries() {
    if (!value.isArray()) {
      wrongType("a list");
      return List.of();
    }
    List<JsonField> entries = new ArrayList<>(value.size());
    for (int index = 0; index < value.size(); index++) {
      entries.add(new JsonField(value.get(index), at.appendIndex(index), findings));
    }
    return entries;
  }

  /** The entries of a list, or the one value that stands in place of it. */
  public List<JsonField> oneOrMore() {
    return value.isArray() ? entries() : List.of(this);
  }

  public void wrongType(String expected) {
    findings.add(
        ProblemType.WRONG_JSON_TYPE,
        at,
        "Here stands %s; %s belongs here.".formatted(nameOf(value.getNodeType()), expected));
  }

  /** Why a text cannot be kept, if it cannot. */
  static Optional<String> flaw(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of(
          "The text has the character U+0000, which stands for nothing. Leave it out.");
    }
    if (hasHalf(text)) {
      return Optional.of(
          "The text has half of a character (a surrogate without its other half). Send both"
              + " halves.");
    }
    return Optional.empty();
  }

  private static boolean hasHalf(String text) {
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return true;
      }
    }
    return false;
  }

  private static String nameOf(JsonNodeType type) {
    return switch (type) {
      case ARRAY -> "a list";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING, BINARY, POJO -> "a string";
      case MISSING -> "nothing";
    };
  }
}
