package io.leverans.bootstrap.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every setting of the service itself. Those of a kind of channel stand under the kind's name. */
public enum SettingKey {
  MODE(
      "mode",
      "sandbox",
      "sandbox: all recipients are simulated, nothing leaves; live: mail goes out"),
  DATA(
      "data",
      "data",
      "folder for the embedded database, the keys, and large requests while they are answered"),
  ROLES(
      "roles",
      "api, dispatch, bounces",
      "what this node does: api serves the HTTP API, dispatch sends, bounces takes in reports; some"
          + " of them, separated by commas, where several nodes share a database"),
  CHANNELS("channels", "msc, smtp, gmail", "kinds of channel to offer, separated by commas"),
  HTTP_HOST("http.host", "127.0.0.1", "address that the HTTP API listens on"),
  HTTP_PORT("http.port", "8025", "port that the HTTP API listens on; 0 takes a free one"),
  HTTP_PUBLIC_URL(
      "http.public-url",
      "",
      "where people reach the HTTP API, for links in mail; by default the host and port listened"
          + " on"),
  METRICS_LISTEN(
      "metrics.listen",
      "",
      "address that /metrics is served at, as host:port, for Prometheus; nothing is served if"
          + " empty"),
  DATABASE_URL(
      "database.url", "", "JDBC URL of a PostgreSQL of your own; the embedded one if empty"),
  DATABASE_USER("database.user", "", "user of your own PostgreSQL"),
  DATABASE_PASSWORD("database.password", "", "password of your own PostgreSQL", Visibility.SECRET),
  DATABASE_CONNECTIONS(
      "database.connections",
      "16",
      "connections kept to the database; up to 3 more while access to accounts is renewed"),
  SYSTEM_MAIL_CHANNEL(
      "system-mail.channel",
      "",
      "kind of platform channel for the system's own mail; by default the first of channels"),
  SYSTEM_MAIL_FROM(
      "system-mail.from",
      "",
      "author of the system's own mail; by default leverans@ the platform's domain"),
  OPERATOR_ADDRESS(
      "operator.address",
      "",
      "who is written to when the platform's own servers are refused, better not a mailbox that"
          + " they send to; by default the proved addresses of the admins of the operator's team,"
          + " team 1"),
  SECRETS_KEYSET_FILE(
      "secrets.keyset-file",
      "",
      "file with the keyset that guards stored secrets, made if there is none; by default"
          + " keys/secrets.json in the data folder"),
  SECRETS_KEYSET(
      "secrets.keyset",
      "",
      "that keyset itself, such as from the environment; in place of a file",
      Visibility.SECRET),
  SECRETS_KEYSET_COMMAND(
      "secrets.keyset-command",
      "",
      "program that prints that keyset, with its arguments; in place of a file"),
  PLATFORM_DOMAIN(
      "platform.domain", "", "the platform's own domain, as in Message-IDs; required in live mode"),
  PLATFORM_WHEN_IN_DOUBT(
      "platform.when-in-doubt",
      "hold",
      "what becomes of mail on the platform's own channels when nobody can find out whether it was"
          + " taken: hold waits for a person, resend may send it twice, assume-sent may lose it"),
  DNS_SERVER(
      "dns.server",
      "",
      "name server that is asked about sender domains, as host:port; by default those of the"
          + " system"),
  MESSAGE_MAX_SIZE("message.max-size", "36700160", "largest composed message, in octets"),
  DISPATCH_CONCURRENCY("dispatch.concurrency", "256", "attempts that run at the same time"),
  DISPATCH_LEASE(
      "dispatch.lease", "25s", "after which another node takes over what a dead one had begun"),
  DISPATCH_STOP_WITHIN(
      "dispatch.stop-within",
      "8s",
      "how long a stop takes at most for attempts under way: what has not been handed over after"
          + " half of it is left to other nodes, and the other half is for the answers to the"
          + " rest"),
  RETRY_FIRST_PAUSE(
      "retry.first-pause",
      "5m",
      "pause after the first attempt; each further one is twice as long, and each up to 15 %"
          + " longer, so that what was refused together comes again apart"),
  RETRY_LONGEST_PAUSE(
      "retry.longest-pause", "4h", "no pause is longer, unless the next hop asks for it"),
  RETRY_GIVE_UP_AFTER("retry.give-up-after", "2d", "how long a delivery is tried"),
  RETENTION_TRANSCRIPTS(
      "retention.transcripts",
      "30d",
      "how long the conversation of each attempt is kept, from its start; forever for no end"),
  RETENTION_BODIES(
      "retention.bodies",
      "90d",
      "how long the content of a message is kept, from its acceptance, the latest attempt and the"
          + " latest report on it; forever for no end"),
  RETENTION_REPORTS(
      "retention.reports",
      "90d",
      "how long bounces and other reports are kept as they came; forever for no end"),
  RETENTION_ENDED(
      "retention.ended",
      "90d",
      "how long is kept what is over: entries of the suppression list, failures counted against"
          + " addresses, orders to try again, and imports; forever for no end");

  private final String key;
  private final String fallback;
  private final String meaning;
  private final Visibility visibility;

  SettingKey(String key, String fallback, String meaning) {
    this(key, fallback, meaning, Visibility.OPEN);
  }

  SettingKey(String key, String fallback, String meaning, Visibility visibility) {
    this.key = key;
    this.fallback = fallback;
    this.meaning = meaning;
    this.visibility = visibility;
  }

  /** As written in the configuration file. */
  public String key() {
    return key;
  }

  /** What holds if it is not set; empty if that depends on others. */
  public String fallback() {
    return fallback;
  }

  public String meaning() {
    return meaning;
  }

  /** The environment variable that overrides it. */
  public String variable() {
    return SettingSources.PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Whether its value may be shown. */
  public Visibility visibility() {
    return visibility;
  }

  static Optional<SettingKey> find(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  static Optional<SettingKey> ofVariable(String variable) {
    return Arrays.stream(values())
        .filter(setting -> setting.variable().equals(variable))
        .findFirst();
  }

  /** Whether a value may be printed. */
  public enum Visibility {
    OPEN,
    SECRET
  }
}
