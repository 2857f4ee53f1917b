package io.leverans.bootstrap.settings;

import static io.leverans.bootstrap.settings.SettingKey.CHANNELS;
import static io.leverans.bootstrap.settings.SettingKey.DATABASE_CONNECTIONS;
import static io.leverans.bootstrap.settings.SettingKey.DATABASE_PASSWORD;
import static io.leverans.bootstrap.settings.SettingKey.DATABASE_URL;
import static io.leverans.bootstrap.settings.SettingKey.DATABASE_USER;
import static io.leverans.bootstrap.settings.SettingKey.DISPATCH_CONCURRENCY;
import static io.leverans.bootstrap.settings.SettingKey.DISPATCH_LEASE;
import static io.leverans.bootstrap.settings.SettingKey.DISPATCH_STOP_WITHIN;
import static io.leverans.bootstrap.settings.SettingKey.DNS_SERVER;
import static io.leverans.bootstrap.settings.SettingKey.HTTP_HOST;
import static io.leverans.bootstrap.settings.SettingKey.HTTP_PORT;
import static io.leverans.bootstrap.settings.SettingKey.HTTP_PUBLIC_URL;
import static io.leverans.bootstrap.settings.SettingKey.MESSAGE_MAX_SIZE;
import static io.leverans.bootstrap.settings.SettingKey.METRICS_LISTEN;
import static io.leverans.bootstrap.settings.SettingKey.MODE;
import static io.leverans.bootstrap.settings.SettingKey.OPERATOR_ADDRESS;
import static io.leverans.bootstrap.settings.SettingKey.PLATFORM_DOMAIN;
import static io.leverans.bootstrap.settings.SettingKey.PLATFORM_WHEN_IN_DOUBT;
import static io.leverans.bootstrap.settings.SettingKey.ROLES;
import static io.leverans.bootstrap.settings.SettingKey.SYSTEM_MAIL_CHANNEL;
import static io.leverans.bootstrap.settings.SettingKey.SYSTEM_MAIL_FROM;

import io.leverans.application.port.out.KeptMail.Part;
import io.leverans.application.port.provider.DurationText;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.web.Mode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of a deployment, checked. */
public final class Settings {
  /** Reserved for such use (RFC 2606): nobody outside can own it. */
  private static final String SANDBOX_DOMAIN = "leverans.test";

  /** Who the system's own mail is from. */
  private static final String SYSTEM_AUTHOR = "leverans";

  private static final int MAX_PORT = 65_535;
  private static final int DNS_PORT = 53;

  private static final int MEGABYTE = 1024 * 1024;
  private static final int LARGEST_MESSAGE = 100 * MEGABYTE;

  private static final HostAndPort NAME_SERVER =
      new HostAndPort(DNS_SERVER, "a name server such as 192.0.2.53:53", DNS_PORT);
  private static final HostAndPort METRICS_ADDRESS =
      new HostAndPort(
          METRICS_LISTEN, "an address such as 127.0.0.1:9464", HostAndPort.NO_USUAL_PORT);

  private final SortedMap<String, String> values;

  private Settings(SortedMap<String, String> values) {
    this.values = values;
  }

  /**
   * Checks every value.
   *
   * @throws InvalidSettingException naming the first key that is unknown or whose value cannot be
   *     used
   */
  public static Settings of(Map<String, String> values) {
    var settings = new Settings(new TreeMap<>(values));
    settings.check();
    return settings;
  }

  private void check() {
    List<String> kinds = channels().stream().map(ChannelKind::name).toList();
    for (String key : values.keySet()) {
      boolean known =
          SettingKey.find(key).isPresent()
              || kinds.stream().anyMatch(kind -> key.startsWith(kind + "."));
      if (!known) {
        throw new InvalidSettingException(
            key,
            "there is no such setting; there are %s, and those of the channels %s under their names"
                .formatted(
                    String.join(
                        ", ", Arrays.stream(SettingKey.values()).map(SettingKey::key).toList()),
                    String.join(", ", kinds)));
      }
    }
    var _ = mode();
    var _ = roles();
    var _ = httpPort();
    var _ = publicUrl();
    var _ = metricsAddress();
    var _ = database();
    var _ = databaseConnections();
    var _ = platformDomain();
    var _ = dnsServer();
    var _ = systemMailChannel();
    var _ = systemMailFrom();
    var _ = operatorAddress();
    var _ = maxMessageSize();
    var _ = keyset();
    var _ = dispatchConcurrency();
    var _ = lease();
    var _ = stopWithin();
    var _ = whenInDoubt();
    var _ = retrySchedules();
    var _ = retention();
  }

