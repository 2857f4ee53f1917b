package io.leverans.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.leverans.web.channel.ChannelsResource;
import io.leverans.web.channel.ConnectionsResource;
import io.leverans.web.channel.WaitingMailResource;
import io.leverans.web.consent.ConsentPages;
import io.leverans.web.consent.ConsentsResource;
import io.leverans.web.domain.DomainsResource;
import io.leverans.web.event.EventsResource;
import io.leverans.web.failed.FailedDeliveriesResource;
import io.leverans.web.identity.IdentitiesResource;
import io.leverans.web.identity.PreflightResource;
import io.leverans.web.identity.SendingChoiceResource;
import io.leverans.web.identity.VerificationPages;
import io.leverans.web.input.Spool;
import io.leverans.web.json.Words;
import io.leverans.web.message.LoggingResource;
import io.leverans.web.message.MessagesResource;
import io.leverans.web.message.SchedulingResource;
import io.leverans.web.message.SendingResource;
import io.leverans.web.person.ErasuresResource;
import io.leverans.web.person.ExportsResource;
import io.leverans.web.platform.PlatformFaultsResource;
import io.leverans.web.problem.ProblemPages;
import io.leverans.web.report.ReportHandlingResource;
import io.leverans.web.report.ReportsResource;
import io.leverans.web.report.SamplesResource;
import io.leverans.web.sandbox.SandboxDnsResource;
import io.leverans.web.sandbox.SandboxResource;
import io.leverans.web.sandbox.SandboxView;
import io.leverans.web.suppression.SuppressionImportsResource;
import io.leverans.web.suppression.SuppressionsResource;
import io.leverans.web.suppression.UnsubscribePages;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server. It listens from its construction until it is closed. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Javalin javalin;

  /**
   * Starts to listen.
   *
   * @param sandbox what is to be seen of the simulated world; present in the sandbox only
   */
  public WebServer(
      WebSettings settings, UseCases useCases, Readiness readiness, Optional<SandboxView> sandbox) {
    this(
        settings,
        routes -> {
          registerEdge(routes, settings);
          routes.before("/v1/*", new Authentication(useCases.identifyCaller())::check);
          registerResources(routes, useCases);
          var spool = new Spool(settings.spool());
          registerSending(routes, useCases.messages(), spool);
          registerSuppressions(routes, useCases.suppressions(), spool);
          registerConsents(routes, useCases.consents(), settings.publicUrl());
          new StatusResource(settings, readiness).register(routes);
          new ProblemPages().register(routes);
          sandbox.ifPresent(view -> registerSandbox(routes, view));
        });
  }

  private WebServer(WebSettings settings, Consumer<RoutesConfig> routes) {
    javalin =
        Javalin.create(
            config -> {
              configure(config);
              routes.accept(config.routes);
            });
    javalin.start(settings.host(), settings.port());
  }

  /** One that tells only how the node is, for whoever supervises it. */
  public static WebServer withoutApi(WebSettings settings, Readiness readiness) {
    return new WebServer(
        settings,
        routes -> {
          registerEdge(routes, settings);
          new StatusResource(settings, readiness).registerHealth(routes);
        });
  }

  /** The port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** What is served, such as "GET /v1/messages". */
  Set<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .collect(Collectors.toSet());
  }

  /** Stops to listen and waits up to ten seconds for the answers that are under way. */
  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(GRACE.toMillis());
          server.setErrorHandler(new JettyProblems());
        });
    config.jetty.modifyServletContextHandler(
        handler -> handler.setErrorHandler(new JettyProblems()));
    config.router.javaLangErrorHandler(Faults::confess);
    config.requestLogger.http(
        (ctx, milliseconds) ->
            LOG.debug("{}: {} in {} ms", Faults.request(ctx), ctx.statusCode(), milliseconds));
  }

  private static void registerEdge(RoutesConfig routes, WebSettings settings) {
    routes.before(ctx -> setHeaders(ctx, settings.mode()));
    Faults.register(routes);
  }

  private static void registerResources(RoutesConfig routes, UseCases useCases) {
    UseCases.Identities identities = useCases.identities();
    new IdentitiesResource(
            identities.createIdentity(),
            identities.readIdentities(),
            identities.requestVerification())
        .register(routes);
    new SendingChoiceResource(
            identities.chooseChannel(), identities.chooseDefault(), identities.presentIdentity())
        .register(routes);
    new PreflightResource(identities.preflight()).register(routes);
    new VerificationPages(identities.verifyIdentity()).register(routes);
    registerChannels(routes, useCases.channels());
    UseCases.Domains domains = useCases.domains();
    new DomainsResource(
            domains.addDomain(),
            domains.readDomains(),
            domains.checkDomain(),
            domains.rotateDomainKey(),
            domains.removeDomain())
        .register(routes);
    UseCases.Messages messages = useCases.messages();
    new MessagesResource(
            messages.listMessages(),
            messages.readMessage(),
            messages.readSentBytes(),
            messages.explainMessage())
        .register(routes);
    new EventsResource(useCases.readEvents()).register(routes);
    registerReports(routes, useCases.reports());
    UseCases.FailedMail failed = useCases.failedMail();
    new FailedDeliveriesResource(
            failed.listFailedDeliveries(), failed.retryFailedDeliveries(), failed.readRetry())
        .register(routes);
    new PlatformFaultsResource(useCases.listPlatformFaults()).register(routes);
    registerPersons(routes, useCases.persons());
  }

  private static void registerPersons(RoutesConfig routes, UseCases.Persons persons) {
    new ExportsResource(persons.exportPerson(), InstantSource.system()).register(routes);
    new ErasuresResource(persons.erasePerson(), persons.readErasure()).register(routes);
  }

  private static void registerReports(RoutesConfig routes, UseCases.Reports reports) {
    new ReportsResource(reports.listReports(), reports.readRawReport()).register(routes);
    new ReportHandlingResource(
            reports.linkReport(), reports.dismissReport(), reports.correctReport())
        .register(routes);
    new SamplesResource(reports.exportSamples()).register(routes);
  }

  private static void registerSending(
      RoutesConfig routes, UseCases.Messages messages, Spool spool) {
    new SendingResource(
            messages.acceptMessage(), messages.retryMessage(), messages.resolveDoubt(), spool)
        .register(routes);
    new SchedulingResource(messages.rescheduleMessage(), messages.cancelMessage()).register(routes);
    new LoggingResource(messages.logMessage(), spool).register(routes);
  }

  private static void registerSuppressions(
      RoutesConfig routes, UseCases.Suppressions suppressions, Spool spool) {
    new SuppressionImportsResource(suppressions.importSuppressions(), spool, InstantSource.system())
        .register(routes);
    new SuppressionsResource(
            suppressions.readSuppressions(),
            suppressions.suppressAddress(),
            suppressions.liftSuppression(),
            suppressions.decideOnSuppression())
        .register(routes);
    new UnsubscribePages(suppressions.unsubscribe()).register(routes);
  }

  private static void registerSandbox(RoutesConfig routes, SandboxView view) {
    new SandboxResource(view).register(routes);
    new SandboxDnsResource(view.dns()).register(routes);
  }

  private static void registerChannels(RoutesConfig routes, UseCases.Channels channels) {
    new ChannelsResource(
            channels.listChannelKinds(), channels.readChannels(), channels.testChannel())
        .register(routes);
    new ConnectionsResource(
            channels.connectChannel(), channels.changeChannel(), channels.removeChannel())
        .register(routes);
    new WaitingMailResource(channels.moveWaitingMail()).register(routes);
  }

  private static void registerConsents(
      RoutesConfig routes, UseCases.Consents consents, URI publicUrl) {
    new ConsentsResource(consents.beginConsent(), publicUrl).register(routes);
    new ConsentPages(consents.leadToConsent(), consents.concludeConsent(), publicUrl)
        .register(routes);
  }

  private static void setHeaders(Context ctx, Mode mode) {
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Cache-Control", "no-store");
    switch (mode) {
      case SANDBOX -> ctx.header("Leverans-Mode", Words.of(mode));
      case LIVE -> {}
    }
  }
}
