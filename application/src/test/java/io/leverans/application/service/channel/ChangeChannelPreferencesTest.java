package io.leverans.application.service.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.leverans.application.port.in.ChangeChannel.Command;
import io.leverans.application.port.in.ChangeChannel.PaceChange;
import io.leverans.application.port.in.ChangeChannel.Result;
import io.leverans.application.port.in.ChangeChannel.RetryChange;
import io.leverans.application.service.Deployment;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.PigeonProvider;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Limit.Counted;
import io.leverans.domain.channel.Limit.Scope;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is chosen for a channel, alone and together with how it connects. */
class ChangeChannelPreferencesTest {
  private static final Map<String, String> NEW_RING = Map.of(PigeonProvider.RING, "new-ring");
  private static final Pace SLOW =
      new Pace(List.of(new Limit(1, Counted.MESSAGES, Duration.ofDays(1), Scope.CHANNEL, "own")));
  private static final RetrySchedule HASTY =
      new RetrySchedule(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(5));
  private static final ChannelPreferences CHOSEN =
      new ChannelPreferences("North", Optional.of(SLOW), WhenInDoubt.RESEND, Optional.of(HASTY));

  private final OwnChannels own = new OwnChannels();
  private final Deployment deployment = own.deployment;
  private final Caller member = deployment.member;
  private final Channel channel = own.ofMember();

  @Test
  void a_pace_is_changed_without_asking_the_server_and_opens_the_lane_that_was_closed() {
    Lane lane = closedLane();

    Result result = change(new PaceChange.Own(SLOW));

    ChannelView after = assertInstanceOf(Result.Changed.class, result).channel();
    assertThat(after.capabilities().orElseThrow().limits()).isEqualTo(SLOW.limits());
    assertThat(own.pigeon.proved).isEmpty();
    assertThat(deployment.lanes.rooms(List.of(lane))).isEmpty();

    ChannelView usual =
        assertInstanceOf(Result.Changed.class, change(new PaceChange.Usual())).channel();
    assertThat(usual.capabilities().orElseThrow().limits()).isEqualTo(own.pigeon.limits);
  }

  @ParameterizedTest
  @MethodSource("withAndWithoutSettings")
  void the_pace_that_a_channel_has_already_opens_its_lane_as_well(Map<String, String> settings) {
    ChannelPreferences wish = channel.preferences().paced(Optional.of(SLOW));
    assertThat(change(toAllOf(wish, Map.of()))).isInstanceOf(Result.Changed.class);
    Lane lane = closedLane();

    assertThat(change(toAllOf(wish, settings))).isInstanceOf(Result.Changed.class);

    assertThat(deployment.lanes.rooms(List.of(lane))).isEmpty();
  }

  static List<Map<String, String>> withAndWithoutSettings() {
    return List.of(Map.of(), NEW_RING);
  }

  private Lane closedLane() {
    Lane lane = own.pigeon.lane(List.of(), channel);
    var _ = deployment.lanes.take(lane, SLOW, new Amount(1, 1), Duration.ZERO);
    assertThat(deployment.lanes.rooms(List.of(lane)).get(lane).messages()).isZero();
    return lane;
  }

  @Test
  void when_mail_is_tried_again_is_changed_without_asking_the_server_until_it_is_the_kinds_again() {
    Result result = change(new RetryChange.Own(HASTY));

    assertThat(assertInstanceOf(Result.Changed.class, result).channel().channel().retrySchedule())
        .contains(HASTY);
    assertThat(own.stored(channel).retrySchedule()).contains(HASTY);
    assertThat(own.pigeon.proved).isEmpty();

    assertThat(change(new RetryChange.Usual())).isInstanceOf(Result.Changed.class);
    assertThat(own.stored(channel)).isEqualTo(channel);
  }

  private Result change(RetryChange retry) {
    return change(
        new Command(
            member,
            channel.id(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(retry),
            Map.of()));
  }

  private Result change(PaceChange pace) {
    return change(new Command(member, channel.id(), Optional.empty(), Optional.of(pace), Map.of()));
  }

  @Test
  void a_label_is_changed_without_asking_the_server_or_the_kind() {
    Result result = own.changing(own.withoutPigeons).change(labelled(" North ", Map.of()));
    assertThat(assertInstanceOf(Result.Changed.class, result).findings()).isEmpty();
    assertThat(own.stored(channel).label()).isEqualTo("North");
    assertThat(own.pigeon.proved).isEmpty();
  }

  @Test
  void a_change_of_several_fields_is_one_change() {
    Result result = change(toAllOf(CHOSEN, Map.of()));
    Channel after = assertInstanceOf(Result.Changed.class, result).channel().channel();
    assertThat(after).isEqualTo(channel.preferring(CHOSEN)).isEqualTo(own.stored(channel));
    assertThat(deployment.channels.changes()).containsExactly(after);
    assertThat(own.pigeon.proved).isEmpty();
  }

  @Test
  void a_change_of_several_fields_and_of_settings_is_one_change() {
    Result result = change(toAllOf(CHOSEN, NEW_RING));
    Channel after = assertInstanceOf(Result.Changed.class, result).channel().channel();
    assertThat(after.preferences()).isEqualTo(CHOSEN);
    assertThat(after).isEqualTo(own.stored(channel));
    assertThat(own.seal.open(channel.id(), after.secrets())).isEqualTo(NEW_RING);
    assertThat(deployment.channels.changes()).containsExactly(after);
  }

  @Test
  void a_change_that_changes_nothing_tells_nothing() {
    assertThat(change(labelled(channel.label(), Map.of()))).isInstanceOf(Result.Changed.class);
    assertThat(
            change(new Command(member, channel.id(), Optional.empty(), Optional.empty(), Map.of())))
        .isInstanceOf(Result.Changed.class);
    assertThat(own.stored(channel)).isEqualTo(channel);
    assertThat(deployment.channels.changes()).isEmpty();
  }

  @Test
  void what_others_chose_while_new_settings_were_proved_is_not_undone() {
    own.pigeon.uponProof =
        () -> assertThat(change(new RetryChange.Own(HASTY))).isInstanceOf(Result.Changed.class);
    assertThat(change(labelled("North", NEW_RING))).isInstanceOf(Result.Changed.class);
    assertThat(own.stored(channel).preferences())
        .isEqualTo(ChannelPreferences.ofNew("North").retried(Optional.of(HASTY)));
  }

  private Command toAllOf(ChannelPreferences wish, Map<String, String> settings) {
    return new Command(
        member,
        channel.id(),
        Optional.of(wish.label()),
        wish.pace().map(PaceChange.Own::new),
        Optional.of(wish.whenInDoubt()),
        wish.retrySchedule().map(RetryChange.Own::new),
        settings);
  }

  private Command labelled(String label, Map<String, String> settings) {
    return new Command(member, channel.id(), Optional.of(label), Optional.empty(), settings);
  }

  private Result change(Command command) {
    return own.changing(own.providers).change(command);
  }
}
