package io.leverans.web.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The characters that a text in JSON stands for (RFC 8259 §7), up to its closing quote. A parser
 * has seen before that it is well formed. No read ends between the two halves of a character.
 */
final class JsonTextReader extends Reader {
  private static final int HEX = 16;
  private static final int HEX_DIGITS = 4;

  private final Reader source;
  private final char[] buffer = new char[8 * 1024];
  private int filled;
  private int next;
  private boolean ended;

  /** The first half of a character whose second half is still to be read; 0 for none. */
  private char held;

  /** Reads on from the character after the opening quote. */
  JsonTextReader(InputStream source) {
    this.source = new InputStreamReader(source, StandardCharsets.UTF_8);
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    int given = 0;
    if (held != 0 && length > 0) {
      target[offset] = held;
      held = 0;
      given = 1;
    }
    while (given < length && !ended) {
      char character = sourceCharacter();
      if (character == '"') {
        ended = true;
      } else {
        target[offset + given++] = character == '\\' ? escaped() : character;
      }
    }
    if (given > 1 && !ended && Character.isHighSurrogate(target[offset + given - 1])) {
      given--;
      held = target[offset + given];
    }
    return given == 0 && length > 0 ? -1 : given;
  }

  private char escaped() throws IOException {
    char character = sourceCharacter();
    return switch (character) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> byNumber();
      default -> character;
    };
  }

  private char byNumber() throws IOException {
    int number = 0;
    for (int digit = 0; digit < HEX_DIGITS; digit++) {
      number = number * HEX + Character.digit(sourceCharacter(), HEX);
    }
    return (char) number;
  }

  private char sourceCharacter() throws IOException {
    if (next == filled) {
      filled = source.read(buffer, 0, buffer.length);
      next = 0;
      if (filled < 0) {
        throw new EOFException("a text without an end");
      }
    }
    return buffer[next++];
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
