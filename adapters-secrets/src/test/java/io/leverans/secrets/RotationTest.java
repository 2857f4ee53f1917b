package io.leverans.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.RotateKeys.Patience.Answer;
import io.leverans.application.port.in.RotateKeys.Result;
import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.application.port.out.SealedStore.Entry;
import io.leverans.application.port.out.memory.MemoryApiKeys;
import io.leverans.application.port.out.memory.MemoryConsents;
import io.leverans.application.port.out.memory.MemoryKeysets;
import io.leverans.application.port.out.memory.MemoryNodes;
import io.leverans.application.port.out.memory.MemorySealedSecrets;
import io.leverans.application.port.out.memory.MemoryTeams;
import io.leverans.application.service.upkeep.RotateKeysService;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole rotation, on real keys. */
class RotationTest {
  private static final Map<String, String> SECRETS = Map.of("password", "kräftig");

  private final MasterKeys master =
      MasterKeys.fromValue("test", AeadKeys.toJson(AeadKeys.generate()));
  private final MemoryKeysets keysets = new MemoryKeysets();
  private final MemoryNodes nodes = new MemoryNodes();
  private final MemorySealedSecrets channels = new MemorySealedSecrets();
  private final MemoryConsents consents =
      new MemoryConsents(
          new MemoryApiKeys(new MemoryTeams(), InstantSource.system()), InstantSource.system());
  private final SealingKeys quick = SealingKeys.load(master, keysets);
  private final SealingKeys slow = SealingKeys.load(master, keysets);

  @Test
  void two_nodes_seal_and_open_through_a_rotation_that_a_third_process_runs() {
    report("quick", quick);
    report("slow", slow);
    for (int i = 0; i < 20; i++) {
      connect(i);
    }
    List<SealedSecrets> before = all();
    var waits = new ArrayList<List<String>>();

    Result result =
        new RotateKeysService(SealingKeys.load(master, keysets), nodes, consents, channels)
            .rotate(
                behind -> {
                  waits.add(behind.stream().map(RunningNode::name).toList());
                  connect(20 + waits.size());
                  assertAllOpenEverywhere();
                  // The slow one hears of it only when the quick one has.
                  if (behind.size() == 2) {
                    report("quick", quick);
                  } else {
                    report("slow", slow);
                  }
                  return Answer.LOOK_AGAIN;
                });

    assertThat(result).isEqualTo(new Result.Rotated(22, List.of(), 0));
    assertAllOpenEverywhere();
    assertThat(all()).doesNotContainAnyElementsOf(before);
    assertThat(waits)
        .containsExactly(
            List.of("quick", "slow"), List.of("slow"), List.of("quick", "slow"), List.of("slow"));
  }

  private void connect(int number) {
    var channel = new ChannelId(new UUID(0, number));
    channels.put(channel, (number % 2 == 0 ? quick : slow).seal(channel, SECRETS));
  }

  private void report(String name, SealingKeys keys) {
    var id = UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    nodes.report(new RunningNode(id, name, Duty.SENDS, keys.refresh()));
  }

  private List<SealedSecrets> all() {
    return channels.next(Optional.empty(), 100).stream().map(Entry::sealed).toList();
  }

  private void assertAllOpenEverywhere() {
    for (Entry channel : channels.next(Optional.empty(), 100)) {
      assertThat(quick.open(channel.holder(), channel.sealed())).isEqualTo(SECRETS);
      assertThat(slow.open(channel.holder(), channel.sealed())).isEqualTo(SECRETS);
    }
  }
}
