package io.leverans.bootstrap.runtime;

import java.util.function.BooleanSupplier;

/**
 * Takes one step after the other without a pause until none is left, or until its thread is
 * interrupted, as {@link Repeating} does when it is closed.
 *
 * @param step takes one, and says whether there may be another
 */
public record WhileThereIsWork(BooleanSupplier step) implements Runnable {
  @Override
  public void run() {
    boolean goesOn = true;
    while (goesOn && !Thread.currentThread().isInterrupted()) {
      goesOn = step.getAsBoolean();
    }
  }
}
