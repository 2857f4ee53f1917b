package io.leverans.web.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses a body in a file and leaves the texts of some fields where they are. */
final class LeavingParser extends JsonParserDelegate {
  private final SpooledFile file;
  private final Set<String> left;
  private @Nullable JsonToken token;
  private @Nullable LeftText text;
  private long at;
  private long skipped;

  /**
   * Reads with a parser of that file's octets.
   *
   * @param left the names of the fields whose texts are left
   */
  LeavingParser(JsonParser parser, SpooledFile file, Set<String> left) {
    super(parser);
    this.file = file;
    this.left = left;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    long before = at;
    token = delegate.nextToken();
    at = delegate.currentTokenLocation().getByteOffset();
    if (at < 0) {
      throw new CharConversionException("only octets in UTF-8 are counted");
    }
    if (text != null) {
      skipped += at - before;
      text = null;
    }
    requireFewInMemory(at - skipped);
    if (token == JsonToken.VALUE_STRING && left.contains(delegate.currentName())) {
      text = new LeftText(file, at + 1);
      token = JsonToken.VALUE_EMBEDDED_OBJECT;
    }
    return token;
  }

  private void requireFewInMemory(long octets) {
    if (octets > Spool.MOST_TEXT) {
      throw tooMuch();
    }
  }

  private ProblemException tooMuch() {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE,
        Place.field(delegate.getParsingContext().pathAsPointer()),
        "All fields but the content of attachments and raw mail have at most %d MB (%d octets)"
                .formatted(Spool.MOST_TEXT / RequestBody.MB, Spool.MOST_TEXT)
            + " together. Leave something out, or attach it.");
  }

  @Override
  public String getText() throws IOException {
    try {
      return super.getText();
    } catch (StreamConstraintsException _) {
      throw tooMuch();
    }
  }

  @Override
  public @Nullable Object getEmbeddedObject() throws IOException {
    return text != null ? text : super.getEmbeddedObject();
  }

  @Override
  public @Nullable JsonToken currentToken() {
    return token;
  }

  @Override
  public int currentTokenId() {
    return token == null ? super.currentTokenId() : token.id();
  }

  @Override
  public boolean hasToken(JsonToken other) {
    return token == other;
  }

  @Override
  public boolean hasCurrentToken() {
    return token != null;
  }

  @Override
  public void clearCurrentToken() {
    super.clearCurrentToken();
    token = null;
  }
}
