package io.leverans.mail.conversation;

import java.io.Serial;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/** Places whose number may change while they are taken. Safe for use by many threads. */
final class Places extends Semaphore {
  @Serial private static final long serialVersionUID = 1L;

  private int number;

  Places(int number) {
    super(number, true);
    this.number = number;
  }

  synchronized int number() {
    return number;
  }

  /** Where there are fewer now than are taken, nobody gets one until enough were released. */
  synchronized void resize(IntSupplier now) {
    int wanted = now.getAsInt();
    if (wanted > number) {
      release(wanted - number);
    } else if (wanted < number) {
      reducePermits(number - wanted);
    }
    number = wanted;
  }

  synchronized int taken() {
    return number - availablePermits();
  }

  /** Whether more are taken than there are. */
  boolean areOverdrawn() {
    return availablePermits() < 0;
  }
}
