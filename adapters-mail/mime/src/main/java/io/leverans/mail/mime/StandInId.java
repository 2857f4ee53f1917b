package io.leverans.mail.mime;

import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Octets;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Stands in for a Message-ID that is none by RFC 5322 §3.6.4: made of what tells the mail from
 * others, or of all of it where its author's program gave it no id. The domain is nobody's (RFC
 * 2606 §2).
 */
final class StandInId {
  private static final List<String> TELLING = List.of("Message-ID", "Date", "From", "Subject");

  private StandInId() {}

  /**
   * Makes it.
   *
   * @throws UncheckedIOException if the bytes cannot be read
   */
  static InternetMessageId of(Octets mail) {
    MessageDigest digest = sha256();
    try (InputStream in = mail.open();
        var digesting = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      var headers = new InternetHeaders(in, true);
      if (text(headers, "Message-ID").isEmpty()) {
        try (InputStream all = mail.open()) {
          all.transferTo(digesting);
        }
      } else {
        for (String field : TELLING) {
          digesting.write((text(headers, field) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (MessagingException unreadable) {
      throw new IllegalArgumentException("this is no mail", unreadable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new InternetMessageId(
        "<" + HexFormat.of().formatHex(digest.digest()) + "@logged.invalid>");
  }

  /** On one line, since programs fold differently what they give again. */
  private static String text(InternetHeaders headers, String field) {
    String text = headers.getHeader(field, null);
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
