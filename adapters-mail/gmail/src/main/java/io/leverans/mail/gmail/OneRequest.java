package io.leverans.mail.gmail;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request in HTTP/1.1 over a connection of its own (RFC 9112), made exactly once. All but its
 * last byte is written, then the gate is asked, and only then does the last byte follow. Breaking
 * off before that leaves the server with a body that is shorter than announced, which it must not
 * act on (RFC 9112 §8).
 */
final class OneRequest extends LowLevelHttpRequest {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Links links;
  private final Gate gate;
  private final Diary diary;
  private final String method;
  private final URI address;
  private final List<String> fields = new ArrayList<>();

  OneRequest(Links links, Gate gate, Diary diary, String method, URI address) {
    this.links = links;
    this.gate = gate;
    this.diary = diary;
    this.method = method;
    this.address = address;
  }

  @Override
  public void addHeader(String name, String value) {
    String line = name + ": " + value;
    if (line.chars().anyMatch(letter -> (letter < ' ' && letter != '\t') || letter > '~')) {
      throw new IllegalArgumentException("a header holds visible ASCII only: " + name);
    }
    fields.add(line);
  }

  @Override
  public LowLevelHttpResponse execute() throws IOException {
    Link link = links.open(address);
    try (link) {
      diary.met(link.hop(address.getHost()));
      Answer answer = exchange(link);
      diary.received(answer.getStatusLine());
      return answer;
    } catch (IOException | RuntimeException broken) {
      link.breakOff();
      throw broken;
    }
  }

  private Answer exchange(Link link) throws IOException {
    HeldBack out = new HeldBack(link.out());
    try (var _ = link.within(links.patience().upload())) {
      write(out);
    } catch (IOException broken) {
      return parting(link, broken);
    }
    Optional<Answer> refusal = early(link);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    gate.ask();
    Optional<Answer> late = early(link);
    if (late.isPresent()) {
      return late.get();
    }
    gate.end();
    try (var _ = link.within(links.patience().answer())) {
      out.finish();
      return new AnswerReader(link.in()).read();
    }
  }

  private void write(OutputStream out) throws IOException {
    out.write(head().getBytes(StandardCharsets.US_ASCII));
    if (getStreamingContent() != null) {
      getStreamingContent().writeTo(out);
    }
    out.flush();
    diary.sent("%s %s, %d octets".formatted(method, address.getRawPath(), getContentLength()));
  }

  private String head() throws IOException {
    if (getStreamingContent() != null && getContentLength() < 0) {
      throw new IllegalStateException("the length of a request has to be known");
    }
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(address.getRawPath()).append(query);
    head.append(" HTTP/1.1\r\nHost: ").append(address.getRawAuthority()).append("\r\n");
    fields.forEach(field -> head.append(field).append("\r\n"));
    if (getStreamingContent() != null) {
      head.append("Content-Type: ").append(getContentType()).append("\r\n");
      head.append("Content-Length: ").append(getContentLength()).append("\r\n");
    }
    return head.append("Connection: close\r\n\r\n").toString();
  }

  /** A server may refuse before it has seen all, but it cannot have taken what is not there. */
  private Optional<Answer> early(Link link) throws IOException {
    return switch (link.glance()) {
      case QUIET -> Optional.empty();
      case GONE -> throw new EOFException("the link broke before the request had ended");
      case SPEAKING -> Optional.of(refusal(link));
    };
  }

  private Answer refusal(Link link) throws IOException {
    try (var _ = link.within(links.patience().answer())) {
      Answer answer = new AnswerReader(link.in()).read();
      if (answer.getStatusCode() / 100 < 4) {
        throw new SenselessAnswerException(
            "the server answered %d before the request was there"
                .formatted(answer.getStatusCode()));
      }
      return answer;
    }
  }

  /** Who refuses early and hangs up may have said why. */
  private Answer parting(Link link, IOException broken) throws IOException {
    try (var _ = link.within(LAST_WORDS)) {
      return refusal(link);
    } catch (IOException _) {
      throw broken;
    }
  }
}
