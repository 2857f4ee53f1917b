package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What {@link Channels} promises of what whoever a channel belongs to chooses for it. */
public interface ChannelPreferencesContract extends StoreContract {
  ChannelPreferences CHOSEN =
      new ChannelPreferences(
          "Exchange",
          Optional.of(
              new Pace(
                  List.of(
                      limit(20, Counted.MESSAGES, Duration.ofMinutes(1)),
                      limit(5000, Counted.RECIPIENTS, Duration.ofDays(1))))),
          WhenInDoubt.RESEND,
          Optional.of(
              new RetrySchedule(Duration.ofSeconds(1), Duration.ofHours(7), Duration.ofDays(5))));

  private static Limit limit(int atMost, Counted counted, Duration window) {
    return new Limit(atMost, counted, window, Scope.CHANNEL, "own");
  }

  private Channels channels() {
    return store().channels();
  }

  @Test
  default void a_channel_that_is_new_has_a_label_and_the_rest_as_its_kind_has_it() {
    var colleagues = new Colleagues(store());

    assertThat(colleagues.connected(colleagues.ofTeam()).preferences())
        .isEqualTo(ChannelPreferences.ofNew("Own server"));
  }

  @Test
  default void a_change_of_several_preferences_is_stored_and_told_as_one() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());

    Channel changed = channels().change(colleagues.team(), channel.id(), _ -> CHOSEN).orElseThrow();

    assertThat(changed).isEqualTo(channel.preferring(CHOSEN));
    assertThat(channels().find(colleagues.team(), channel.id())).contains(changed);
    assertThat(colleagues.told(EventKind.CHANNEL_CHANGED))
        .extracting(data -> data.get("label"))
        .containsExactly("Exchange");
  }

  @Test
  default void a_change_that_changes_nothing_is_not_told() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    Channel changed = channels().change(colleagues.team(), channel.id(), _ -> CHOSEN).orElseThrow();

    assertThat(channels().change(colleagues.team(), channel.id(), _ -> CHOSEN)).contains(changed);

    assertThat(colleagues.told(EventKind.CHANNEL_CHANGED)).hasSize(1);
  }

  @Test
  default void preferences_are_stored_and_told_together_with_how_the_channel_connects() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var settings = new ChannelSettings(Map.of("host", "other.example"));
    var secrets = new SealedSecrets("b25l");

    Channels.Replacement replacement =
        channels().replace(colleagues.team(), channel, settings, secrets, _ -> CHOSEN);

    Channel after = channels().find(colleagues.team(), channel.id()).orElseThrow();
    assertThat(replacement).isEqualTo(new Channels.Replacement.Replaced(after));
    assertThat(after)
        .isEqualTo(
            new Channel(
                channel.id(),
                channel.kind(),
                channel.owner(),
                settings,
                secrets,
                new ChannelHealth.Connected(),
                channel.connectedAt(),
                CHOSEN));
    assertThat(colleagues.told(EventKind.CHANNEL_CHANGED))
        .extracting(data -> data.get("label"))
        .containsExactly("Exchange");
  }

  @Test
  default void of_several_changes_at_the_same_time_none_undoes_another() throws Exception {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    List<UnaryOperator<ChannelPreferences>> changes =
        List.of(
            before -> before.labelled(CHOSEN.label()),
            before -> before.paced(CHOSEN.pace()),
            before -> before.inDoubt(CHOSEN.whenInDoubt()),
            before -> before.retried(CHOSEN.retrySchedule()));

    var _ =
        atTheSameTime(
            changes.size(),
            which -> channels().change(colleagues.team(), channel.id(), changes.get(which)));

    assertThat(channels().find(colleagues.team(), channel.id()))
        .contains(channel.preferring(CHOSEN));
    assertThat(colleagues.told(EventKind.CHANNEL_CHANGED)).hasSize(changes.size());
  }

  @Test
  default void what_was_chosen_stays_whatever_else_is_changed_until_it_is_the_kinds_again() {
    var colleagues = new Colleagues(store());
    Channel channel = colleagues.connected(colleagues.ofTeam());
    var _ = channels().change(colleagues.team(), channel.id(), _ -> CHOSEN);

    var _ = channels().change(colleagues.team(), channel.id(), before -> before.labelled("Other"));
    var _ =
        channels()
            .reconnect(colleagues.team(), channel.id(), channel.settings(), channel.secrets());
    assertThat(channels().find(colleagues.team(), channel.id()))
        .map(Channel::preferences)
        .contains(CHOSEN.labelled("Other"));

    var _ =
        channels()
            .change(
                colleagues.team(),
                channel.id(),
                before ->
                    before
                        .labelled(channel.label())
                        .paced(Optional.empty())
                        .inDoubt(WhenInDoubt.HOLD)
                        .retried(Optional.empty()));
    assertThat(channels().find(colleagues.team(), channel.id())).contains(channel);
  }
}
