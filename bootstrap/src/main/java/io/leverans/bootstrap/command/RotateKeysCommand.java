package io.leverans.bootstrap.command;

import io.leverans.application.port.in.RotateKeys;
import io.leverans.application.port.in.RotateKeys.Patience;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Replaces the key that seals stored secrets. */
@Command(
    name = "rotate-keys",
    description = {
      "Replace the key that seals the stored secrets, while the nodes run.",
      "Each node gets to know the new key before one uses it; then every secret is sealed anew,"
          + " and the old key is dropped. What is interrupted is finished by the next call."
    },
    mixinStandardHelpOptions = true)
public final class RotateKeysCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Mixin private OperatorOptions operator;

  @Override
  public Integer call() {
    return operator.act(
        (administration, out) -> tell(administration.rotateKeys().rotate(waiting()), out));
  }

  private static Patience waiting() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    return _ -> {
      if (System.nanoTime() > deadline) {
        return Patience.Answer.GIVE_UP;
      }
      try {
        Thread.sleep(LOOK_EVERY);
        return Patience.Answer.LOOK_AGAIN;
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Patience.Answer.GIVE_UP;
      }
    };
  }

  private static void tell(RotateKeys.Result result, PrintWriter out) {
    switch (result) {
      case RotateKeys.Result.Rotated(int sealedAnew, var unreadable, int consentsCleared) -> {
        out.printf("The key is replaced; %d secrets were sealed anew.%n", sealedAnew);
        if (consentsCleared > 0) {
          out.printf(
              "Accounts that were just being connected: %d. Their owners have to begin again.%n",
              consentsCleared);
        }
        unreadable.forEach(
            holder ->
                out.printf(
                    "The secrets of %s could not be opened, before as after: a channel's password"
                        + " has to be entered again, a domain's key rotated.%n",
                    holder.sealedFor().replace('/', ' ')));
      }
      case RotateKeys.Result.GivenUp(var behind) ->
          throw new IllegalStateException(
              "%s did not hear of the new key within %d minutes. Nothing is lost, and both keys"
                      .formatted(names(behind), PATIENCE.toMinutes())
                  + " are kept: see why it is behind, or stop it, and run this command again.");
    }
  }

  private static String names(List<RunningNode> nodes) {
    return nodes.stream()
        .map(node -> "The node on " + node.name())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
