package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What {@link Channels} promises of the channels themselves. */
public interface ChannelsContract extends StoreContract {
  private Channels channels() {
    return store().channels();
  }

  @Test
  default void the_platform_has_one_channel_of_a_kind_also_when_two_nodes_start_at_once()
      throws Exception {
    var kind = new ChannelKind("kind-one");

    List<Channel> made = atTheSameTime(4, _ -> platformChannel(kind));

    assertThat(made).containsOnly(made.getFirst());
    assertThat(made.getFirst().owner()).isEqualTo(new ChannelOwner.Platform());
    assertThat(platformChannel(kind)).isEqualTo(made.getFirst());
  }

  @Test
  default void the_platforms_channel_is_open_to_every_member() {
    var sender = new Sender(store());
    Channel channel = platformChannel(new ChannelKind("kind-two"));

    assertThat(channels().openTo(sender.admin())).contains(channel);
    assertThat(channels().find(sender.team(), channel.id())).contains(channel);
    assertThat(channels().find(sender.team(), new ChannelId(store().ids().next()))).isEmpty();
  }

  @Test
  default void the_platforms_channel_is_not_overwritten_by_what_was_sealed_for_another_id() {
    var kind = new ChannelKind("kind-three");
    Channel first = channels().keepPlatformChannel(platforms(kind, newId(), "one", "b25l"));

    assertThat(channels().keepPlatformChannel(platforms(kind, newId(), "two", "dHdv")))
        .isEqualTo(first);
    assertThat(first.settings().find("host")).contains("one");
  }

  @Test
  default void the_platforms_channel_is_connected_anew_by_other_settings_or_secrets_only() {
    var sender = new Sender(store());
    var kind = new ChannelKind("kind-four");
    NewChannel kept = platforms(kind, newId(), "one", "b25l");
    Channel first = channels().keepPlatformChannel(kept);
    var fault = new ChannelFault(Cause.CREDENTIALS_REFUSED, "535 no", "Mend.", Certainty.CERTAIN);

    for (NewChannel other :
        List.of(
            platforms(kind, first.id(), "two", "b25l"),
            platforms(kind, first.id(), "two", "dHdv"))) {
      NewChannel same =
          platforms(
              kind,
              first.id(),
              found(sender, first).settings().find("host").orElseThrow(),
              found(sender, first).secrets().base64());
      var _ = channels().faulted(sender.team(), found(sender, first), fault, Optional.empty());
      assertThat(channels().keepPlatformChannel(same).health())
          .isInstanceOf(ChannelHealth.NeedsAttention.class);

      Channel renewed = channels().keepPlatformChannel(other);
      assertThat(renewed.health()).isEqualTo(new ChannelHealth.Connected());
      assertThat(renewed.settings()).isEqualTo(other.settings());
      assertThat(renewed.secrets()).isEqualTo(other.secrets());
    }
  }

  @Test
  default void how_a_channel_connects_is_not_replaced_over_what_changed_since_it_was_read()
      throws Exception {
    var colleagues = new Colleagues(store());
    Channel read = colleagues.connected(colleagues.ofTeam());
    var settings = new ChannelSettings(Map.of("host", "other.example"));

    List<Channels.Replacement> two =
        atTheSameTime(
            2,
            which ->
                channels()
                    .replace(
                        colleagues.team(),
                        read,
                        settings,
                        new SealedSecrets(which == 0 ? "b25l" : "dHdv"),
                        UnaryOperator.identity()));

    assertThat(two).hasAtLeastOneElementOfType(Channels.Replacement.Replaced.class);
    assertThat(two).contains(new Channels.Replacement.Outdated());
    Channel after = channels().find(colleagues.team(), read.id()).orElseThrow();
    assertThat(two).contains(new Channels.Replacement.Replaced(after));
    assertThat(after.settings()).isEqualTo(settings);
    assertThat(colleagues.told(EventKind.CHANNEL_CHANGED)).hasSize(1);

    var _ =
        channels()
            .renewSecrets(
                colleagues.team(), read.id(), _ -> Optional.of(new SealedSecrets("cm90YXRlZA==")));
    assertThat(
            channels()
                .replace(colleagues.team(), after, settings, after.secrets(), _ -> fail("asked")))
        .isEqualTo(new Channels.Replacement.Outdated());
    assertThat(channels().remove(colleagues.team(), read.id(), colleagues.terms)).isPresent();
    assertThat(
            channels()
                .replace(colleagues.team(), after, settings, after.secrets(), _ -> fail("asked")))
        .isEqualTo(new Channels.Replacement.Gone());
  }

