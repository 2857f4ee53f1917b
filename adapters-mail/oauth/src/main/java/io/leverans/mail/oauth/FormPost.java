package io.leverans.mail.oauth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a form once and reads a small answer: all of it within a time, and never from elsewhere.
 */
final class FormPost implements AutoCloseable {
  private static final int LARGEST = 256 * 1024;

  private final HttpClient http;
  private final Duration patience;

  FormPost(Duration patience) {
    this.patience = patience;
    this.http =
        HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(patience).build();
  }

  /** What came back. */
  sealed interface Reply {
    /** An answer, of whatever kind. */
    record Answer(int status, String body) implements Reply {}

    /**
     * None.
     *
     * @param words what was met, to follow the server's name
     */
    record None(String words) implements Reply {}
  }

  Reply send(URI address, String form) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(form))
            .build();
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      HttpResponse<byte[]> answer = coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Answer(
          answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException _) {
      coming.cancel(true);
      return tooLate();
    } catch (InterruptedException _) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.None("was not waited for, since this program is stopping");
    } catch (ExecutionException broken) {
      return meaning(broken.getCause());
    }
  }

  private Reply meaning(@Nullable Throwable problem) {
    return switch (problem) {
      case HttpTimeoutException _ -> tooLate();
      case ConnectException _ -> new Reply.None("could not be reached");
      case SSLException _ -> new Reply.None("could not be reached over a trusted connection");
      case IOException _ -> new Reply.None("broke off, or answered more than it should");
      case null, default -> throw new IllegalStateException(problem);
    };
  }

  private Reply tooLate() {
    return new Reply.None("gave no answer within %d seconds".formatted(patience.toSeconds()));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
