package io.leverans.application.port.out;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.SecretHolder;

/**
 * The steps in which the key that seals secrets is replaced while any number of nodes run. They are
 * the same for every caller, and one that was interrupted is taken up by the next. Safe for use by
 * many threads.
 */
public interface SealingKeyRotation {
  /** Where the keyset stands now. */
  Step now();

  /**
   * Takes the next step, in the order of {@link Stage} and round again, unless someone else took it
   * first.
   *
   * @param from the step that the caller knows and has waited for
   * @return where the keyset stands now, whoever brought it there
   */
  Step advance(Step from);

  /** The same secrets, sealed with the key that is in use now. */
  Renewal renew(SecretHolder holder, SealedSecrets sealed);

  /**
   * A stage and the version of the keyset that it is reached with.
   *
   * @param version a node that knows this version or a later one has arrived at the stage
   */
  record Step(long version, Stage stage) {}

  /** What the keyset holds. */
  enum Stage {
    /** One key. */
    SETTLED,
    /** A new key, which opens but does not seal yet. */
    ANNOUNCED,
    /** The new key seals; the old one still opens. */
    IN_USE
  }

  /** What became of secrets that were to be sealed anew. */
  sealed interface Renewal {
    record Renewed(SealedSecrets sealed) implements Renewal {}

    /** The key in use sealed them already. */
    record UpToDate() implements Renewal {}

    /** No key of the keyset opens them. */
    record Unreadable() implements Renewal {}
  }
}
