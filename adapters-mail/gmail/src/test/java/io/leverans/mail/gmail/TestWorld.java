package io.leverans.mail.gmail;

import io.leverans.application.port.provider.PlatformKeys;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a provider stands in during a test. */
final class TestWorld {
  static final TeamId TEAM = new TeamId(7);
  static final ChannelId CHANNEL = new ChannelId(new UUID(0, 1));
  static final String ADDRESS = "carla@lemon.example";
  static final String SEND = "https://www.googleapis.com/auth/gmail.send";
  static final String READ = "https://www.googleapis.com/auth/gmail.readonly";
  static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  private final PlatformKeys platformKeys =
      (name, maker) -> keys.computeIfAbsent(name, _ -> maker.get());

  private volatile Instant now = NOW;

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A provider for whom that server is all of Google, and quick. */
  GmailProvider provider(ScriptedGoogle google, String... settings) {
    Map<String, String> values = new HashMap<>();
    values.put("client-id", "platform");
    values.put("client-secret", "open sesame");
    values.put("issuer", "https://accounts.google.test");
    values.put("connect-timeout", "1s");
    values.put("answer-timeout", "1s");
    values.put("upload-timeout", "5s");
    Map.of(
            "authorize-url", "/consent",
            "token-url", "/token",
            "revoke-url", "/revoke",
            "certs-url", "/certs",
            "userinfo-url", "/userinfo",
            "api-url", "/")
        .forEach((key, path) -> values.put(key, google.root() + path));
    values.putAll(pairs(settings));
    return GmailProvider.of(context(values), ScriptedGoogle.trust());
  }

  ProviderContext context(Map<String, String> settings) {
    return new ProviderContext(
        "platform.test",
        new ProviderSettings(settings),
        platformKeys,
        () -> now,
        SendingNodes.ALONE);
  }

  static Map<String, String> pairs(String... texts) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < texts.length; i += 2) {
      pairs.put(texts[i], texts[i + 1]);
    }
    return pairs;
  }

  /** Carla's channel, with these in place of what it holds usually. */
  static OpenChannel channel(String... changes) {
    Map<String, String> values = new HashMap<>();
    values.put("account", "1001");
    values.put("address", ADDRESS);
    values.put("scopes", "openid email " + SEND);
    values.put("read-access", "off");
    values.put("access-token", "access-1");
    values.put("refresh-token", "refresh-1");
    values.put("access-expires", NOW.plusSeconds(3600).toString());
    values.putAll(pairs(changes));
    values.values().removeIf(String::isEmpty);
    return new OpenChannel(CHANNEL, GmailProviderFactory.KIND, new ChannelSettings(values));
  }

  /** One whose owner lets us read. */
  static OpenChannel readingChannel() {
    return channel("read-access", "on", "scopes", "openid email " + SEND + " " + READ);
  }

  /** A message as it was composed, with those in its To who are not named in {@code fields}. */
  static Octets content(String fields, String body) {
    String text =
        "Date: Sun, 29 Nov 2026 11:00:00 +0000\r\nFrom: Carla <"
            + ADDRESS
            + ">\r\nMessage-ID: <m5@platform.test>\r\nSubject: hello\r\n"
            + fields
            + "\r\n"
            + body;
    return Octets.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** To all of these, openly. */
  static Dispatch dispatch(String... recipients) {
    return dispatch(
        content("To: " + String.join(",\r\n ", recipients) + "\r\n", "Hello.\r\n"), recipients);
  }

  static Dispatch dispatch(Octets content, String... recipients) {
    return dispatch(content, Optional.empty(), recipients);
  }

  static Dispatch dispatch(Octets content, Optional<String> answers, String... recipients) {
    return new Dispatch(
        TEAM,
        new DispatchId(UUID.randomUUID()),
        new MessageId(new UUID(0, 5)),
        EmailAddress.parse(ADDRESS),
        content,
        Arrays.stream(recipients)
            .map(EmailAddress::parse)
            .map(recipient -> new Envelope(new DeliveryId(UUID.randomUUID()), recipient))
            .toList(),
        new Lane("account 1001"),
        answers,
        Optional.empty(),
        1,
        NOW);
  }
}
