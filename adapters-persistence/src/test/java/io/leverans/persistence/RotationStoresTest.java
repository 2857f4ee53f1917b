package io.leverans.persistence;

import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.KeysetsContract;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistryContract;
import io.leverans.application.port.out.SealedChannels;
import io.leverans.application.port.out.SealedChannelsContract;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;

class RotationStoresTest implements KeysetsContract, NodeRegistryContract, SealedChannelsContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  private static final AtomicInteger KINDS = new AtomicInteger();

  @Override
  public Keysets emptyKeysets() {
    DATABASE.jdbi().useHandle(handle -> handle.execute("DELETE FROM data_keyset"));
    return DATABASE.database().keysets();
  }

  @Override
  public NodeRegistry nodes() {
    return DATABASE.database().nodes();
  }

  @Override
  public void age(UUID node, Duration by) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE node SET seen_at = seen_at - :millis * interval '1 millisecond'
                         WHERE id = :id\
                        """)
                    .bind("id", node)
                    .bind("millis", by.toMillis())
                    .execute());
  }

  @Override
  public SealedChannels sealedChannels() {
    return DATABASE.database().sealedChannels();
  }

  /** Of the platform, a team and a member by turns. */
  @Override
  public ChannelId connect(SealedSecrets sealed) {
    int turn = KINDS.incrementAndGet();
    Store store = DATABASE.store();
    var sender = new Sender(store);
    ChannelOwner owner =
        switch (turn % 3) {
          case 0 -> new ChannelOwner.Platform();
          case 1 -> new ChannelOwner.OfTeam(sender.team());
          default -> new ChannelOwner.OfMember(sender.team(), sender.admin().id());
        };
    var channel =
        new NewChannel(
            new ChannelId(store.ids().next()),
            new ChannelKind("kind-" + turn),
            "Label",
            owner,
            ChannelSettings.NONE,
            sealed);
    return owner instanceof ChannelOwner.Platform
        ? store.channels().keepPlatformChannel(channel).id()
        : store.channels().connect(channel, sender.terms()).channel().id();
  }
}
