package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Keysets;
import io.leverans.application.port.out.KeysetsContract;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistryContract;
import io.leverans.application.port.out.SealedChannels;
import io.leverans.application.port.out.SealedChannelsContract;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.time.Duration;
import java.util.UUID;

/** The stores in memory promise what the real ones do. */
class RotationStoresTest implements KeysetsContract, NodeRegistryContract, SealedChannelsContract {
  private final MemoryNodes nodes = new MemoryNodes();
  private final MemorySealedChannels channels = new MemorySealedChannels();
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
  public SealedChannels sealedChannels() {
    return channels;
  }

  @Override
  public ChannelId connect(SealedSecrets sealed) {
    var id = new ChannelId(ids.next());
    channels.put(id, sealed);
    return id;
  }
}
