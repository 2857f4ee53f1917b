package io.leverans.mail.smtp;

import io.leverans.application.port.provider.Connections;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.mail.conversation.ConversationOptions;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.NextHopConnections;
import io.leverans.mail.conversation.PoolLimits;
import io.leverans.mail.conversation.Timeouts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The lines of all channels that are in use on this node: one for each channel, which is replaced
 * when its settings change, and let go of when it is not used. Safe for use by many threads.
 */
final class ChannelLines implements AutoCloseable {
  private static final Duration UNUSED = Duration.ofMinutes(10);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_OCTETS = 32;

  private final SmtpSettings settings;
  private final InstantSource clock;
  private final SendingNodes nodes;
  private final ConcurrentMap<ChannelId, Entry> lines = new ConcurrentHashMap<>();
  private final SecretKeySpec fingerprintKey;
  private volatile Instant lookedThrough;

  private record Entry(Fingerprint fingerprint, ChannelLine line) {}

  /** Tells settings apart without holding them: of no use outside this process. */
  private record Fingerprint(String hex) {}

  ChannelLines(SmtpSettings settings, InstantSource clock, SendingNodes nodes) {
    this.settings = settings;
    this.clock = clock;
    this.nodes = nodes;
    this.lookedThrough = clock.instant();
    byte[] key = new byte[KEY_OCTETS];
    new SecureRandom().nextBytes(key);
    fingerprintKey = new SecretKeySpec(key, ALGORITHM);
  }

  /** That of a channel with these very settings. Connections with other settings are let go of. */
  ChannelLine of(OpenChannel channel) {
    letGoOfUnused();
    Fingerprint now = fingerprint(channel.settings());
    List<ChannelLine> replaced = new ArrayList<>();
    Entry entry =
        lines.compute(
            channel.id(),
            (_, present) -> {
              if (present != null && present.fingerprint().equals(now)) {
                return present;
              }
              if (present != null) {
                replaced.add(present.line());
              }
              return new Entry(now, open(ServerSettings.of(channel.settings())));
            });
    replaced.forEach(ChannelLine::close);
    entry.line().use();
    return entry.line();
  }

  /** That of a channel, if it is in use with these very settings. */
  Optional<ChannelLine> find(OpenChannel channel) {
    Entry entry = lines.get(channel.id());
    return entry != null && entry.fingerprint().equals(fingerprint(channel.settings()))
        ? Optional.of(entry.line())
        : Optional.empty();
  }

  /** Of so many connections from all nodes together, how many are for this one. */
  int ofThisNode(int connections) {
    return limits(connections).perDestinationHere();
  }

  /** Those of all channels. */
  Connections count() {
    return lines.values().stream()
        .map(entry -> entry.line().connections().count())
        .reduce(Connections.NONE, Connections::plus);
  }

  private PoolLimits limits(int connections) {
    return PoolLimits.ofOneServer(connections, settings.idle(), settings.messages())
        .sharedAmong(nodes);
  }

  private ChannelLine open(ServerSettings server) {
    PoolLimits limits = limits(server.connections());
    ConversationOptions options = options(server, settings.timeouts());
    return new ChannelLine(
        server, doorkeeper -> new NextHopConnections(options, limits, doorkeeper), clock);
  }

  /** A connection for a person who waits. */
  NextHopConnections forProof(ServerSettings server) {
    return new NextHopConnections(
        options(server, Timeouts.WHILE_SOMEONE_WAITS),
        PoolLimits.ofOneServer(1, settings.idle(), 1));
  }

  private ConversationOptions options(ServerSettings server, Timeouts timeouts) {
    return ConversationOptions.towardsOwnServer(
        server.ehloName().orElse(settings.hostname()),
        timeouts,
        switch (server.security()) {
          case TLS -> Encryption.IMPLICIT;
          case STARTTLS -> Encryption.STARTTLS_REQUIRED;
          case IF_OFFERED -> Encryption.WHEN_OFFERED;
          case NONE -> Encryption.NEVER;
        },
        server.trust(),
        server.credentials());
  }

  private void letGoOfUnused() {
    Instant now = clock.instant();
    if (now.isBefore(lookedThrough.plus(UNUSED))) {
      return;
    }
    lookedThrough = now;
    Instant limit = now.minus(UNUSED);
    lines.entrySet().stream()
        .filter(entry -> entry.getValue().line().lastUsed().isBefore(limit))
        .filter(entry -> lines.remove(entry.getKey(), entry.getValue()))
        .forEach(entry -> entry.getValue().line().close());
  }

  private Fingerprint fingerprint(ChannelSettings channel) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(fingerprintKey);
      new TreeMap<>(channel.values())
          .forEach(
              (name, value) -> {
                mac.update(digest(name));
                mac.update(digest(value));
              });
      return new Fingerprint(HexFormat.of().formatHex(mac.doFinal()));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + ALGORITHM, missing);
    }
  }

  /** Of one length, so that no two lists of texts run together to the same. */
  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  @Override
  public void close() {
    lines.values().forEach(entry -> entry.line().close());
  }
}
