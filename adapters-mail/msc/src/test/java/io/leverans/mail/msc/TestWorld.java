package io.leverans.mail.msc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.provider.PlatformKeys;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.ProviderSettings;
import io.leverans.application.port.provider.SendingNodes;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import io.leverans.mail.mime.ReturnPathTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a provider stands in during a test. */
final class TestWorld {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final TeamId TEAM = new TeamId(7);
  static final OpenChannel CHANNEL =
      new OpenChannel(new ChannelId(new UUID(0, 1)), MscProviderFactory.KIND, ChannelSettings.NONE);
  static final Channel PLATFORMS =
      new Channel(
          CHANNEL.id(),
          CHANNEL.kind(),
          new ChannelOwner.Platform(),
          ChannelSettings.NONE,
          SealedSecrets.NONE,
          new ChannelHealth.Connected(),
          NOW,
          ChannelPreferences.ofNew("Platform"));
  static final String CONTENT = "Subject: hello\r\n\r\nHello.\r\n";

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  private final PlatformKeys platformKeys =
      (name, maker) -> keys.computeIfAbsent(name, _ -> maker.get());

  /** A provider with these settings, a key and a value in turn, and quick and quiet ones. */
  MscProvider provider(String... settings) {
    Map<String, String> values = new HashMap<>();
    values.put("domain", "mail.test");
    values.put("bounce-listen", "127.0.0.1:0");
    values.put("dkim", "off");
    values.put("connect-timeout", "2s");
    values.put("command-timeout", "2s");
    values.put("dns-timeout", "2s");
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    return MscProvider.of(
        new ProviderContext(
            "mail.test",
            new ProviderSettings(values),
            platformKeys,
            InstantSource.fixed(NOW),
            SendingNodes.ALONE));
  }

  ReturnPathTokens tokens() {
    return new ReturnPathTokens(
        platformKeys.obtain("return-path-1", () -> new byte[ReturnPathTokens.KEY_OCTETS]));
  }

  /** On a lane from before lanes were named by destinations, which is as good as any. */
  static Dispatch dispatch(String... recipients) {
    return dispatch(new Lane("a lane"), 1, recipients);
  }

  static Dispatch dispatch(Lane lane, int attempt, String... recipients) {
    return new Dispatch(
        TEAM,
        new DispatchId(UUID.randomUUID()),
        new MessageId(UUID.randomUUID()),
        EmailAddress.parse("author@example.org"),
        Octets.of(CONTENT.getBytes(UTF_8)),
        Arrays.stream(recipients)
            .map(EmailAddress::parse)
            .map(recipient -> new Envelope(new DeliveryId(UUID.randomUUID()), recipient))
            .toList(),
        lane,
        Optional.empty(),
        Optional.empty(),
        attempt,
        NOW);
  }
}
