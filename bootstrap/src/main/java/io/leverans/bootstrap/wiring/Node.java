package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.bootstrap.metrics.KindsOfChannels;
import io.leverans.bootstrap.metrics.Meters;
import io.leverans.bootstrap.metrics.MetricsServer;
import io.leverans.bootstrap.runtime.Bell;
import io.leverans.bootstrap.runtime.DispatchLoop;
import io.leverans.bootstrap.runtime.Heartbeat;
import io.leverans.bootstrap.runtime.Repeating;
import io.leverans.bootstrap.runtime.RingingMessages;
import io.leverans.bootstrap.runtime.RunningClaims;
import io.leverans.bootstrap.sandbox.Sandbox;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.dns.NameServerDns;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.persistence.Database;
import io.leverans.persistence.RandomIds;
import io.leverans.secrets.SealingKeys;
import io.leverans.web.Readiness;
import io.leverans.web.UseCases;
import io.leverans.web.WebServer;
import io.leverans.web.WebSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A running node: everything started, in order, and stopped in the opposite one. */
public final class Node implements AutoCloseable {
  private static final Duration NUMBERING_PAUSE = Duration.ofMillis(100);
  private static final Duration DOMAIN_TENDING_PAUSE = Duration.ofSeconds(5);
  private static final Duration DNS_PATIENCE = Duration.ofSeconds(5);
  private static final Duration TENDING_PAUSE = Duration.ofSeconds(1);
  private static final Duration INQUIRY_PAUSE = Duration.ofSeconds(10);
  private static final Duration CLEARING_PAUSE = Duration.ofMinutes(1);
  private static final Duration OVERVIEW_PAUSE = Duration.ofSeconds(10);
  private static final int RENEWALS_IN_A_LEASE = 3;

  private final OpenParts parts;
  private final Optional<Sandbox> sandbox;
  private final URI url;
  private final FirstTeam firstTeam;

  private Node(OpenParts parts, Optional<Sandbox> sandbox, URI url, FirstTeam firstTeam) {
    this.parts = parts;
    this.sandbox = sandbox;
    this.url = url;
    this.firstTeam = firstTeam;
  }

