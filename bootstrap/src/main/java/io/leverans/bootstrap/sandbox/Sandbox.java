package io.leverans.bootstrap.sandbox;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.DnsRecord;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.mail.msc.MscProvider;
import io.leverans.mail.simulator.CompanySettings;
import io.leverans.mail.simulator.Quirk;
import io.leverans.mail.simulator.SimulatedCompany;
import io.leverans.mail.simulator.SimulatedWorld;
import io.leverans.mail.simulator.WorldSettings;
import io.leverans.mail.simulator.google.GoogleSettings;
import io.leverans.mail.simulator.microsoft.MicrosoftSettings;
import io.leverans.mail.simulator.signin.SignInSettings;
import io.leverans.web.sandbox.SandboxInbox;
import io.leverans.web.sandbox.SandboxMailServers;
import io.leverans.web.sandbox.SandboxMailServers.MailServer;
import io.leverans.web.sandbox.SandboxView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The simulated world, and what a provider has to be told so that its mail stays in it. Providers
 * run unchanged: only their settings say which name server to ask and which port to connect to.
 */
public final class Sandbox implements AutoCloseable {
  private static final ChannelKind OWN_SERVERS = new ChannelKind("msc");
  private static final ChannelKind COMPANY_SERVERS = new ChannelKind("smtp");
  private static final Map<ChannelKind, List<String>> SET_BY_THE_SANDBOX =
      Map.of(
          OWN_SERVERS,
          List.of(
              "dns-server",
              "port",
              "smart-host",
              "bounce-listen",
              "mta-sts-port",
              "mta-sts-networks",
              "authorities"),
          COMPANY_SERVERS,
          Stream.concat(
                  Stream.of("dns-server", "networks"),
                  MicrosoftAccounts.SET_BY_THE_SANDBOX.stream())
              .toList(),
          GoogleAccounts.KIND,
          GoogleAccounts.SET_BY_THE_SANDBOX);
  private static final String LOOPBACK = "127.0.0.0/8";
  private static final int USUAL_START_TLS_PORT = 8587;
  private static final int USUAL_TLS_PORT = 8465;
  private static final int USUAL_GOOGLE_PORT = 8480;
  private static final int USUAL_MICROSOFT_PORT = 8481;
  private static final int ATTEMPTS = 3;

  private final SimulatedWorld world;
  private final GoogleAccounts google;
  private final String platformDomain;

  private Sandbox(SimulatedWorld world, GoogleAccounts google, String platformDomain) {
    this.world = world;
    this.google = google;
    this.platformDomain = platformDomain;
  }

  /**
   * Starts the world on ports of its own; the company's server and the sign-in pages on their usual
   * ones if they are free.
   *
   * @param folder where the company's certificates and the providers' refresh tokens are kept
   */
  public static Sandbox open(String platformDomain, Path folder) {
    try {
      Files.createDirectories(folder);
      return open(platformDomain, folder, ATTEMPTS);
    } catch (IOException e) {
      throw new UncheckedIOException("the simulated world cannot be started", e);
    }
  }

  /**
   * Another sandbox may take a usual port after it was seen to be free: then it is looked again.
   */
  private static Sandbox open(String platformDomain, Path folder, int attempts) throws IOException {
    try {
      return openOnce(platformDomain, folder);
    } catch (BindException taken) {
      if (attempts == 1) {
        throw taken;
      }
      return open(platformDomain, folder, attempts - 1);
    }
  }

  private static Sandbox openOnce(String platformDomain, Path folder) throws IOException {
    var company =
        CompanySettings.defaults()
            .withPorts(ifFree(USUAL_START_TLS_PORT), ifFree(USUAL_TLS_PORT))
            .withKeyStore(folder.resolve("sandbox-company.p12"))
            .withMicrosoft(microsoft(folder));
    var world = SimulatedWorld.start(WorldSettings.defaults().withCompany(company));
    try {
      return new Sandbox(world, google(world, folder), platformDomain);
    } catch (IOException | RuntimeException trouble) {
      world.close();
      throw trouble;
    }
  }

  private static MicrosoftSettings microsoft(Path folder) {
    return MicrosoftSettings.defaults()
        .withPort(ifFree(USUAL_MICROSOFT_PORT))
        .withSignIn(
            SignInSettings.of(MicrosoftSettings.CLIENT)
                .withRenewals(SignInSettings.Renewals.REPLACE_REFRESH_TOKEN)
                .withKeptAt(folder.resolve("sandbox-microsoft-grants.json")));
  }

  private static GoogleAccounts google(SimulatedWorld world, Path folder) throws IOException {
    var signIn =
        SignInSettings.of(GoogleSettings.CLIENT)
            .withKeptAt(folder.resolve("sandbox-google-grants.json"));
    return new GoogleAccounts(
        world.openGoogle(
            GoogleSettings.defaults().withPort(ifFree(USUAL_GOOGLE_PORT)).withSignIn(signIn)));
  }

