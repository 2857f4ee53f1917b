package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Ids;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Ids in the order of their making. */
public final class CountingIds implements Ids {
  private final AtomicInteger made = new AtomicInteger();

  @Override
  public UUID next() {
    return new UUID(made.incrementAndGet(), 0x8000_0000_0000_0000L);
  }

  /** 32 characters of five bits each. */
  @Override
  public String secret() {
    String digits = Integer.toString(made.incrementAndGet(), 4).replace('0', '4').replace('1', '5');
    return "a".repeat(32 - digits.length()) + digits;
  }
}
