package io.leverans.application.service.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.RotateKeys.Patience;
import io.leverans.application.port.in.RotateKeys.Result;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.Consents.Consent;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SealingKeyRotation;
import io.leverans.application.port.out.memory.MemoryApiKeys;
import io.leverans.application.port.out.memory.MemoryConsents;
import io.leverans.application.port.out.memory.MemoryNodes;
import io.leverans.application.port.out.memory.MemorySealedSecrets;
import io.leverans.application.port.out.memory.MemoryTeams;
import io.leverans.application.port.provider.Renewal;
import io.leverans.application.service.PigeonProvider;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RotateKeysServiceTest {
  private static final Patience NONE = _ -> Patience.Answer.GIVE_UP;

  private final NumberedKeys keys = new NumberedKeys();
  private final MemoryNodes nodes = new MemoryNodes();
  private final MemorySealedSecrets channels = new MemorySealedSecrets();
  private final MemoryConsents consents =
      new MemoryConsents(
          new MemoryApiKeys(new MemoryTeams(), InstantSource.system()), InstantSource.system());
  private final RotateKeysService service = new RotateKeysService(keys, nodes, consents, channels);

  @Test
  void without_a_node_that_runs_there_is_nothing_to_wait_for() {
    channels.put(channel(1), keys.sealedBy(1));
    channels.put(channel(2), SealedSecrets.NONE);

    assertThat(service.rotate(NONE)).isEqualTo(new Result.Rotated(1, List.of(), 0));

    assertThat(channels.of(channel(1))).isEqualTo(keys.sealedBy(2));
    assertThat(channels.of(channel(2))).isEqualTo(SealedSecrets.NONE);
    assertThat(keys.kept()).containsExactly(2);
  }

  @Test
  void more_channels_than_fit_in_a_batch_are_all_sealed_anew() {
    for (int i = 0; i < 250; i++) {
      channels.put(channel(i), keys.sealedBy(1));
    }
    assertThat(service.rotate(NONE)).isEqualTo(new Result.Rotated(250, List.of(), 0));
  }

  @Test
  void a_step_waits_for_every_node_that_lives_and_for_no_other() {
    var dead = new RunningNode(new UUID(0, 1), "dead", Duty.SENDS, 1);
    nodes.report(dead);
    nodes.letPass(RotateKeysService.NODE_LIVES_WITHIN.plusSeconds(1));
    nodes.report(new RunningNode(new UUID(0, 2), "quick", Duty.SENDS, 100));
    var slow = new RunningNode(new UUID(0, 3), "slow", Duty.SENDS, 1);
    nodes.report(slow);
    var waits = new ArrayList<String>();

    Result result =
        service.rotate(
            behind -> {
              assertThat(behind).extracting(RunningNode::name).containsExactly("slow");
              waits.add("key " + keys.inUse() + ", version " + keys.now().version());
              nodes.report(
                  new RunningNode(
                      slow.id(), "slow", Duty.SENDS, behind.getFirst().keysetVersion() + 1));
              return Patience.Answer.LOOK_AGAIN;
            });

    assertThat(result).isInstanceOf(Result.Rotated.class);
    assertThat(waits).containsExactly("key 1, version 2", "key 2, version 3");
  }

  @Test
  void a_rotation_that_was_given_up_keeps_both_keys_and_is_finished_by_the_next() {
    channels.put(channel(1), keys.sealedBy(1));
    var slow = new RunningNode(new UUID(0, 3), "slow", Duty.SENDS, 2);
    nodes.report(slow);

    assertThat(service.rotate(NONE)).isEqualTo(new Result.GivenUp(List.of(slow)));
    assertThat(keys.kept()).containsExactly(1, 2);
    assertThat(channels.of(channel(1))).isEqualTo(keys.sealedBy(1));

    nodes.leave(slow.id());
    assertThat(service.rotate(NONE)).isEqualTo(new Result.Rotated(1, List.of(), 0));
    assertThat(keys.kept()).containsExactly(2);
  }

  @Test
  void secrets_that_no_key_opens_are_named_and_left_as_they_are() {
    SealedSecrets foreign = keys.sealedBy(99);
    channels.put(channel(1), foreign);
    channels.put(channel(2), keys.sealedBy(1));

    assertThat(service.rotate(NONE)).isEqualTo(new Result.Rotated(1, List.of(channel(1)), 0));
    assertThat(channels.of(channel(1))).isEqualTo(foreign);
  }

  @Test
  void consents_under_way_are_cleared_away_once_the_new_key_is_in_use() {
    var slow = new RunningNode(new UUID(0, 3), "slow", Duty.SENDS, 2);
    nodes.report(slow);
    var ticket = new LinkCode(new TeamId(1), "abcdefghijklmnopqrstuvwxyz234567");
    var _ = consents.begin(consent(), ticket, "a key", Duration.ofMinutes(30));

    assertThat(service.rotate(NONE)).isInstanceOf(Result.GivenUp.class);
    assertThat(consents.find(ticket)).isPresent();

    nodes.leave(slow.id());
    assertThat(service.rotate(NONE)).isEqualTo(new Result.Rotated(0, List.of(), 1));
    assertThat(consents.find(ticket)).isEmpty();
  }

  private Consent consent() {
    return new Consent(
        new ChannelId(new UUID(0, 7)),
        Consents.Aim.CONNECT,
        PigeonProvider.KIND,
        "Mill",
        new ChannelOwner.OfTeam(new TeamId(1)),
        ChannelSettings.NONE,
        keys.sealedBy(1),
        Optional.empty());
  }

  @Test
  void a_password_that_is_entered_during_the_walk_is_not_overwritten() {
    channels.put(channel(1), keys.sealedBy(1));
    var entered = SealedSecrets.of("2 entered meanwhile".getBytes(UTF_8));
    SealedStore reconnecting =
        new SealedStore() {
          @Override
          public List<Entry> next(Optional<Entry> after, int atMost) {
            return channels.next(after, atMost);
          }

          @Override
          public Outcome replace(Entry found, SealedSecrets next) {
            channels.put(channel(1), entered);
            return channels.replace(found, next);
          }
        };

    Result result = new RotateKeysService(keys, nodes, consents, reconnecting).rotate(NONE);

    assertThat(result).isEqualTo(new Result.Rotated(0, List.of(), 0));
    assertThat(channels.of(channel(1))).isEqualTo(entered);
  }

  @Test
  void what_was_connected_behind_the_back_of_a_walk_is_met_by_the_next() {
    channels.put(channel(5), keys.sealedBy(1));
    SealedStore busy =
        new SealedStore() {
          @Override
          public List<Entry> next(Optional<Entry> after, int atMost) {
            return channels.next(after, atMost);
          }

          @Override
          public Outcome replace(Entry found, SealedSecrets next) {
            if (found.holder().equals(channel(5))) {
              channels.put(channel(1), keys.sealedBy(1));
            }
            return channels.replace(found, next);
          }
        };

    Result result = new RotateKeysService(keys, nodes, consents, busy).rotate(NONE);

    assertThat(result).isEqualTo(new Result.Rotated(2, List.of(), 0));
    assertThat(channels.of(channel(1))).isEqualTo(keys.sealedBy(2));
  }

  private static ChannelId channel(int number) {
    return new ChannelId(new UUID(0, number));
  }

  /** Keys that are numbers; what one sealed begins with it. */
  private static final class NumberedKeys implements SealingKeyRotation {
    private final List<Integer> kept = new ArrayList<>(List.of(1));
    private int inUse = 1;
    private Step step = new Step(1, Stage.SETTLED);

    List<Integer> kept() {
      return kept;
    }

    int inUse() {
      return inUse;
    }

    SealedSecrets sealedBy(int key) {
      return SealedSecrets.of((key + " sealed").getBytes(UTF_8));
    }

    @Override
    public Step now() {
      return step;
    }

    @Override
    public Step advance(Step from) {
      if (from.equals(step)) {
        Stage next =
            switch (step.stage()) {
              case SETTLED -> {
                kept.add(inUse + 1);
                yield Stage.ANNOUNCED;
              }
              case ANNOUNCED -> {
                inUse = kept.getLast();
                yield Stage.IN_USE;
              }
              case IN_USE -> {
                kept.removeFirst();
                yield Stage.SETTLED;
              }
            };
        step = new Step(step.version() + 1, next);
      }
      return step;
    }

    @Override
    public Renewal renew(SecretHolder channel, SealedSecrets sealed) {
      String text = new String(sealed.bytes(), UTF_8);
      int key = Integer.parseInt(text.substring(0, text.indexOf(' ')));
      if (key == inUse) {
        return new Renewal.UpToDate();
      }
      return kept.contains(key) ? new Renewal.Renewed(sealedBy(inUse)) : new Renewal.Unreadable();
    }
  }
}
