package io.leverans.mail.gmail;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer of Google's.
 *
 * @param origin whether it is the API that speaks, or something before it
 * @param reasons the words for machines: {@code error.errors[].reason}, {@code
 *     error.details[].reason} and {@code error.status}
 * @param words what it says for a person
 * @param retryAfter the header of that name
 */
record GoogleAnswer(
    int status,
    Origin origin,
    Set<String> reasons,
    String words,
    Optional<String> retryAfter,
    String body) {
  static final JsonFactory JSON = GsonFactory.getDefaultInstance();

  private static final int LONGEST_WORDS = 500;

  GoogleAnswer {
    reasons = Set.copyOf(reasons);
  }

  /** Who speaks. */
  enum Origin {
    /** The API: in its own form. */
    API,
    /** A server before it, or none of Google's at all. */
    ELSEWHERE
  }

  static GoogleAnswer of(HttpResponse response) throws IOException {
    String body = text(response);
    Optional<String> retryAfter = Optional.ofNullable(response.getHeaders().getRetryAfter());
    Optional<GoogleJsonError> error = error(body);
    return new GoogleAnswer(
        response.getStatusCode(),
        error.isPresent() ? Origin.API : Origin.ELSEWHERE,
        error.map(GoogleAnswer::reasons).orElse(Set.of()),
        error.flatMap(GoogleAnswer::words).orElseGet(() -> plain(response, body)),
        retryAfter,
        body);
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  private static String text(HttpResponse response) throws IOException {
    try (InputStream in = response.getContent()) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      response.disconnect();
    }
  }

  private static Optional<GoogleJsonError> error(String body) {
    if (!body.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.fromString(body, GoogleJsonErrorContainer.class).getError());
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private static Set<String> reasons(GoogleJsonError error) {
    Set<String> reasons = new HashSet<>();
    listed(error.getErrors()).forEach(one -> reasons.add(one.getReason()));
    listed(error.getDetails()).forEach(one -> reasons.add(one.getReason()));
    if (error.get("status") instanceof String status) {
      reasons.add(status);
    }
    reasons.removeIf(Objects::isNull);
    return reasons;
  }

  /** What a person is told, once each. */
  private static Optional<String> words(GoogleJsonError error) {
    List<String> said = new ArrayList<>();
    said.add(error.getMessage());
    listed(error.getErrors()).forEach(one -> said.add(one.getMessage()));
    List<String> distinct = said.stream().filter(Objects::nonNull).distinct().toList();
    return distinct.isEmpty() ? Optional.empty() : Optional.of(line(String.join(" / ", distinct)));
  }

  private static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static String plain(HttpResponse response, String body) {
    return response.getStatusCode() + " " + line(body.replaceAll("<[^>]*>", " "));
  }

  private static String line(String text) {
    String line = text.replaceAll("\\s+|\\p{Cntrl}+", " ").strip();
    return line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) + "…" : line;
  }

  /** Status and words only. */
  @Override
  public String toString() {
    return "GoogleAnswer[" + status + " " + reasons + "]";
  }
}
