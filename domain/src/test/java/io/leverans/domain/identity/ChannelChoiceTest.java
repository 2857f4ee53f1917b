package io.leverans.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.identity.ChannelChoice.Reason;
import io.leverans.domain.identity.Identity.Standing;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelChoiceTest {
  private static final TeamId TEAM = new TeamId(1);
  private static final MemberId MEMBER = new MemberId(new UUID(1, 0));
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /** Channels by a letter for the owner and a number for their age: p1, t2, m3. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # standing, chosen, open, channel, reason
          DEFAULT,    '', 'p1',          p1, PLATFORM
          ADDITIONAL, '', 'p1',          p1, PLATFORM
          DEFAULT,    '', 'p1 m2',       m2, ONLY_CHANNEL
          ADDITIONAL, '', 'p1 m2',       m2, ONLY_CHANNEL
          DEFAULT,    '', 'p1 m2 m3',    p1, PLATFORM
          ADDITIONAL, '', 'p1 m2 m3',    p1, PLATFORM
          DEFAULT,    '', 'p1 t2',       t2, TEAM_CHANNEL
          ADDITIONAL, '', 'p1 t2',       p1, PLATFORM
          DEFAULT,    '', 'p1 t2 m3',    t2, TEAM_CHANNEL
          ADDITIONAL, '', 'p1 t2 m3',    m3, ONLY_CHANNEL
          DEFAULT,    '', 'p1 t2 m3 m4', t2, TEAM_CHANNEL
          DEFAULT,    '', 'p1 t3 t2',    t2, TEAM_CHANNEL
          ADDITIONAL, '', 'p1 t2 m3 m4', p1, PLATFORM
          DEFAULT,    m3, 'p1 t2 m3',    m3, CHOSEN
          DEFAULT,    t2, 'p1 t2 m3',    t2, CHOSEN
          ADDITIONAL, t2, 'p1 t2 m3',    t2, CHOSEN
          DEFAULT,    p1, 'p1 t2 m3',    p1, CHOSEN
          DEFAULT,    m9, 'p1 t2 m3',    t2, TEAM_CHANNEL
          ADDITIONAL, m9, 'p1 t2 m3',    m3, ONLY_CHANNEL
          ADDITIONAL, m9, 'p1 t2',       p1, PLATFORM
          DEFAULT,    '', '',            p1, PLATFORM
          """)
  void the_strongest_reason_decides(
      Standing standing, String chosen, String open, String channel, Reason reason) {
    assertThat(
            ChannelChoice.decide(
                standing, optional(chosen).map(ChannelChoiceTest::id), channels(open), id("p1")))
        .isEqualTo(new ChannelChoice(id(channel), reason));
  }

  @Test
  void of_team_channels_as_old_as_each_other_always_the_same_one_is_used() {
    List<Channel> open = List.of(channel("t2", NOON), channel("t3", NOON));
    assertThat(ChannelChoice.decide(Standing.DEFAULT, Optional.empty(), open, id("p1")))
        .isEqualTo(
            ChannelChoice.decide(Standing.DEFAULT, Optional.empty(), open.reversed(), id("p1")));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void somebody_chose_it_only_where_that_is_the_reason(Reason reason) {
    var choice = new ChannelChoice(id("m1"), reason);
    assertThat(choice.chosen())
        .isEqualTo(reason == Reason.CHOSEN ? Optional.of(id("m1")) : Optional.empty());
  }

  private static Optional<String> optional(String name) {
    return Optional.of(name).filter(given -> !given.isEmpty());
  }

  private static List<Channel> channels(String names) {
    return Arrays.stream(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(name -> channel(name, NOON.plusSeconds(age(name))))
        .toList();
  }

  private static Channel channel(String name, Instant connectedAt) {
    ChannelOwner owner =
        switch (name.charAt(0)) {
          case 'p' -> new ChannelOwner.Platform();
          case 't' -> new ChannelOwner.OfTeam(TEAM);
          default -> new ChannelOwner.OfMember(TEAM, MEMBER);
        };
    return new Channel(
        id(name),
        new ChannelKind("kind"),
        owner,
        ChannelSettings.NONE,
        SealedSecrets.NONE,
        new ChannelHealth.Connected(),
        connectedAt,
        ChannelPreferences.ofNew(name));
  }

  private static ChannelId id(String name) {
    return new ChannelId(new UUID(name.charAt(0), age(name)));
  }

  private static int age(String name) {
    return Integer.parseInt(name.substring(1));
  }
}
