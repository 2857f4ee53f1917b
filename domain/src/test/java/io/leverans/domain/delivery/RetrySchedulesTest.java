package io.leverans.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetrySchedulesTest {
  private static final RetrySchedule USUAL = givingUpAfter(2);
  private static final RetrySchedule OF_THE_KIND = givingUpAfter(3);
  private static final RetrySchedule OWN = givingUpAfter(4);
  private static final ChannelKind PAPER = new ChannelKind("paper");
  private static final ChannelKind STONE = new ChannelKind("stone");

  private final RetrySchedules schedules = new RetrySchedules(USUAL, Map.of(PAPER, OF_THE_KIND));

  private static RetrySchedule givingUpAfter(int days) {
    return new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(days));
  }

  private static Channel channel(ChannelKind kind, Optional<RetrySchedule> own) {
    return new Channel(
        new ChannelId(new UUID(0, 1)),
        kind,
        new ChannelOwner.Platform(),
        ChannelSettings.NONE,
        SealedSecrets.NONE,
        new ChannelHealth.Connected(),
        Instant.EPOCH,
        ChannelPreferences.ofNew("Post").retried(own));
  }

  @Test
  void the_owners_schedule_comes_before_that_of_the_kind_and_that_before_the_usual_one() {
    assertThat(schedules.of(channel(PAPER, Optional.of(OWN)))).isEqualTo(OWN);
    assertThat(schedules.of(channel(STONE, Optional.of(OWN)))).isEqualTo(OWN);
    assertThat(schedules.of(channel(PAPER, Optional.empty()))).isEqualTo(OF_THE_KIND);
    assertThat(schedules.of(channel(STONE, Optional.empty()))).isEqualTo(USUAL);
  }

  @Test
  void mail_whose_channel_was_removed_has_the_usual_one() {
    assertThat(schedules.of(Optional.empty())).isEqualTo(USUAL);
    assertThat(schedules.of(Optional.of(channel(PAPER, Optional.of(OWN))))).isEqualTo(OWN);
  }

  @Test
  void a_channel_keeps_its_schedule_whatever_its_health_and_whoever_sees_it() {
    Channel channel = channel(PAPER, Optional.of(OWN));

    assertThat(channel.in(new ChannelHealth.Connected()).retrySchedule()).contains(OWN);
    assertThat(channel.undisclosed().retrySchedule()).contains(OWN);
  }
}
