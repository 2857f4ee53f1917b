package io.leverans.web;

import io.leverans.web.sandbox.SandboxView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A server with use cases of the test's choice, and a client that asks it. */
final class TestApi extends TestUseCases implements AutoCloseable {
  Readiness readiness = Readiness.Answer.Ready::new;
  Optional<SandboxView> sandbox = Optional.empty();
  Mode mode = Mode.LIVE;

  final Path spool = Path.of("target", "spools", UUID.randomUUID().toString());
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<WebServer> server = Optional.empty();

  WebServer server() {
    if (server.isEmpty()) {
      var settings =
          new WebSettings("127.0.0.1", 0, spool, URI.create("https://leverans.example"), mode);
      server = Optional.of(new WebServer(settings, useCases(), readiness, sandbox));
    }
    return server.get();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server().port() + path);
  }

  /** A request of a caller with a key. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + KEY);
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Answer post(String path, String json) {
    return ask("POST", path, json);
  }

  Answer put(String path) {
    return send(request(path).PUT(BodyPublishers.noBody()));
  }

  Answer put(String path, String json) {
    return ask("PUT", path, json);
  }

  Answer patch(String path, String json) {
    return ask("PATCH", path, json);
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** A request with a body in JSON. */
  Answer ask(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    // The client first: a server that stops waits a second for connections that are kept alive.
    client.close();
    server.ifPresent(WebServer::close);
  }
}