  public Mode mode() {
    return reader().choice(MODE.key(), Mode.SANDBOX);
  }

  public Path dataFolder() {
    return Path.of(text(SettingKey.DATA)).toAbsolutePath().normalize();
  }

  /** What this node does: one thing at least. */
  public Set<Role> roles() {
    return Role.read(values.getOrDefault(ROLES.key(), ROLES.fallback()));
  }

  public List<ChannelKind> channels() {
    try {
      List<ChannelKind> kinds =
          Arrays.stream(text(CHANNELS).split(","))
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .map(ChannelKind::new)
              .distinct()
              .toList();
      if (kinds.isEmpty()) {
        throw new IllegalArgumentException("at least one kind of channel is needed");
      }
      return kinds;
    } catch (IllegalArgumentException e) {
      throw invalid(CHANNELS, e);
    }
  }

  public String httpHost() {
    return text(HTTP_HOST);
  }

  public int httpPort() {
    return number(HTTP_PORT, 0, MAX_PORT);
  }

  /** The host and the port together. */
  public ListeningAddress listeningAddress() {
    return new ListeningAddress(httpHost(), httpPort());
  }

  /** Where people reach the API; absent if it follows from what is listened on. */
  public Optional<URI> publicUrl() {
    return reader().find(HTTP_PUBLIC_URL.key()).map(Settings::webAddress);
  }

  /** Where Prometheus finds the metrics; nowhere if absent. */
  public Optional<InetSocketAddress> metricsAddress() {
    return reader().find(METRICS_LISTEN.key()).map(METRICS_ADDRESS::parse);
  }

  /** A PostgreSQL of the operator's own; the embedded one is used if absent. */
  public Optional<DatabaseAddress> database() {
    try {
      return reader()
          .find(DATABASE_URL.key())
          .map(url -> new DatabaseAddress(url, text(DATABASE_USER), text(DATABASE_PASSWORD)));
    } catch (IllegalArgumentException e) {
      throw invalid(DATABASE_URL, e);
    }
  }

  public int databaseConnections() {
    return number(DATABASE_CONNECTIONS, 2, 1000);
  }

  public String platformDomain() {
    Optional<String> domain = reader().find(PLATFORM_DOMAIN.key());
    if (domain.isEmpty() && mode() == Mode.LIVE) {
      throw new InvalidSettingException(
          PLATFORM_DOMAIN.key(), "is missing: live mode needs a domain of your own");
    }
    return domain.map(Settings::domain).orElse(SANDBOX_DOMAIN);
  }

  /** Who is asked about sender domains; those of the system if absent. */
  public Optional<InetSocketAddress> dnsServer() {
    Optional<String> server = reader().find(DNS_SERVER.key());
    if (server.isPresent() && mode() == Mode.SANDBOX) {
      throw new InvalidSettingException(
          DNS_SERVER.key(),
          "cannot be set in the sandbox, where the simulated world is asked; remove it, or set mode"
              + " to live");
    }
    return server.map(NAME_SERVER::parse);
  }

  public ChannelKind systemMailChannel() {
    ChannelKind kind = namedSystemMailChannel().orElseGet(() -> channels().getFirst());
    if (!channels().contains(kind)) {
      throw new InvalidSettingException(
          SYSTEM_MAIL_CHANNEL.key(), "'" + kind.name() + "' is not among the channels offered");
    }
    return kind;
  }

  private Optional<ChannelKind> namedSystemMailChannel() {
    try {
      return reader().find(SYSTEM_MAIL_CHANNEL.key()).map(ChannelKind::new);
    } catch (IllegalArgumentException e) {
      throw invalid(SYSTEM_MAIL_CHANNEL, e);
    }
  }