  /** Starts a node; what was started is stopped again if the rest fails. */
  public static Node start(Settings settings) {
    settings.listeningAddress().check();
    var parts = new OpenParts();
    try {
      return start(settings, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Whatever a setting can be wrong about comes before the database is touched. */
  private static Node start(Settings settings, OpenParts parts) {
    Meters meters = parts.add(new Meters());
    settings.metricsAddress().ifPresent(at -> parts.add(new MetricsServer(at, meters)));
    Optional<Sandbox> sandbox =
        switch (settings.mode()) {
          case SANDBOX ->
              Optional.of(
                  parts.add(Sandbox.open(settings.platformDomain(), settings.dataFolder())));
          case LIVE -> Optional.empty();
        };
    Providers providers = providers(settings, sandbox, parts);
    var platformChannels =
        new PlatformChannels(
            providers, kind -> settingsOf(kind, settings, sandbox), settings.systemMailChannel());
    Database database = parts.add(Storage.open(settings)).database();
    measure(database, settings, meters, parts);
    int port = settings.httpPort() == 0 ? FreePort.find() : settings.httpPort();
    URI url = settings.publicUrl().orElseGet(() -> localUrl(settings.httpHost(), port));
    var bell = new Bell();
    var ids = new RandomIds(InstantSource.system());
    var node = new LeaseId(ids.next());
    SealingKeys keys = Sealing.open(settings.keyset(), database.keysets());
    Stores stores = stores(database, ids, bell, meters);
    Engine engine =
        new Assembly(
                settings, stores, keys, providers, platformChannels, url, dns(settings, sandbox))
            .engine(node);
    parts.add(new Heartbeat(stores.nodes(), keys, node.value(), HostName.ofThisMachine()));
    providers.all().forEach(provider -> openBounces(provider, engine.reportInbox(), parts));
    sandbox.ifPresent(world -> world.connect(providers));
    FirstTeam firstTeam = firstTeam(settings, engine);
    startLoops(settings, engine, bell, meters, parts);
    parts.add(
        new WebServer(
            new WebSettings(
                settings.httpHost(),
                port,
                settings.dataFolder().resolve("spool"),
                url,
                settings.mode()),
            engine.useCases(),
            () -> readiness(database),
            sandbox.map(Sandbox::view)));
    return new Node(parts, sandbox, url, firstTeam);
  }

  /** Measured, and ringing when there is mail to be sent. */
  private static Stores stores(Database database, Ids ids, Bell bell, Meters meters) {
    Channels channels = database.channels();
    var kinds = new KindsOfChannels((team, id) -> channels.find(team, id).map(Channel::kind));
    return Stores.in(
        database,
        ids,
        new RingingMessages(meters.measured(database.messages(), kinds), bell),
        meters.measured(database.dispatchQueue(), kinds));
  }

  /** What costs a look into the database is looked at only where somebody asks for it. */
  private static void measure(
      Database database, Settings settings, Meters meters, OpenParts parts) {
    database.measure(meters.ofPools());
    Runnable show = meters.show(database::overview);
    if (settings.metricsAddress().isPresent()) {
      parts.add(new Repeating("overview for metrics", OVERVIEW_PAUSE, show));
    }
  }

  private static Providers providers(
      Settings settings, Optional<Sandbox> sandbox, OpenParts parts) {
    Providers providers =
        new InstalledProviders().create(settings, kind -> settingsOf(kind, settings, sandbox));
    providers.all().forEach(parts::add);
    return providers;
  }

  private static Map<String, String> settingsOf(
      ChannelKind kind, Settings settings, Optional<Sandbox> sandbox) {
    Map<String, String> set = settings.ofKind(kind);
    return sandbox.map(world -> inSandbox(kind, set, settings, world)).orElse(set);
  }

  /** The system's own mail has a way out, whichever kinds are offered. */
  private static Map<String, String> inSandbox(
      ChannelKind kind, Map<String, String> set, Settings settings, Sandbox world) {
    Map<String, String> all = new HashMap<>(world.settingsOf(kind, set));
    boolean setUp = set.keySet().stream().anyMatch(key -> key.startsWith(PlatformChannels.PREFIX));
    if (kind.equals(settings.systemMailChannel()) && !setUp) {
      all.putAll(world.platformChannel(kind, PlatformChannels.PREFIX));
    }
    return all;
  }

  /** In the sandbox the simulated world is all there is. */
  private static Dns dns(Settings settings, Optional<Sandbox> sandbox) {
    return new NameServerDns(
        sandbox.map(Sandbox::nameServer).or(settings::dnsServer), DNS_PATIENCE);
  }

  private static void openBounces(ChannelProvider provider, ReportInbox inbox, OpenParts parts) {
    provider.bounces().ifPresent(source -> parts.add(source.open(inbox)));
  }

  private static void startLoops(
      Settings settings, Engine engine, Bell bell, Meters meters, OpenParts parts) {
    parts.add(
        new Repeating(
            "numbering of events",
            NUMBERING_PAUSE,
            () -> {
              var _ = engine.numberEvents().number();
            }));
    parts.add(
        new Repeating(
            "care for channels",
            TENDING_PAUSE,
            () -> {
              var _ = engine.tendChannels().tend();
            }));
    parts.add(new Repeating("inquiry of doubts", INQUIRY_PAUSE, engine.inquireDoubts()::inquire));
    parts.add(
        new Repeating(
            "clearing of consents",
            CLEARING_PAUSE,
            () -> {
              var _ = engine.clearConsents().clear();
            }));
    parts.add(
        new Repeating(
            "care for sender domains",
            DOMAIN_TENDING_PAUSE,
            () -> {
              var _ = engine.tendDomains().tend();
            }));
    // Before the dispatch loop, so that it ends after it: attempts under way keep their leases.
    var running = new RunningClaims();
    parts.add(
        new Repeating(
            "renewal of leases",
            settings.lease().dividedBy(RENEWALS_IN_A_LEASE),
            () -> engine.renewLeases().renew(running.all())));
    meters.attemptsAtMost(settings.dispatchConcurrency());
    parts.add(
        new DispatchLoop(
            meters.measuredClaims(engine.claimDueMail()),
            meters.measuredAttempts(engine.carryOutDispatch()),
            running,
            bell,
            settings.dispatchConcurrency()));
  }

  private static Readiness.Answer readiness(Database database) {
    try {
      database.ping();
      return new Readiness.Answer.Ready();
    } catch (RuntimeException e) {
      return new Readiness.Answer.NotReady("the database does not answer: " + e.getMessage());
    }
  }

  private static FirstTeam firstTeam(Settings settings, Engine engine) {
    Path folder = settings.dataFolder();
    UseCases useCases = engine.useCases();
    return switch (settings.mode()) {
      case SANDBOX ->
          FirstTeam.obtain(
              folder.resolve("sandbox-api-key"),
              useCases.identifyCaller(),
              engine.administration().setUpTeam(),
              useCases.identities().readIdentities(),
              FirstTeam.sandboxTeam());
      case LIVE ->
          FirstTeam.obtain(
              folder.resolve("api-key"),
              useCases.identifyCaller(),
              engine.administration().setUpTeam(),
              useCases.identities().readIdentities(),
              FirstTeam.operatorsTeam());
    };
  }

  private static URI localUrl(String listenedOn, int port) {
    String host = listenedOn.startsWith("127.") ? "localhost" : listenedOn;
    return URI.create("http://" + host + ":" + port);
  }

  /** Where people and applications reach it. */
  public URI url() {
    return url;
  }

  public FirstTeam firstTeam() {
    return firstTeam;
  }

  /** The simulated world, in the sandbox only. */
  public Optional<Sandbox> sandbox() {
    return sandbox;
  }

  @Override
  public void close() {
    parts.close();
  }
}
