package io.leverans.web.input;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A text of a large body that was left in its file, where it stands in JSON.
 *
 * @param start the place of its first octet
 */
record LeftText(SpooledFile file, long start) {
  private static final int UNKNOWN_LENGTH = -1;

  /** Its characters. */
  Reader reader() {
    return new JsonTextReader(file.from(start));
  }

  /** All of them, if they are not more. */
  Optional<String> whole(int atMost) {
    char[] characters = new char[atMost + 1];
    try (Reader reader = reader()) {
      int length = 0;
      for (int read = 0; read >= 0 && length < characters.length; length += Math.max(read, 0)) {
        read = reader.read(characters, length, characters.length - length);
      }
      return length > atMost ? Optional.empty() : Optional.of(new String(characters, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it as any other text. */
  @SuppressWarnings("serial") // never serialised
  static final class Serializer extends StdSerializer<LeftText> {
    Serializer() {
      super(LeftText.class);
    }

    @Override
    public void serialize(LeftText text, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      try (Reader reader = text.reader()) {
        generator.writeString(reader, UNKNOWN_LENGTH);
      }
    }
  }
}
