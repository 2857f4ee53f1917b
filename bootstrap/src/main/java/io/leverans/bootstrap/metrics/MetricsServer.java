package io.leverans.bootstrap.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.bootstrap.settings.SettingKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers Prometheus under {@code /metrics}, at an address of its own: what it tells is for the
 * operator only, and whoever is let through to the API does not get there.
 */
public final class MetricsServer implements AutoCloseable {
  private static final String PATH = "/metrics";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NO_BODY = -1;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Listens from now on.
   *
   * @throws InvalidSettingException if that cannot be
   */
  public MetricsServer(InetSocketAddress address, Meters meters) {
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new InvalidSettingException(
          SettingKey.METRICS_LISTEN.key(),
          "cannot listen on port %d of %s (%s); choose another, or stop what listens there"
              .formatted(address.getPort(), address.getHostString(), e.getMessage()));
    }
    server.createContext("/", exchange -> answer(exchange, meters));
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, Meters meters) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, NO_BODY);
      } else {
        byte[] body = meters.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
