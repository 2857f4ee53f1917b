package io.leverans.application.service.upkeep;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * Steps that each have their turn, whatever goes wrong with others, such as those of other teams.
 * What went wrong is thrown at the end. To be used by one thread.
 */
public final class Round implements AutoCloseable {
  /** So that a log can bear it where all of thousands fail. */
  private static final int TOLD_BESIDE_THE_FIRST = 9;

  private Optional<RuntimeException> trouble = Optional.empty();

  /** Tries each, and adds up what the steps come to. */
  public <T> int sum(Collection<T> all, ToIntFunction<? super T> step) {
    return all.stream().mapToInt(one -> attempt(() -> step.applyAsInt(one))).sum();
  }

  /** Tries each. */
  public <T> void each(Collection<T> all, Consumer<? super T> step) {
    all.forEach(
        one -> {
          var _ =
              attempt(
                  () -> {
                    step.accept(one);
                    return 0;
                  });
        });
  }

  /** What the step comes to: nothing where it fails. */
  public int attempt(IntSupplier step) {
    try {
      return step.getAsInt();
    } catch (RuntimeException e) {
      note(e);
      return 0;
    }
  }

  /** The runtime may throw one and the same again, which cannot be suppressed by itself. */
  private void note(RuntimeException next) {
    RuntimeException first = trouble.orElse(next);
    if (!first.equals(next) && first.getSuppressed().length < TOLD_BESIDE_THE_FIRST) {
      first.addSuppressed(next);
    }
    trouble = Optional.of(first);
  }

  /**
   * Ends the round.
   *
   * @throws RuntimeException that went wrong first, with the next ones suppressed
   */
  @Override
  public void close() {
    if (trouble.isPresent()) {
      throw trouble.get();
    }
  }
}
