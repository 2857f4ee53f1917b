package io.leverans.mail.simulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.mail.simulator.signin.SimulatedAccount;
import io.leverans.mail.simulator.web.WebAnswer;
import io.leverans.mail.simulator.web.WebRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes mail that comes as it is instead of inside JSON, in one of the three ways of Google's APIs:
 * alone, in a multipart body with its metadata, or in pieces. Safe for use by many threads.
 */
final class Uploads {
  private static final int UPLOAD_BYTES = 35 * 1024 * 1024;
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern PIECE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private final GmailSending sending;
  private final AtomicLong serials = new AtomicLong();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  Uploads(GmailSending sending) {
    this.sending = sending;
  }

  /** An upload in pieces. */
  private static final class Session {
    private final SimulatedAccount account;
    private final Optional<String> threadId;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    Session(SimulatedAccount account, Optional<String> threadId) {
      this.account = account;
      this.threadId = threadId;
    }
  }

  WebAnswer take(SimulatedAccount account, WebRequest request) {
    if (request.body().length > UPLOAD_BYTES) {
      return GoogleError.tooLarge().answer();
    }
    String type = request.query().first("uploadType").orElse("");
    Optional<String> session = request.query().first("upload_id");
    if (session.isPresent()) {
      return piece(session.get(), request);
    }
    return switch (type) {
      case "media" -> sending.send(account, new Submission(request.body(), Optional.empty()));
      case "multipart" ->
          multipart(request)
              .map(submission -> sending.send(account, submission))
              .orElseGet(() -> GoogleError.invalid("Malformed multipart body.").answer());
      case "resumable" -> begin(account, request);
      default -> GoogleError.invalid("Invalid upload request").answer();
    };
  }

  private WebAnswer begin(SimulatedAccount account, WebRequest request) {
    JsonNode metadata = SentJson.read(request.body());
    String id = "upload" + serials.incrementAndGet();
    sessions.put(id, new Session(account, SentJson.threadId(metadata)));
    String host = request.header("Host").orElseThrow();
    return WebAnswer.empty(200)
        .with(
            "Location", "http://" + host + request.path() + "?uploadType=resumable&upload_id=" + id)
        .with("X-GUploader-UploadID", id);
  }

  private WebAnswer piece(String id, WebRequest request) {
    Session session = sessions.get(id);
    if (session == null) {
      return GoogleError.notFound().answer();
    }
    Matcher range = PIECE.matcher(request.header("Content-Range").orElse("bytes */*"));
    if (!range.matches()) {
      return GoogleError.invalid("Invalid Content-Range").answer();
    }
    synchronized (session) {
      if (range.group(1) == null && request.body().length == 0) {
        return more(session);
      }
      int from = range.group(1) == null ? 0 : Integer.parseInt(range.group(1));
      if (from != session.received.size()) {
        return more(session);
      }
      session.received.writeBytes(request.body());
      String total = range.group(3);
      if (!total.equals("*") && session.received.size() < Integer.parseInt(total)) {
        return more(session);
      }
    }
    sessions.remove(id);
    return sending.send(
        session.account, new Submission(session.received.toByteArray(), session.threadId));
  }

  private static WebAnswer more(Session session) {
    int size = session.received.size();
    return size == 0
        ? WebAnswer.empty(308)
        : WebAnswer.empty(308).with("Range", "bytes=0-" + (size - 1));
  }

  /** The metadata and the mail of a body with two parts (RFC 2387). */
  private static Optional<Submission> multipart(WebRequest request) {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!boundary.find()) {
      return Optional.empty();
    }
    String body = "\r\n" + new String(request.body(), StandardCharsets.ISO_8859_1);
    String[] parts = body.split("\r\n--" + Pattern.quote(boundary.group(1)), -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    JsonNode metadata = SentJson.read(content(parts[1]));
    return Optional.of(new Submission(content(parts[2]), SentJson.threadId(metadata)));
  }

  private static byte[] content(String part) {
    int start = part.indexOf("\r\n\r\n");
    return part.substring(Math.min(part.length(), start + 4)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