  @Test
  default void a_channel_is_found_over_all_teams_by_its_settings_until_it_is_removed() {
    var colleagues = new Colleagues(store());
    var others = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    Channel theirs = others.connected(others.of(others.member));
    var account = new ChannelSettings(Map.of("account", colleagues.team().toString()));
    for (Channel one : List.of(channel, theirs)) {
      Colleagues owners = one.equals(channel) ? colleagues : others;
      assertThat(channels().reconnect(owners.team(), one.id(), account, new SealedSecrets("dHdv")))
          .isPresent();
    }

    assertThat(channels().remove(others.team(), theirs.id(), others.terms))
        .hasValueSatisfying(
            removal -> {
              assertThat(removal.channel().settings()).isEqualTo(account);
              assertThat(removal.channel().secrets()).isEqualTo(new SealedSecrets("dHdv"));
            });
    assertThat(channels().findAny(Colleagues.KIND, account::equals)).contains(channel.id());
    assertThat(channels().findAny(new ChannelKind("kind-else"), account::equals)).isEmpty();
    assertThat(channels().remove(colleagues.team(), channel.id(), colleagues.terms)).isPresent();
    assertThat(channels().findAny(Colleagues.KIND, account::equals)).isEmpty();
  }

  @Test
  default void secrets_are_renewed_by_one_at_a_time_who_sees_what_the_last_one_stored()
      throws Exception {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var beside = new AtomicInteger();
    var most = new AtomicInteger();

    List<Channels.SecretsRenewal> renewed =
        atTheSameTime(
            4,
            _ ->
                channels()
                    .renewSecrets(
                        colleagues.team(),
                        channel.id(),
                        found -> {
                          most.accumulateAndGet(beside.incrementAndGet(), Math::max);
                          beside.decrementAndGet();
                          return Optional.of(new SealedSecrets(found.secrets().base64() + "AAAA"));
                        }));

    assertThat(renewed).hasOnlyElementsOfType(Channels.SecretsRenewal.Asked.class);
    assertThat(most).hasValue(1);
    assertThat(channels().find(colleagues.team(), channel.id()).orElseThrow().secrets().base64())
        .isEqualTo(channel.secrets().base64() + "AAAA".repeat(4));
  }

