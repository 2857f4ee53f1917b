package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.port.out.FailedDeliveriesContract;
import io.leverans.application.port.out.FailingMail;
import java.time.InstantSource;

class MemoryFailedDeliveriesTest implements FailedDeliveriesContract {
  private final MemoryUndelivered undelivered = new MemoryUndelivered();

  @Override
  public FailedDeliveries failed() {
    return new MemoryFailedDeliveries(undelivered);
  }

  @Override
  public FailingMail mail() {
    return new MemoryFailingMail(undelivered, InstantSource.system());
  }
}
