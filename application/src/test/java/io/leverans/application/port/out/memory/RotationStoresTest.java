package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.KeysetsContract;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistryContract;
import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SealedStoreContract;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import java.time.Duration;
import java.util.UUID;

/** The stores in memory promise what the real ones do. */
class RotationStoresTest implements KeysetsContract, NodeRegistryContract, SealedStoreContract {
  private final MemoryNodes nodes = new MemoryNodes();
  private final MemorySealedSecrets channels = new MemorySealedSecrets();
  private final CountingIds ids = new CountingIds();

  @Override
  public Keysets emptyKeysets() {
    return new MemoryKeysets();
  }

  @Override
  public NodeRegistry nodes() {
    return nodes;
  }

  @Override
  public void age(UUID node, Duration by) {
    nodes.letPass(by);
  }

  @Override
  public SealedStore sealedSecrets() {
    return channels;
  }

  @Override
  public SecretHolder store(SealedSecrets sealed) {
    var id = new ChannelId(ids.next());
    channels.put(id, sealed);
    return id;
  }
}
