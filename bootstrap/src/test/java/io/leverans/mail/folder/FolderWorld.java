package io.leverans.mail.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.leverans.mail.mime.ReturnPathTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the provider stands in during a test. */
final class FolderWorld {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final TeamId TEAM = new TeamId(7);

  private static final byte[] KEY = ReturnPathTokens.newKey();
  private static final PlatformKeys KEYS = (_, _) -> KEY.clone();

  private FolderWorld() {}

  static FolderProvider provider(Shelf shelf, Map<String, String> settings) {
    return new FolderProvider(
        new ProviderContext(
            "mail.test",
            new ProviderSettings(settings),
            KEYS,
            InstantSource.fixed(NOW),
            SendingNodes.ALONE),
        shelf);
  }

  static OpenChannel channel(Map<String, String> settings) {
    return new OpenChannel(
        new ChannelId(new UUID(0, 1)), FolderProviderFactory.KIND, new ChannelSettings(settings));
  }

  static Dispatch dispatch(String... recipients) {
    return new Dispatch(
        TEAM,
        new DispatchId(UUID.randomUUID()),
        new MessageId(UUID.randomUUID()),
        EmailAddress.parse("author@example.org"),
        Octets.of("Subject: hello\r\n\r\nHello.\r\n".getBytes(UTF_8)),
        Arrays.stream(recipients)
            .map(EmailAddress::parse)
            .map(recipient -> new Envelope(new DeliveryId(UUID.randomUUID()), recipient))
            .toList(),
        new Lane("into a folder"),
        Optional.empty(),
        Optional.empty(),
        1,
        NOW);
  }

  static String tokenFor(DeliveryId delivery) {
    return new ReturnPathTokens(KEY).tokenFor(TEAM, delivery, NOW);
  }

  static List<Path> filesIn(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
