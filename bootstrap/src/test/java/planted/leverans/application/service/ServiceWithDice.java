package planted.leverans.application.service;

import java.util.Random;
import java.util.random.RandomGenerator;

/** Planted: makes its own chance. */
public final class ServiceWithDice {
  /** Planted. */
  public RandomGenerator dice() {
    return new Random();
  }
}
