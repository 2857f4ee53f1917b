package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.FailingMail;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.RetriesContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

class MemoryRetriesTest implements RetriesContract {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  /** No two things happen at the same time. */
  private final InstantSource clock = () -> now.updateAndGet(before -> before.plusNanos(1000));

  private final MemoryUndelivered undelivered = new MemoryUndelivered();
  private final Retries retries = new MemoryRetries(undelivered, clock);

  @Override
  public Retries retries() {
    return retries;
  }

  @Override
  public FailingMail mail() {
    return new MemoryFailingMail(undelivered, clock);
  }
}
