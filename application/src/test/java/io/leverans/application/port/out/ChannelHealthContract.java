package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.out.Channels.HealthChange;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelHealth.Connected;
import io.leverans.domain.channel.ChannelHealth.Doubted;
import io.leverans.domain.channel.ChannelHealth.NeedsAttention;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link Channels} promises of their health. */
public interface ChannelHealthContract extends StoreContract {
  ChannelFault REFUSED =
      new ChannelFault(
          Cause.CREDENTIALS_REFUSED, "535 no", "Enter the password again.", Certainty.PRESUMED);
  ChannelFault SPENT =
      new ChannelFault(Cause.QUOTA_SPENT, "552 enough", "It goes on by itself.", Certainty.CERTAIN);

  /** As if the channel's fault had been met first longer ago by this. */
  void ageFault(ChannelId channel, Duration by);

  private Channels channels() {
    return store().channels();
  }

  @Test
  default void a_fault_that_may_pass_is_only_doubt_at_first_and_nobody_is_told() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());

    assertThat(faulted(colleagues, channel, REFUSED)).isEqualTo(HealthChange.DOUBTED);

    Doubted doubted = assertInstanceOf(Doubted.class, health(colleagues, channel));
    assertThat(doubted.fault()).isEqualTo(REFUSED);
    assertThat(doubted.since()).isAfterOrEqualTo(channel.connectedAt());
    assertThat(colleagues.told(EventKind.CHANNEL_NEEDS_ATTENTION)).isEmpty();
    assertThat(untold(channel)).isEmpty();
  }

  @Test
  default void before_a_minute_is_over_it_is_still_doubt() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, REFUSED);
    ageFault(channel.id(), Duration.ofSeconds(30));
    ChannelHealth before = health(colleagues, channel);

    assertThat(faulted(colleagues, channel, REFUSED)).isEqualTo(HealthChange.NONE);
    assertThat(health(colleagues, channel)).isEqualTo(before);
  }

  @Test
  default void met_again_a_minute_later_it_needs_attention_since_the_first_time() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, REFUSED);
    ageFault(channel.id(), Duration.ofMinutes(1));
    Doubted doubted = assertInstanceOf(Doubted.class, health(colleagues, channel));

    assertThat(faulted(colleagues, channel, REFUSED)).isEqualTo(HealthChange.NEEDS_ATTENTION);

    assertThat(health(colleagues, channel))
        .isEqualTo(new NeedsAttention(REFUSED, doubted.since(), Optional.empty()));
    assertThat(colleagues.told(EventKind.CHANNEL_NEEDS_ATTENTION))
        .singleElement()
        .satisfies(
            data ->
                assertThat(data)
                    .containsEntry("channelId", channel.id().value().toString())
                    .containsEntry("kind", "kind-own")
                    .containsEntry("label", "Own server")
                    .containsEntry("cause", "CREDENTIALS_REFUSED")
                    .containsEntry("words", "535 no")
                    .containsEntry("remedy", "Enter the password again."));
  }

  @Test
  default void a_certain_fault_needs_attention_at_once_until_its_time_is_over() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());

    assertThat(
            channels().faulted(colleagues.team(), channel, SPENT, Optional.of(Duration.ofHours(1))))
        .isEqualTo(HealthChange.NEEDS_ATTENTION);

    NeedsAttention health = assertInstanceOf(NeedsAttention.class, health(colleagues, channel));
    assertThat(health.until()).contains(health.since().plus(Duration.ofHours(1)));
    assertThat(health.at(health.since())).isEqualTo(Readiness.AT_FAULT);
    assertThat(health.at(health.since().plus(Duration.ofHours(1)))).isEqualTo(Readiness.READY);
  }

  @Test
  default void of_attempts_that_meet_a_fault_at_once_one_makes_it_known() throws Exception {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());

    List<HealthChange> changes = atTheSameTime(4, _ -> faulted(colleagues, channel, SPENT));

    assertThat(changes).containsOnlyOnce(HealthChange.NEEDS_ATTENTION);
    assertThat(colleagues.told(EventKind.CHANNEL_NEEDS_ATTENTION)).hasSize(1);
  }

  @Test
  default void a_fault_of_another_cause_is_told_as_well() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, SPENT);
    channels().ownerTold(colleagues.team(), channel.id());

    assertThat(faulted(colleagues, channel, REFUSED)).isEqualTo(HealthChange.NEEDS_ATTENTION);

    assertThat(colleagues.told(EventKind.CHANNEL_NEEDS_ATTENTION))
        .extracting(data -> data.get("cause"))
        .containsExactly("QUOTA_SPENT", "CREDENTIALS_REFUSED");
    assertThat(untold(channel)).isPresent();
  }

  @Test
  default void a_fault_that_has_no_end_any_more_is_told_as_well() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var hour = Optional.of(Duration.ofHours(1));
    assertThat(channels().faulted(colleagues.team(), channel, SPENT, hour))
        .isEqualTo(HealthChange.NEEDS_ATTENTION);
    channels().ownerTold(colleagues.team(), channel.id());
    assertThat(channels().faulted(colleagues.team(), channel, SPENT, hour))
        .isEqualTo(HealthChange.NONE);
    assertThat(untold(channel)).isEmpty();

    assertThat(faulted(colleagues, channel, SPENT)).isEqualTo(HealthChange.NEEDS_ATTENTION);

    assertThat(colleagues.told(EventKind.CHANNEL_NEEDS_ATTENTION)).hasSize(2);
    assertThat(untold(channel)).isPresent();
  }

  @Test
  default void a_channel_that_works_again_is_connected_and_told_of() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, SPENT);

    assertThat(worked(colleagues, channel)).isEqualTo(HealthChange.RECOVERED);
    assertThat(worked(colleagues, channel)).isEqualTo(HealthChange.NONE);

    assertThat(health(colleagues, channel)).isEqualTo(new Connected());
    assertThat(colleagues.told(EventKind.CHANNEL_RECOVERED))
        .extracting(data -> data.get("channelId"))
        .containsExactly(channel.id().value().toString());
    assertThat(untold(channel)).isEmpty();
  }

  @Test
  default void a_doubt_that_was_wrong_is_told_to_nobody() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, REFUSED);

    assertThat(worked(colleagues, channel)).isEqualTo(HealthChange.RECOVERED);

    assertThat(health(colleagues, channel)).isEqualTo(new Connected());
    assertThat(colleagues.told(EventKind.CHANNEL_RECOVERED)).isEmpty();
  }

  @Test
  default void a_channel_that_is_reconnected_is_connected_under_the_same_id() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, SPENT);
    var secrets = new SealedSecrets("b3RoZXI=");

    Channel reconnected =
        channels()
            .reconnect(colleagues.team(), channel.id(), ChannelSettings.NONE, secrets)
            .orElseThrow();

    assertThat(reconnected)
        .isEqualTo(
            new Channel(
                channel.id(),
                channel.kind(),
                channel.owner(),
                ChannelSettings.NONE,
                secrets,
                new Connected(),
                channel.connectedAt(),
                channel.preferences()));
    assertThat(channels().find(colleagues.team(), channel.id())).contains(reconnected);
    assertThat(colleagues.sender.told())
        .endsWith(EventKind.CHANNEL_RECOVERED, EventKind.CHANNEL_CHANGED);
  }

  @Test
  default void a_fault_of_what_a_channel_was_connected_with_before_says_nothing_of_it_now() {
    var colleagues = new Colleagues(store());
    Channel before = colleagues.connected(colleagues.ofTeam());
    var secrets = new SealedSecrets("b3RoZXI=");
    var settings = new ChannelSettings(Map.of("host", "other.example"));
    Channel otherSecrets = reconnected(colleagues, before, before.settings(), secrets);
    Channel otherSettings = reconnected(colleagues, before, settings, secrets);

    assertThat(faulted(colleagues, before, SPENT)).isEqualTo(HealthChange.NONE);
    assertThat(faulted(colleagues, otherSecrets, SPENT)).isEqualTo(HealthChange.NONE);

    assertThat(health(colleagues, before)).isEqualTo(new Connected());
    assertThat(colleagues.told(EventKind.CHANNEL_NEEDS_ATTENTION)).isEmpty();
    assertThat(faulted(colleagues, otherSettings, SPENT)).isEqualTo(HealthChange.NEEDS_ATTENTION);
  }

  private Channel reconnected(
      Colleagues colleagues, Channel channel, ChannelSettings settings, SealedSecrets secrets) {
    return channels().reconnect(colleagues.team(), channel.id(), settings, secrets).orElseThrow();
  }

  @Test
  default void a_fault_of_access_that_was_renewed_since_is_out_of_date() {
    var colleagues = new Colleagues(store());
    Channel before = colleagues.connected(colleagues.ofTeam());
    var renewal =
        assertInstanceOf(
            Channels.SecretsRenewal.Asked.class,
            channels()
                .renewSecrets(
                    colleagues.team(),
                    before.id(),
                    _ -> Optional.of(new SealedSecrets("b3RoZXI="))));

    assertThat(faulted(colleagues, before, SPENT)).isEqualTo(HealthChange.NONE);

    assertThat(faulted(colleagues, renewal.channel(), SPENT))
        .isEqualTo(HealthChange.NEEDS_ATTENTION);
  }

  @Test
  default void the_owner_is_told_once_of_each_fault() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.of(colleagues.member));
    var _ = faulted(colleagues, channel, SPENT);
    assertThat(untold(channel)).map(Channel::health).get().isInstanceOf(NeedsAttention.class);

    channels().ownerTold(colleagues.team(), channel.id());
    assertThat(untold(channel)).isEmpty();
    assertThat(faulted(colleagues, channel, SPENT)).isEqualTo(HealthChange.NONE);
    assertThat(untold(channel)).isEmpty();

    var _ = worked(colleagues, channel);
    var _ = faulted(colleagues, channel, SPENT);
    assertThat(untold(channel)).isPresent();
  }

  @Test
  default void a_removed_channel_has_no_health_any_more() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = faulted(colleagues, channel, SPENT);

    assertThat(channels().remove(colleagues.team(), channel.id(), colleagues.terms)).isPresent();

    assertThat(faulted(colleagues, channel, SPENT)).isEqualTo(HealthChange.NONE);
    assertThat(worked(colleagues, channel)).isEqualTo(HealthChange.NONE);
    assertThat(untold(channel)).isEmpty();
    assertThat(colleagues.told(EventKind.CHANNEL_RECOVERED)).isEmpty();
  }

  @Test
  default void the_platforms_channel_has_a_health_that_no_team_is_told_of() {
    var colleagues = new Colleagues(store());
    var id = new ChannelId(store().ids().next());
    Channel channel =
        channels()
            .keepPlatformChannel(
                new NewChannel(
                    id,
                    new ChannelKind("kind-health"),
                    "Platform",
                    new ChannelOwner.Platform(),
                    ChannelSettings.NONE,
                    SealedSecrets.NONE));

    assertThat(faulted(colleagues, channel, SPENT)).isEqualTo(HealthChange.NEEDS_ATTENTION);
    assertThat(health(new Colleagues(store()), channel)).isInstanceOf(NeedsAttention.class);
    assertThat(untold(channel)).isEmpty();
    assertThat(worked(colleagues, channel)).isEqualTo(HealthChange.RECOVERED);

    assertThat(colleagues.sender.told())
        .doesNotContain(EventKind.CHANNEL_NEEDS_ATTENTION, EventKind.CHANNEL_RECOVERED);
  }

  private HealthChange faulted(Colleagues colleagues, Channel channel, ChannelFault fault) {
    return channels().faulted(colleagues.team(), channel, fault, Optional.empty());
  }

  private HealthChange worked(Colleagues colleagues, Channel channel) {
    return channels().worked(colleagues.team(), channel.id());
  }

  private ChannelHealth health(Colleagues colleagues, Channel channel) {
    return channels().find(colleagues.team(), channel.id()).orElseThrow().health();
  }

  private Optional<Channel> untold(Channel channel) {
    return channels().withUntoldFault(1000).stream()
        .filter(found -> found.id().equals(channel.id()))
        .findFirst();
  }
}
