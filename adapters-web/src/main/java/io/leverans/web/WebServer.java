package io.leverans.web;

import io.javalin.Javalin;
import io.leverans.web.sandbox.SandboxInbox;
import java.util.Optional;

/** The HTTP server. It listens from its construction until it is closed. */
public final class WebServer implements AutoCloseable {
  private final Javalin javalin;

  /**
   * Starts to listen.
   *
   * @param inbox what the simulated recipients got; present in the sandbox only
   */
  public WebServer(
      WebSettings settings, UseCases useCases, Readiness readiness, Optional<SandboxInbox> inbox) {
    javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.concurrency.useVirtualThreads = true;
            });
    javalin.start(settings.host(), settings.port());
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** Stops to listen and waits a while for the answers that are under way. */
  @Override
  public void close() {
    javalin.stop();
  }
}
