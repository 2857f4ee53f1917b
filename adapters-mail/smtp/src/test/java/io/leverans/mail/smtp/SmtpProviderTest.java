package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.identity.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpProviderTest {
  private final TestWorld world = new TestWorld();
  private final SmtpProvider provider = world.provider();

  @AfterEach
  void close() {
    provider.close();
    world.close();
  }

  @Test
  void it_is_found_by_the_service_loader() {
    assertThat(ServiceLoader.load(ChannelProviderFactory.class))
        .anyMatch(factory -> factory.kind().name().equals("smtp"));
  }

  @Test
  void by_default_bounces_stay_with_the_sender_and_recipients_travel_together() {
    Capabilities capabilities = provider.capabilities(ChannelSettings.NONE);
    assertThat(capabilities.bounceCapture())
        .isEqualTo(Capabilities.BounceCapture.TO_SENDERS_MAILBOX);
    assertThat(capabilities.grouping()).isEqualTo(Grouping.ANY_SUBSET);
    assertThat(capabilities.acceptedMeans()).isEqualTo(Evidence.RELAY);
    assertThat(capabilities.via()).isEqualTo(Capabilities.Via.NOT_SHOWN);
    assertThat(capabilities.identities()).isEqualTo(Capabilities.Identities.ANY_THE_SERVER_ALLOWS);
    assertThat(capabilities.limits()).isEmpty();
  }

  @Test
  void signed_return_paths_bring_bounces_back_and_part_the_recipients() {
    var settings = new ChannelSettings(Map.of("host", "mail.example.com", "verp", "on"));
    Capabilities capabilities = provider.capabilities(settings);
    assertThat(capabilities.bounceCapture()).isEqualTo(Capabilities.BounceCapture.ALWAYS);
    assertThat(capabilities.grouping()).isEqualTo(Grouping.ONE_RECIPIENT);
    try (SmtpProvider without = world.provider("verp", "refused")) {
      assertThat(without.capabilities(settings))
          .isEqualTo(without.capabilities(ChannelSettings.NONE));
    }
  }

  @Test
  void as_many_attempts_speak_on_a_channels_lane_as_it_has_connections() {
    var settings = new ChannelSettings(Map.of("host", "mail.example.com", "connections", "3"));

    assertThat(provider.conversations(settings)).hasValue(3);
  }

  @Test
  void a_well_known_servers_limits_are_the_channels() {
    var settings = new ChannelSettings(Map.of("host", "smtp.office365.com"));
    assertThat(provider.capabilities(settings).limits())
        .extracting(Limit::atMost, Limit::counted, Limit::window)
        .containsExactly(
            tuple(30, Limit.Counted.MESSAGES, Duration.ofMinutes(1)),
            tuple(10_000, Limit.Counted.RECIPIENTS, Duration.ofDays(1)));
  }

  @Test
  void hosts_of_every_region_are_known() {
    assertThat(WellKnownServer.ALL)
        .filteredOn(server -> server.isAt("email-smtp.eu-north-1.amazonaws.com"))
        .singleElement()
        .matches(server -> server.preset().name().equals("amazon-ses"));
    assertThat(WellKnownServer.ALL).noneMatch(server -> server.isAt("email-smtp.evil.example"));
  }

  @Test
  void a_lane_is_one_channels_own() {
    var recipients = List.of(EmailAddress.parse("anna@example.com"));
    Lane one = provider.lane(recipients, channel(new UUID(0, 1)));
    assertThat(one)
        .isEqualTo(provider.lane(recipients, channel(new UUID(0, 1))))
        .isNotEqualTo(provider.lane(recipients, channel(new UUID(0, 2))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          networks                | everywhere
          hostname                | my host
          dns-server              | 127.0.0.1:99999
          dns-timeout             | soon
          verp                    | yes
          return-path-domain      | localhost
          connect-timeout         | 0s
          messages-per-connection | none
          """)
  void a_setting_that_cannot_be_used_is_named(String key, String value) {
    assertThatThrownBy(() -> world.provider(key, value))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void what_is_described_as_usual_can_be_set() {
    List<DeploymentSetting> settings = new SmtpProviderFactory().settings();
    String[] usual =
        settings.stream()
            .filter(setting -> !setting.fallback().isEmpty())
            .flatMap(setting -> List.of(setting.key(), setting.fallback()).stream())
            .toArray(String[]::new);
    assertThat(usual).isNotEmpty();
    world.provider(usual).close();
  }

  private static Channel channel(UUID id) {
    return new Channel(
        new ChannelId(id),
        SmtpProviderFactory.KIND,
        new ChannelOwner.OfTeam(TestWorld.TEAM),
        ChannelSettings.NONE,
        SealedSecrets.NONE,
        new ChannelHealth.Connected(),
        Instant.EPOCH,
        ChannelPreferences.ofNew("Exchange"));
  }
}
