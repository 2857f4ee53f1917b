package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.LaneFlowContract;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.LanesContract;
import io.leverans.application.port.out.LanesProperties;
import io.leverans.domain.channel.Lane;
import java.time.Duration;
import java.time.Instant;

class MemoryLanesTest implements LanesContract, LanesProperties, LaneFlowContract {
  private final MemoryLanes lanes = new MemoryLanes();

  @Override
  public Lanes lanes() {
    return lanes;
  }

  @Override
  public void pass(Lane lane, Duration time) {
    lanes.pass(time);
  }

  @Override
  public Instant now() {
    return lanes.now();
  }
}
