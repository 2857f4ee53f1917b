package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import java.util.List;
import java.util.Objects;

/** Attempts a claimed dispatch through its channel and writes down what came of it. */
@FunctionalInterface
public interface CarryOutDispatch {
  /** What came of it, one for each recipient aboard. */
  List<Settlement> carryOut(Claim claim);

  /**
   * A transport broke off by a fault of ours. What it may have handed over is in doubt, the rest is
   * tried again.
   */
  record Breakdown(Claim claim, RuntimeException cause) {
    public Breakdown {
      Objects.requireNonNull(claim);
      Objects.requireNonNull(cause);
    }
  }
}
