package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Dns;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.bootstrap.metrics.KindsOfChannels;
import io.leverans.bootstrap.metrics.Meters;
import io.leverans.bootstrap.metrics.MetricsServer;
import io.leverans.bootstrap.runtime.Bell;
import io.leverans.bootstrap.runtime.Heartbeat;
import io.leverans.bootstrap.runtime.Heartbeat.NodeOnDuty;
import io.leverans.bootstrap.runtime.Herald;
import io.leverans.bootstrap.runtime.Repeating;
import io.leverans.bootstrap.runtime.RingingMessages;
import io.leverans.bootstrap.runtime.SharedOut;
import io.leverans.bootstrap.sandbox.Sandbox;
import io.leverans.bootstrap.settings.Role;
import io.leverans.bootstrap.settings.Settings;
import io.leverans.dns.NameServerDns;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.persistence.Database;
import io.leverans.persistence.GrowingTables;
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
  private static final Duration DNS_PATIENCE = Duration.ofSeconds(5);
  private static final Duration OVERVIEW_PAUSE = Duration.ofSeconds(10);
  private static final Duration STATISTICS_PAUSE = Duration.ofSeconds(2);

  private final OpenParts parts;
  private final Optional<Sandbox> sandbox;
  private final URI url;
  private final int port;
  private final Optional<FirstTeam> firstTeam;

  private Node(
      OpenParts parts,
      Optional<Sandbox> sandbox,
      URI url,
      int port,
      Optional<FirstTeam> firstTeam) {
    this.parts = parts;
    this.sandbox = sandbox;
    this.url = url;
    this.port = port;
    this.firstTeam = firstTeam;
  }

  /** Starts a node; what was started is stopped again if the rest fails. */
  public static Node start(Settings settings) {
    return start(settings, new OpenParts());
  }

  /** The same, of parts that another thread may want no more of. */
  static Node start(Settings settings, OpenParts parts) {
    settings.listeningAddress().check();
    try {
      return assemble(settings, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Whatever a setting can be wrong about comes before the database is touched. */
  private static Node assemble(Settings settings, OpenParts parts) {
    Meters meters = parts.add(new Meters());
    settings.metricsAddress().ifPresent(at -> parts.add(new MetricsServer(at, meters)));
    Optional<Sandbox> sandbox =
        switch (settings.mode()) {
          case SANDBOX ->
              Optional.of(
                  parts.add(Sandbox.open(settings.platformDomain(), settings.dataFolder())));
          case LIVE -> Optional.empty();
        };
    var sharedOut = new SharedOut();
    Providers providers = providers(settings, sandbox, sharedOut, parts);
    var platformChannels =
        new PlatformChannels(
            providers,
            kind -> settingsOf(kind, settings, sandbox),
            settings.systemMailChannel(),
            settings.whenInDoubt());
    Database database = parts.add(Storage.open(settings)).database();
    measure(database, settings, meters, parts);
    providers.all().forEach(one -> meters.connections(one.kind(), one::connections));
    int port = settings.httpPort() == 0 ? FreePort.find() : settings.httpPort();
    URI url = settings.publicUrl().orElseGet(() -> localUrl(settings.httpHost(), port));
    var bell = new Bell();
    var ids = new RandomIds(InstantSource.system());
    var node = new LeaseId(ids.next());
    SealingKeys keys = Sealing.open(settings.keyset(), database.keysets());
    Runnable mayBeDue = mayBeDue(settings, database, bell, parts);
    Stores stores = stores(database, ids, mayBeDue, meters);
    Engine engine =
        new Assembly(
                settings, stores, keys, providers, platformChannels, url, dns(settings, sandbox))
            .engine(node, bell::ring);
    parts.add(new Heartbeat(stores.nodes(), keys, onDuty(node, settings), sharedOut));
    parts.add(tendTables(database));
    if (settings.roles().contains(Role.BOUNCES)) {
      providers.all().forEach(provider -> openBounces(provider, engine.reportInbox(), parts));
    }
    sandbox.ifPresent(world -> world.connect(providers));
    Optional<FirstTeam> firstTeam =
        settings.roles().contains(Role.API)
            ? Optional.of(firstTeam(settings, engine))
            : Optional.empty();
    new Loops(settings, engine, bell, mayBeDue, database.wakeUps(), meters, parts).start();
    serve(settings, port, url, engine, () -> readiness(database), sandbox, parts);
    return new Node(parts, sandbox, url, port, firstTeam);
  }

  private static Repeating tendTables(Database database) {
    GrowingTables tables = database.growingTables();
    return new Repeating(
        "statistics of growing tables",
        STATISTICS_PAUSE,
        () -> {
          var _ = tables.analyze();
        });
  }

  private static NodeOnDuty onDuty(LeaseId node, Settings settings) {
    Duty duty =
        settings.roles().contains(Role.DISPATCH) ? Duty.SENDS : Duty.LEAVES_SENDING_TO_OTHERS;
    return new NodeOnDuty(node.value(), HostName.ofThisMachine(), duty);
  }

  /** The embedded database has no other nodes on it. */
  private static Runnable mayBeDue(
      Settings settings, Database database, Bell bell, OpenParts parts) {
    if (settings.database().isEmpty()) {
      return bell::ring;
    }
    Herald herald = parts.add(new Herald(database.wakeUps()));
    return () -> {
      bell.ring();
      herald.tell();
    };
  }

  /** Measured, and ringing when there is mail to be sent. */
  private static Stores stores(Database database, Ids ids, Runnable mayBeDue, Meters meters) {
    Channels channels = database.channels();
    var kinds = new KindsOfChannels((team, id) -> channels.find(team, id).map(Channel::kind));
    return Stores.in(
        database,
        ids,
        new RingingMessages(meters.measured(database.messages(), kinds), mayBeDue),
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
      Settings settings, Optional<Sandbox> sandbox, SendingNodes nodes, OpenParts parts) {
    Providers providers =
        new InstalledProviders()
            .create(settings, kind -> settingsOf(kind, settings, sandbox), nodes);
    parts.addAll(providers.all());
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

  private static void serve(
      Settings settings,
      int port,
      URI url,
      Engine engine,
      Readiness readiness,
      Optional<Sandbox> sandbox,
      OpenParts parts) {
    var web =
        new WebSettings(
            settings.httpHost(),
            port,
            settings.dataFolder().resolve("spool"),
            url,
            settings.mode());
    parts.add(
        settings.roles().contains(Role.API)
            ? new WebServer(web, engine.useCases(), readiness, sandbox.map(Sandbox::view))
            : WebServer.withoutApi(web, readiness));
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

  /** That this node itself listens on. */
  public int port() {
    return port;
  }

  /** Who may call the API; nobody where the node does not serve it. */
  public Optional<FirstTeam> firstTeam() {
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
