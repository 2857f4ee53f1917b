package io.leverans.mail.simulator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.leverans.mail.simulator.web.WebAnswer.HangUp;
import io.leverans.mail.simulator.web.WebAnswer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A web server on 127.0.0.1, each request on a thread of its own. */
public final class WebServer implements AutoCloseable {
  private static final int BODY_BYTES = 100 * 1024 * 1024;
  private static final long LARGE_BYTES = 1024L * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final HttpServer server;
  private final ExecutorService threads;

  private WebServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Answers requests; for use by many threads. */
  @FunctionalInterface
  public interface Site {
    WebAnswer answer(WebRequest request);
  }

  /**
   * Binds the port and serves from then on.
   *
   * @param port the port, or 0 for a free one
   * @throws IOException if the port cannot be bound
   */
  public static WebServer start(int port, Site site) throws IOException {
    return start(HttpServer.create(loopback(port), 0), site);
  }

  /**
   * The same over TLS, on a free port.
   *
   * @throws IOException if there is none
   */
  public static WebServer startEncrypted(SSLContext tls, Site site) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return start(server, site);
  }

  private static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  private static WebServer start(HttpServer server, Site site) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    var large = new Semaphore(1, true);
    server.createContext("/", exchange -> serveInTurn(exchange, site, large));
    server.start();
    return new WebServer(server, threads);
  }

  /** Where it listens, without a slash at the end. */
  public URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Large requests are taken one after the other: they are held in memory several times. */
  private static void serveInTurn(HttpExchange exchange, Site site, Semaphore large)
      throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null || Long.parseLong(length) <= LARGE_BYTES) {
      serve(exchange, site);
      return;
    }
    large.acquireUninterruptibly();
    try {
      serve(exchange, site);
    } finally {
      large.release();
    }
  }

  private static void serve(HttpExchange exchange, Site site) throws IOException {
    try (exchange) {
      switch (answer(exchange, site)) {
        case Reply reply -> write(exchange, reply);
        case HangUp() -> LOG.debug("hangs up without an answer");
      }
    }
  }

  private static WebAnswer answer(HttpExchange exchange, Site site) throws IOException {
    var request =
        new WebRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            body(exchange));
    try {
      return site.answer(request);
    } catch (IllegalArgumentException malformed) {
      LOG.debug("a request that cannot be read", malformed);
      return WebAnswer.page(400, "<p>This request cannot be read.</p>");
    } catch (RuntimeException bug) {
      LOG.error("simulator: {} {} failed", request.method(), request.path(), bug);
      return WebAnswer.page(500, "<p>The simulator failed; its log says why.</p>");
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream raw = exchange.getRequestBody();
    boolean zipped =
        "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] body = (zipped ? new GZIPInputStream(raw) : raw).readNBytes(BODY_BYTES);
    raw.transferTo(OutputStream.nullOutputStream());
    return body;
  }

  private static void write(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}
