package io.leverans.domain.message;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that goes with a message.
 *
 * @param contentType a media type such as {@code image/png} (RFC 2045 §5.1), without parameters
 * @param contentId present for a file shown inside the HTML by {@code cid:} (RFC 2392), without
 *     brackets
 */
public record Attachment(
    String filename, String contentType, Octets content, Optional<String> contentId) {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");
  private static final Pattern CONTENT_ID = Pattern.compile("[!-~&&[^<>]]{1,200}");
  private static final int MAX_FILENAME = 255;

  public Attachment {
    if (filename.isBlank() || filename.length() > MAX_FILENAME) {
      throw new IllegalArgumentException("a filename has 1 to 255 characters");
    }
    if (filename.chars().anyMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\')) {
      throw new IllegalArgumentException(
          "a filename may not hold line breaks, control characters or path separators");
    }
    if (!MEDIA_TYPE.matcher(contentType).matches()) {
      throw new IllegalArgumentException("a content type looks like image/png");
    }
    contentId.ifPresent(
        id -> {
          if (!CONTENT_ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                "a content id is printable ASCII without spaces and angle brackets");
          }
        });
  }
}
