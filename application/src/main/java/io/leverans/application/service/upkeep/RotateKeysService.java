package io.leverans.application.service.upkeep;

import io.leverans.application.port.in.RotateKeys;
import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.NodeRegistry;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.application.port.out.SealedStore;
import io.leverans.application.port.out.SealingKeyRotation;
import io.leverans.application.port.out.SealingKeyRotation.Stage;
import io.leverans.application.port.out.SealingKeyRotation.Step;
import java.time.Duration;
import java.util.List;

/** Takes each step once every node that lives has heard of the one before. */
public final class RotateKeysService implements RotateKeys {
  /** A node that has told nothing of itself for so long is taken for dead. */
  public static final Duration NODE_LIVES_WITHIN = Duration.ofSeconds(30);

  private final SealingKeyRotation keys;
  private final NodeRegistry nodes;
  private final Consents consents;
  private final List<SealedStore> secrets;

  public RotateKeysService(
      SealingKeyRotation keys, NodeRegistry nodes, Consents consents, SealedStore... secrets) {
    this.keys = keys;
    this.nodes = nodes;
    this.consents = consents;
    this.secrets = List.of(secrets);
  }

  @Override
  public Result rotate(Patience patience) {
    Step step = keys.now();
    if (step.stage() == Stage.SETTLED) {
      step = keys.advance(step);
    }
    var renewal = new RenewalOfSecrets(keys, secrets);
    int consentsCleared = 0;
    while (step.stage() != Stage.SETTLED) {
      List<RunningNode> behind = waitUntilAllKnow(step.version(), patience);
      if (!behind.isEmpty()) {
        return new Result.GivenUp(behind);
      }
      if (step.stage() == Stage.IN_USE) {
        renewal.untilNothingIsLeft();
        consentsCleared += consents.clearAll();
      }
      step = keys.advance(step);
    }
    return new Result.Rotated(renewal.sealedAnew(), renewal.unreadable(), consentsCleared);
  }

  /** The nodes that were not waited for any longer; none if all know the version. */
  private List<RunningNode> waitUntilAllKnow(long version, Patience patience) {
    List<RunningNode> behind = behind(version);
    while (!behind.isEmpty() && patience.waitFor(behind) == Patience.Answer.LOOK_AGAIN) {
      behind = behind(version);
    }
    return behind;
  }

  private List<RunningNode> behind(long version) {
    return nodes.seenWithin(NODE_LIVES_WITHIN).stream()
        .filter(node -> node.keysetVersion() < version)
        .toList();
  }
}
