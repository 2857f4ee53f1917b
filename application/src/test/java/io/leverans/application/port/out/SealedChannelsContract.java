package io.leverans.application.port.out;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.SealedChannels.Outcome;
import io.leverans.application.port.out.SealedChannels.SealedChannel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link SealedChannels} promises. */
public interface SealedChannelsContract {
  SealedChannels sealedChannels();

  /** Stores a channel of some owner, each time of another, with these secrets. */
  ChannelId connect(SealedSecrets sealed);

  @Test
  default void a_walk_meets_every_channel_with_secrets_once() {
    var connected = new ArrayList<ChannelId>();
    for (int i = 0; i < 5; i++) {
      connected.add(connect(sealed("walk " + i)));
    }
    ChannelId without = connect(SealedSecrets.NONE);

    var met = new ArrayList<ChannelId>();
    List<SealedChannel> batch = sealedChannels().next(Optional.empty(), 2);
    while (!batch.isEmpty()) {
      assertThat(batch).hasSizeLessThanOrEqualTo(2);
      batch.forEach(channel -> met.add(channel.id()));
      batch = sealedChannels().next(Optional.of(batch.getLast()), 2);
    }

    assertThat(met).containsAll(connected).doesNotContain(without).doesNotHaveDuplicates();
  }

  @Test
  default void secrets_are_replaced_only_as_long_as_they_are_those_that_were_found() {
    SealedChannel found = find(connect(sealed("old")));

    assertThat(sealedChannels().replace(found, sealed("new"))).isEqualTo(Outcome.REPLACED);
    assertThat(sealedChannels().replace(found, sealed("late")))
        .isEqualTo(Outcome.CHANGED_MEANWHILE);
    assertThat(find(found.id()).sealed()).isEqualTo(sealed("new"));
  }

  private SealedChannel find(ChannelId id) {
    Optional<SealedChannel> last = Optional.empty();
    while (true) {
      last = Optional.of(sealedChannels().next(last, 1).getFirst());
      if (last.get().id().equals(id)) {
        return last.get();
      }
    }
  }

  private static SealedSecrets sealed(String text) {
    return SealedSecrets.of(text.getBytes(UTF_8));
  }
}
