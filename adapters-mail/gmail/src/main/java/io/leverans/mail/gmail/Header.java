package io.leverans.mail.gmail;

import io.leverans.domain.message.Octets;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The header of a composed message, to read in. For one thread. */
final class Header {
  private final InternetHeaders fields;

  private Header(InternetHeaders fields) {
    this.fields = fields;
  }

  static Header of(Octets message) {
    try (InputStream in = new BufferedInputStream(message.open())) {
      return new Header(new InternetHeaders(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (MessagingException broken) {
      throw new IllegalArgumentException("a composed message has a header", broken);
    }
  }

  List<String> all(String field) {
    String[] values = fields.getHeader(field);
    return values == null ? List.of() : List.of(values);
  }

  Optional<String> first(String field) {
    return all(field).stream().findFirst().map(String::strip);
  }
}
