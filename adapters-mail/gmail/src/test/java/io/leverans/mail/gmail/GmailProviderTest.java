package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GmailProviderTest {
  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final TestWorld world = new TestWorld();
  private final GmailProvider provider = world.provider(google);

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @Test
  void it_is_found_by_the_service_loader() {
    assertThat(ServiceLoader.load(ChannelProviderFactory.class))
        .anyMatch(factory -> factory.kind().name().equals("gmail"));
  }

  @Test
  void mail_goes_out_as_the_account_and_a_copy_stays_there() {
    Capabilities capabilities = provider.capabilities(ChannelSettings.NONE);
    assertThat(capabilities.senderShown()).isEqualTo(Capabilities.SenderShown.CONNECTED_ACCOUNT);
    assertThat(capabilities.identities()).isEqualTo(Capabilities.Identities.CONNECTED_ACCOUNT_ONLY);
    assertThat(capabilities.via()).isEqualTo(Capabilities.Via.NOT_SHOWN);
    assertThat(capabilities.sentCopy()).isEqualTo(Capabilities.SentCopy.BY_PROVIDER);
    assertThat(capabilities.acceptedMeans()).isEqualTo(Evidence.PROVIDER);
    assertThat(capabilities.grouping()).isEqualTo(Grouping.WHOLE_MESSAGE);
    assertThat(capabilities.largestMessage()).contains(25L * 1024 * 1024);
  }

  @Test
  void limits_are_googles_for_the_sort_of_account() {
    assertThat(provider.capabilities(TestWorld.channel().settings()).limits())
        .extracting(Limit::atMost, Limit::counted, Limit::window)
        .containsExactly(
            tuple(1, Limit.Counted.MESSAGES, Duration.ofSeconds(1)),
            tuple(2000, Limit.Counted.MESSAGES, Duration.ofDays(1)),
            tuple(3000, Limit.Counted.RECIPIENTS, Duration.ofDays(1)));
    assertThat(provider.capabilities(personal()).limits())
        .extracting(Limit::atMost)
        .containsExactly(1, 500, 3000);
  }

  @Test
  void google_signs_for_its_own_domain_and_maybe_for_a_companys() {
    Author author = Author.of(Mailbox.parse("Carla <carla@elsewhere.example>"));
    assertThat(provider.authentication(author, personal()))
        .isEqualTo(new SenderAuthentication(Alignment.EXACT, Alignment.EXACT));
    assertThat(provider.authentication(author, TestWorld.channel().settings()))
        .isEqualTo(SenderAuthentication.UNKNOWN);
  }

  private static ChannelSettings personal() {
    return TestWorld.channel("address", "carla@gmail.com").settings();
  }

  @Test
  void channels_of_one_account_share_a_lane() {
    var anna = List.of(EmailAddress.parse("anna@example.com"));
    Channel channel =
        new Channel(
            TestWorld.CHANNEL,
            GmailProviderFactory.KIND,
            new ChannelOwner.OfTeam(TestWorld.TEAM),
            TestWorld.channel().settings(),
            SealedSecrets.NONE,
            new ChannelHealth.Connected(),
            Instant.EPOCH,
            ChannelPreferences.ofNew("Carla's"));
    assertThat(provider.lane(anna, channel).name()).isEqualTo("account 1001");
  }

  @Test
  void before_an_owner_consents_nothing_is_complete() {
    assertThat(provider.read(Map.of()))
        .isEqualTo(
            new FilledIn.NeedsConsent(new ChannelSettings(Map.of("read-access", "off")), Map.of()));
    assertThat(provider.read(Map.of("read-access", "perhaps"))).isInstanceOf(FilledIn.Faulty.class);
    assertThat(provider.read(Map.of("bounces", "perhaps"))).isInstanceOf(FilledIn.Faulty.class);
    assertThat(provider.read(Map.of("colour", "red"))).isInstanceOf(FilledIn.Faulty.class);
  }

  @Test
  void without_a_registration_the_operator_is_told_what_to_set() {
    try (GmailProvider bare = world.provider(google, "client-id", "")) {
      assertThat(bare.read(Map.of()))
          .isInstanceOfSatisfying(
              FilledIn.Faulty.class,
              faulty ->
                  assertThat(faulty.problems().toString())
                      .contains("gmail.client-id", "gmail.client-secret"));
      assertThat(bare.setup()).isNotEmpty();
    }
    assertThat(provider.setup()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          api-url         | http://gmail.example/
          token-url       | gopher://127.0.0.1/
          certs-url       | my house
          userinfo-url    | https://user@google.example/
          id-token        | blindly
          connect-timeout | soon
          client-secret   | ''
          """)
  void a_setting_that_cannot_be_used_is_named(String key, String value) {
    assertThatThrownBy(() -> world.provider(google, key, value))
        .isInstanceOfSatisfying(
            InvalidSettingException.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void what_is_described_as_usual_can_be_set() {
    List<DeploymentSetting> settings = new GmailProviderFactory().settings();
    String[] usual =
        settings.stream()
            .filter(setting -> !setting.fallback().isEmpty())
            .flatMap(setting -> List.of(setting.key(), setting.fallback()).stream())
            .toArray(String[]::new);
    assertThat(usual).isNotEmpty();
    assertThat(GmailSettings.of(world.context(TestWorld.pairs(usual)).settings()))
        .isEqualTo(GmailSettings.of(world.context(Map.of()).settings()));
  }
}