  @Test
  default void secrets_that_need_no_renewal_stay_and_of_a_channel_that_is_gone_nobody_is_asked() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());

    assertThat(channels().renewSecrets(colleagues.team(), channel.id(), _ -> Optional.empty()))
        .isEqualTo(new Channels.SecretsRenewal.Asked(channel));
    assertThat(
            channels()
                .renewSecrets(
                    colleagues.team(),
                    new ChannelId(store().ids().next()),
                    _ -> {
                      throw new AssertionError("asked");
                    }))
        .isEqualTo(new Channels.SecretsRenewal.Gone());
  }

  @Test
  default void members_see_the_platforms_their_teams_and_their_own_channels() {
    var colleagues = new Colleagues(store());
    Channel platforms = platformChannel(new ChannelKind("kind-five"));
    Channel teams = colleagues.connected(colleagues.ofTeam());
    Channel own = colleagues.connected(colleagues.of(colleagues.member));
    Channel admins = colleagues.connected(colleagues.of(colleagues.admin));

    assertThat(channels().openTo(colleagues.member))
        .contains(platforms, teams, own)
        .doesNotContain(admins);
    assertThat(channels().openTo(colleagues.admin))
        .contains(platforms, teams, admins)
        .doesNotContain(own);
    assertThat(channels().ofTeam(colleagues.team())).contains(platforms, teams, own, admins);
  }

  @Test
  default void a_teams_channels_are_not_there_for_others() {
    var colleagues = new Colleagues(store());
    Channel teams = colleagues.connected(colleagues.ofTeam());
    Channel own = colleagues.connected(colleagues.of(colleagues.member));
    var others = new Colleagues(store());

    assertThat(channels().ofTeam(others.team())).doesNotContain(teams, own);
    assertThat(channels().openTo(others.member)).doesNotContain(teams, own);
    assertThat(channels().find(others.team(), teams.id())).isEmpty();
    assertThat(channels().change(others.team(), teams.id(), before -> before.labelled("Mine")))
        .isEmpty();
    assertThat(
            channels()
                .reconnect(others.team(), teams.id(), ChannelSettings.NONE, SealedSecrets.NONE))
        .isEmpty();
    assertThat(channels().remove(others.team(), teams.id(), others.terms)).isEmpty();
    assertThat(channels().find(colleagues.team(), teams.id())).contains(teams);
  }

  @Test
  default void a_channel_is_given_back_as_it_was_connected_and_told_of() {
    var colleagues = new Colleagues(store());
    NewChannel asked = colleagues.channel(colleagues.of(colleagues.member));

    Channel connected = channels().connect(asked, colleagues.terms).channel();

    assertThat(connected)
        .isEqualTo(
            new Channel(
                asked.id(),
                asked.kind(),
                asked.owner(),
                asked.settings(),
                asked.secrets(),
                new ChannelHealth.Connected(),
                connected.connectedAt(),
                ChannelPreferences.ofNew(asked.label())));
    assertThat(channels().find(colleagues.team(), asked.id())).contains(connected);
    assertThat(colleagues.told(EventKind.CHANNEL_CONNECTED))
        .containsExactly(
            Map.of(
                "channelId", asked.id().value().toString(),
                "kind", "kind-own",
                "label", "Own server"));
  }

  @Test
  default void the_platforms_channel_is_changed_by_no_team() {
    var colleagues = new Colleagues(store());
    Channel channel = platformChannel(new ChannelKind("kind-six"));

    assertThat(
            channels().change(colleagues.team(), channel.id(), before -> before.labelled("Mine")))
        .isEmpty();
    assertThat(
            channels()
                .reconnect(
                    colleagues.team(), channel.id(), Colleagues.SETTINGS, Colleagues.SECRETS))
        .isEmpty();
    assertThat(channels().remove(colleagues.team(), channel.id(), colleagues.terms)).isEmpty();
    assertThat(channels().find(colleagues.team(), channel.id())).contains(channel);
  }

  @Test
  default void a_channel_that_was_removed_is_not_there_any_more() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());

    assertThat(channels().remove(colleagues.team(), channel.id(), colleagues.terms)).isPresent();

    assertThat(channels().find(colleagues.team(), channel.id())).isEmpty();
    assertThat(channels().ofTeam(colleagues.team())).doesNotContain(channel);
    assertThat(channels().openTo(colleagues.member)).doesNotContain(channel);
    assertThat(
            channels().change(colleagues.team(), channel.id(), before -> before.labelled("Back")))
        .isEmpty();
    assertThat(channels().remove(colleagues.team(), channel.id(), colleagues.terms)).isEmpty();
    assertThat(colleagues.told(EventKind.CHANNEL_REMOVED))
        .extracting(data -> data.get("channelId"))
        .containsExactly(channel.id().value().toString());
  }

  @Test
  default void neither_secrets_nor_settings_are_told_or_shown_by_accident() {
    var colleagues = new Colleagues(store());
    NewChannel asked = colleagues.channel(colleagues.ofTeam());
    Channel channel = channels().connect(asked, colleagues.terms).channel();

    for (Object shown : List.of(asked, channel, colleagues.sender.events())) {
      assertThat(shown.toString())
          .doesNotContain(Colleagues.SECRETS.base64())
          .doesNotContain("mail.example");
    }
  }

  private Channel found(Sender sender, Channel channel) {
    return channels().find(sender.team(), channel.id()).orElseThrow();
  }

  private ChannelId newId() {
    return new ChannelId(store().ids().next());
  }

  private Channel platformChannel(ChannelKind kind) {
    return channels()
        .keepPlatformChannel(
            new NewChannel(
                newId(),
                kind,
                "Platform",
                new ChannelOwner.Platform(),
                ChannelSettings.NONE,
                SealedSecrets.NONE));
  }

  private static NewChannel platforms(ChannelKind kind, ChannelId id, String host, String secrets) {
    return new NewChannel(
        id,
        kind,
        "Platform",
        new ChannelOwner.Platform(),
        new ChannelSettings(Map.of("host", host)),
        new SealedSecrets(secrets));
  }
}
