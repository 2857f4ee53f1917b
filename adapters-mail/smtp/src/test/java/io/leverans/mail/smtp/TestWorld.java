package io.leverans.mail.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.provider.FilledIn;
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
import io.leverans.mail.conversation.TestDns;
import io.leverans.mail.mime.ReturnPathTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a provider stands in during a test. */
final class TestWorld implements AutoCloseable {
  static final TeamId TEAM = new TeamId(7);
  static final ChannelId CHANNEL = new ChannelId(new UUID(0, 1));
  static final String CONTENT = "Subject: hello\r\n\r\nHello.\r\n";

  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();
  private final PlatformKeys platformKeys =
      (name, maker) -> keys.computeIfAbsent(name, _ -> maker.get());
  private final TestDns dns = new TestDns().with("mail.test", "A 127.0.0.1");
  private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");

  TestDns dns() {
    return dns;
  }

  Instant now() {
    return now;
  }

  void set(Instant time) {
    now = time;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A provider with these settings, a key and a value in turn, and quick ones. */
  SmtpProvider provider(String... settings) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "networks",
                "public, 127.0.0.0/8",
                "dns-server",
                dns.address().toString(),
                "dns-timeout",
                "2s",
                "connect-timeout",
                "2s",
                "command-timeout",
                "2s",
                "kept-timeout",
                "2s",
                "data-timeout",
                "2s",
                "final-dot-timeout",
                "2s"));
    values.putAll(pairs(settings));
    return SmtpProvider.of(
        new ProviderContext(
            "platform.test",
            new ProviderSettings(values),
            platformKeys,
            () -> now,
            SendingNodes.ALONE));
  }

  ReturnPathTokens tokens() {
    return new ReturnPathTokens(
        platformKeys.obtain(ReturnPathTokens.KEY_NAME, ReturnPathTokens::newKey));
  }

  /** The channel that comes of filling in these fields, a name and a value in turn. */
  static OpenChannel channel(SmtpProvider provider, String... fields) {
    if (!(provider.read(pairs(fields)) instanceof FilledIn.Complete(var settings, var secrets))) {
      throw new IllegalArgumentException(provider.read(pairs(fields)).toString());
    }
    Map<String, String> values = new HashMap<>(settings.values());
    values.putAll(secrets);
    return new OpenChannel(CHANNEL, SmtpProviderFactory.KIND, new ChannelSettings(values));
  }

  static Map<String, String> pairs(String... texts) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < texts.length; i += 2) {
      pairs.put(texts[i], texts[i + 1]);
    }
    return pairs;
  }

  Dispatch dispatch(String... recipients) {
    return dispatch(
        Octets.of(CONTENT.getBytes(UTF_8)),
        Arrays.stream(recipients)
            .map(EmailAddress::parse)
            .map(recipient -> new Envelope(new DeliveryId(UUID.randomUUID()), recipient))
            .toList());
  }

  Dispatch dispatch(Octets content, List<Envelope> envelopes) {
    return new Dispatch(
        TEAM,
        new DispatchId(UUID.randomUUID()),
        new MessageId(new UUID(0, 5)),
        EmailAddress.parse("sandy@bücher.example"),
        content,
        envelopes,
        new Lane("through channel"),
        Optional.empty(),
        Optional.empty(),
        1,
        now);
  }

  @Override
  public void close() {
    dns.close();
  }
}
