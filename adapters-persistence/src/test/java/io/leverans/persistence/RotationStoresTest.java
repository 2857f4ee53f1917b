package io.leverans.persistence;

import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.KeysetsContract;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistryContract;
import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SealedStoreContract;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;

class RotationStoresTest implements KeysetsContract, NodeRegistryContract, SealedStoreContract {
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
  public SealedStore sealedSecrets() {
    return DATABASE.database().sealedChannels();
  }

  /** Of the platform, a team and a member by turns. */
  @Override
  public SecretHolder store(SealedSecrets sealed) {
    int turn = KINDS.incrementAndGet();
    Store ports = DATABASE.store();
    var sender = new Sender(ports);
    ChannelOwner owner =
        switch (turn % 3) {
          case 0 -> new ChannelOwner.Platform();
          case 1 -> new ChannelOwner.OfTeam(sender.team());
          default -> new ChannelOwner.OfMember(sender.team(), sender.admin().id());
        };
    var channel =
        new NewChannel(
            new ChannelId(ports.ids().next()),
            new ChannelKind("kind-" + turn),
            "Label",
            owner,
            ChannelSettings.NONE,
            sealed);
    return owner instanceof ChannelOwner.Platform
        ? ports.channels().keepPlatformChannel(channel).id()
        : ports.channels().connect(channel, sender.terms()).channel().id();
  }
}
