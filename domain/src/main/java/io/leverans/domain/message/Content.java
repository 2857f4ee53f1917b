package io.leverans.domain.message;

import io.leverans.domain.identity.Mailbox;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the author wrote.
 *
 * @param text the plain form; at least one of {@code text} and {@code html} is present
 * @param inReplyTo the message answered, so that programs show both in one thread (RFC 5322 §3.6.4)
 */
public record Content(
    String subject,
    Optional<String> text,
    Optional<String> html,
    List<HeaderField> headers,
    List<Attachment> attachments,
    Optional<Mailbox> replyTo,
    Optional<InternetMessageId> inReplyTo) {
  private static final int MAX_SUBJECT = 998;
  private static final int MAX_HEADERS = 50;

  /** What Leverans itself adds to those of the application. */
  private static final int MAX_ADDED_HEADERS = 2;

  private static final int MAX_ATTACHMENTS = 100;

  public Content {
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a subject may not hold line breaks or control characters");
    }
    if (subject.length() > MAX_SUBJECT) {
      throw new IllegalArgumentException("a subject has at most 998 characters");
    }
    if (text.isEmpty() && html.isEmpty()) {
      throw new IllegalArgumentException("a message has a text, an html form, or both");
    }
    headers = List.copyOf(headers);
    attachments = List.copyOf(attachments);
    if (headers.size() > MAX_HEADERS + MAX_ADDED_HEADERS) {
      throw new IllegalArgumentException("a message has at most 50 extra headers");
    }
    if (attachments.size() > MAX_ATTACHMENTS) {
      throw new IllegalArgumentException("a message has at most 100 attachments");
    }
    Objects.requireNonNull(replyTo);
    Objects.requireNonNull(inReplyTo);
  }

  /** The same with these extra headers. */
  public Content with(List<HeaderField> others) {
    return new Content(subject, text, html, others, attachments, replyTo, inReplyTo);
  }

  /** A short text with nothing attached. */
  public static Content plain(String subject, String text) {
    return new Content(
        subject,
        Optional.of(text),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