  /** The port, or 0 for whichever is free. */
  private static int ifFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return port;
    } catch (IOException _) {
      return 0;
    }
  }

  /**
   * How the platform's own channel of a kind is set up here, where the kind needs that and the
   * operator has not done it.
   */
  public Map<String, String> platformChannel(ChannelKind kind, String prefix) {
    Map<String, String> fields = new HashMap<>();
    if (kind.equals(COMPANY_SERVERS)) {
      company()
          .settings("platform@" + platformDomain)
          .forEach((field, value) -> fields.put(prefix + field, value));
    }
    return fields;
  }

  /**
   * The settings that keep a kind's mail in the world.
   *
   * @throws InvalidSettingException if the operator set what would lead out of it
   */
  public Map<String, String> settingsOf(ChannelKind kind, Map<String, String> set) {
    for (String key : SET_BY_THE_SANDBOX.getOrDefault(kind, List.of())) {
      if (set.containsKey(key)) {
        throw new InvalidSettingException(
            kind.name() + "." + key,
            "cannot be set in the sandbox, where nothing leaves the machine; remove it, or set mode"
                + " to live");
      }
    }
    Map<String, String> settings = new HashMap<>(set);
    settings.putAll(leadingHere(kind));
    return settings;
  }

  private Map<String, String> leadingHere(ChannelKind kind) {
    String nameServer = "127.0.0.1:" + world.dnsAddress().getPort();
    if (kind.equals(OWN_SERVERS)) {
      return Map.of(
          "dns-server",
          nameServer,
          "port",
          String.valueOf(world.smtpAddress().getPort()),
          "bounce-listen",
          "127.0.0.1:0",
          "mta-sts-port",
          String.valueOf(world.policies().port()),
          "mta-sts-networks",
          LOOPBACK,
          "authorities",
          world.policies().authorityCertificate());
    }
    if (kind.equals(GoogleAccounts.KIND)) {
      return google.settings();
    }
    if (kind.equals(COMPANY_SERVERS)) {
      Map<String, String> settings =
          new HashMap<>(new MicrosoftAccounts(world.company().microsoft()).settings());
      settings.put("dns-server", nameServer);
      settings.put("networks", LOOPBACK);
      return settings;
    }
    return Map.of();
  }

  /** Publishes what the providers ask for, and leads bounces back to their listeners. */
  public void connect(Providers providers) {
    providers.all().forEach(this::publish);
    providers
        .find(OWN_SERVERS)
        .filter(MscProvider.class::isInstance)
        .map(MscProvider.class::cast)
        .flatMap(MscProvider::bounceAddress)
        .ifPresent(this::leadBounces);
  }

  private void publish(ChannelProvider provider) {
    provider.setup().stream()
        .flatMap(step -> step.records().stream())
        .filter(dns -> dns.type() == DnsRecord.Type.TXT)
        .forEach(dns -> world.publishTxt(dns.name(), dns.value()));
  }

  private void leadBounces(InetSocketAddress listener) {
    world.leadMail(platformDomain, listener);
  }

  /** What the recipients got, as the HTTP API shows it. */
  private SandboxInbox inbox() {
    return new SimulatedMailboxes(world.inbox());
  }

  /** What the HTTP API shows of the world. */
  public SandboxView view() {
    return new SandboxView(
        inbox(),
        () -> List.of(mailServer()),
        () -> List.of(google.shown()),
        new SimulatedRecords(world));
  }

  /** The company's own mail server. */
  public CompanyServer company() {
    SimulatedCompany company = world.company();
    return new CompanyServer(
        SimulatedCompany.HOST,
        company.startTlsAddress().getPort(),
        company.tlsAddress().getPort(),
        SimulatedCompany.PASSWORD,
        company.authorityCertificate(),
        company.serverFingerprint());
  }

  private MailServer mailServer() {
    CompanyServer company = company();
    return new MailServer(
        company.host(),
        company.startTlsPort(),
        company.tlsPort(),
        "sandy@acme.example",
        company.password(),
        company.authority(),
        Arrays.stream(Quirk.values())
            .map(
                quirk ->
                    new SandboxMailServers.Quirk(quirk.label() + "@acme.example", quirk.summary()))
            .toList());
  }

  /** The name server of the world. */
  public InetSocketAddress nameServer() {
    return world.dnsAddress();
  }

  /** The Sent folder of a provider's account in which the message lies. */
  public Optional<String> sentFolderWith(String messageId) {
    return google.sentFolderWith(messageId);
  }

  /** How many messages some recipient got more than once. */
  public int arrivedTwice() {
    return world.inbox().repeated().size();
  }

  @Override
  public void close() {
    world.close();
  }
}