  public Mailbox systemMailFrom() {
    try {
      return reader()
          .find(SYSTEM_MAIL_FROM.key())
          .map(Mailbox::parse)
          .orElseGet(
              () ->
                  new Mailbox(
                      Optional.of("Leverans"), new EmailAddress(SYSTEM_AUTHOR, platformDomain())));
    } catch (IllegalArgumentException e) {
      throw invalid(SYSTEM_MAIL_FROM, e);
    }
  }

  /** Who is told of what is wrong with the platform; the operator's team if absent. */
  public Optional<EmailAddress> operatorAddress() {
    try {
      return reader().find(OPERATOR_ADDRESS.key()).map(EmailAddress::parse);
    } catch (IllegalArgumentException e) {
      throw invalid(OPERATOR_ADDRESS, e);
    }
  }

  public long maxMessageSize() {
    return number(MESSAGE_MAX_SIZE, 1024, LARGEST_MESSAGE);
  }

  public int dispatchConcurrency() {
    return number(DISPATCH_CONCURRENCY, 1, 10_000);
  }

  public Duration lease() {
    return duration(DISPATCH_LEASE);
  }

  /** For how long a stop waits for the attempts under way. */
  public Duration stopWithin() {
    return duration(DISPATCH_STOP_WITHIN);
  }

  /** What becomes of doubts on the platform's own channels. */
  public WhenInDoubt whenInDoubt() {
    return reader().choice(PLATFORM_WHEN_IN_DOUBT.key(), WhenInDoubt.HOLD);
  }

  /** When mail is tried again, for each kind of channel. */
  public RetrySchedules retrySchedules() {
    return new Retries(reader()).of(channels());
  }

  /** What of that may be set for a kind alone, with the value that holds. */
  public SortedMap<String, String> retriesOf(ChannelKind kind) {
    return new Retries(reader()).effective(kind);
  }

  /** How old what is kept of mail becomes; what is kept for ever is not among it. */
  public Map<Part, Duration> retention() {
    return Retention.read(this::text);
  }

  /** What is set for the provider of a kind of channel, without the kind's name. */
  public Map<String, String> ofKind(ChannelKind kind) {
    String prefix = kind.name() + ".";
    Map<String, String> ofKind = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && !Retries.isOne(key.substring(prefix.length()))) {
            ofKind.put(key.substring(prefix.length()), value);
          }
        });
    return ofKind;
  }

  /** Every setting of the service with the value that holds, secrets masked. */
  public SortedMap<String, String> effective() {
    SortedMap<String, String> effective = new TreeMap<>();
    for (SettingKey key : SettingKey.values()) {
      effective.put(
          key.key(),
          switch (key.visibility()) {
            case OPEN -> text(key);
            case SECRET -> masked(text(key));
          });
    }
    return effective;
  }

  /** In place of a secret. */
  public static String masked(String value) {
    return value.isEmpty() ? "" : "********";
  }

  /** Where the keyset that guards stored secrets comes from. */
  public KeysetSource keyset() {
    return KeysetSource.read(reader(), dataFolder());
  }

  private ProviderSettings reader() {
    return new ProviderSettings(values);
  }

  private String text(SettingKey key) {
    return reader().find(key.key()).orElse(key.fallback());
  }

  private int number(SettingKey key, int least, int most) {
    return reader().number(key.key(), Integer.parseInt(key.fallback()), least, most);
  }

  private Duration duration(SettingKey key) {
    return reader().duration(key.key(), DurationText.parse(key.fallback()));
  }

  private static String domain(String text) {
    try {
      return new EmailAddress(SYSTEM_AUTHOR, text).domain();
    } catch (IllegalArgumentException _) {
      throw new InvalidSettingException(
          PLATFORM_DOMAIN.key(), "'" + text + "' is not a domain name such as mail.example.com");
    }
  }

  private static URI webAddress(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // told below, as for an address of another scheme
    }
    throw new InvalidSettingException(
        HTTP_PUBLIC_URL.key(), "'" + text + "' is not an address such as https://mail.example.com");
  }

  private static InvalidSettingException invalid(SettingKey key, IllegalArgumentException e) {
    return new InvalidSettingException(key.key(), String.valueOf(e.getMessage()));
  }
}
