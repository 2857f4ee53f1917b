package io.leverans.application.port.out;

import static io.leverans.application.port.out.Race.atTheSameTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Channels} promises. */
public interface ChannelsContract extends StoreContract {
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

    assertThat(store().channels().openTo(sender.admin())).contains(channel);
    assertThat(store().channels().find(sender.team(), channel.id())).contains(channel);
    assertThat(store().channels().find(sender.team(), new ChannelId(store().ids().next())))
        .isEmpty();
  }

  private Channel platformChannel(ChannelKind kind) {
    return store()
        .channels()
        .keepPlatformChannel(
            new NewChannel(
                new ChannelId(store().ids().next()),
                kind,
                "Platform",
                new ChannelOwner.Platform(),
                ChannelSettings.NONE,
                SealedSecrets.NONE));
  }
}
