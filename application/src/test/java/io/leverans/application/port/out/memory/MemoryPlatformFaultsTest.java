package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.PlatformFaults;
import io.leverans.application.port.out.PlatformFaultsContract;
import io.leverans.application.view.Event;
import java.time.Duration;
import java.util.List;

class MemoryPlatformFaultsTest implements PlatformFaultsContract {
  private final MemoryPlatformFaults faults = new MemoryPlatformFaults();

  @Override
  public PlatformFaults faults() {
    return faults;
  }

  @Override
  public void age(Duration by) {
    faults.pass(by);
  }

  @Override
  public List<Event> events() {
    return faults.events();
  }
}
