package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.LanesContract;
import io.leverans.application.port.out.LanesProperties;
import io.leverans.domain.channel.Lane;
import java.time.Duration;

class MemoryLanesTest implements LanesContract, LanesProperties {
  private final MemoryLanes lanes = new MemoryLanes();

  @Override
  public Lanes lanes() {
    return lanes;
  }

  @Override
  public void pass(Lane lane, Duration time) {
    lanes.pass(time);
  }
}
