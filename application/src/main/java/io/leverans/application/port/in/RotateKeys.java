package io.leverans.application.port.in;

import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.domain.channel.SecretHolder;
import java.util.List;

/**
 * Replaces the key that seals the secrets of channels and sender domains, while the nodes run: the
 * new key is known to all of them before one uses it, and the old one is dropped when nothing is
 * sealed with it any more. A rotation that was given up or died is finished by the next.
 */
@FunctionalInterface
public interface RotateKeys {
  Result rotate(Patience patience);

  /** Lets time pass. */
  @FunctionalInterface
  interface Patience {
    /**
     * Asked again and again as long as nodes have not heard of the latest step; returns after a
     * moment.
     *
     * @param behind the nodes that are waited for, at least one
     */
    Answer waitFor(List<RunningNode> behind);

    /** Whether to go on. */
    enum Answer {
      LOOK_AGAIN,
      GIVE_UP
    }
  }

  /** What came of it. */
  sealed interface Result {
    /**
     * The old key is gone.
     *
     * @param sealedAnew how many holders' secrets were sealed with the new key by this call
     * @param unreadable those whose secrets opened with no key, before as after: a channel's
     *     password has to be entered again, a domain's key rotated
     * @param consentsCleared how many consents were under way: they are short-lived, and begin
     *     again
     */
    record Rotated(int sealedAnew, List<SecretHolder> unreadable, int consentsCleared)
        implements Result {
      public Rotated {
        unreadable = List.copyOf(unreadable);
      }
    }

    /** Nothing is lost, both keys are kept, and the next rotation goes on from here. */
    record GivenUp(List<RunningNode> behind) implements Result {
      public GivenUp {
        behind = List.copyOf(behind);
      }
    }
  }
}
