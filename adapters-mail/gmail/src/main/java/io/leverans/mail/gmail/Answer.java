package io.leverans.mail.gmail;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer in HTTP, all of it. */
final class Answer extends LowLevelHttpResponse {
  private final int status;
  private final String reason;
  private final List<Field> fields;
  private final byte[] body;

  Answer(int status, String reason, List<Field> fields, byte[] body) {
    this.status = status;
    this.reason = reason;
    this.fields = List.copyOf(fields);
    this.body = body.clone();
  }

  /** A line of the header. */
  record Field(String name, String value) {}

  static Optional<String> find(List<Field> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  private @Nullable String value(String name) {
    return find(fields, name).orElse(null);
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public @Nullable String getContentEncoding() {
    return value("Content-Encoding");
  }

  @Override
  public long getContentLength() {
    return body.length;
  }

  @Override
  public @Nullable String getContentType() {
    return value("Content-Type");
  }

  @Override
  public String getStatusLine() {
    return "HTTP/1.1 " + status + " " + reason;
  }

  @Override
  public int getStatusCode() {
    return status;
  }

  @Override
  public String getReasonPhrase() {
    return reason;
  }

  @Override
  public int getHeaderCount() {
    return fields.size();
  }

  @Override
  public String getHeaderName(int index) {
    return fields.get(index).name();
  }

  @Override
  public String getHeaderValue(int index) {
    return fields.get(index).value();
  }
}
