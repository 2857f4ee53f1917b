package io.leverans.application.port.in;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import java.util.List;

/** Attempts a claimed dispatch through its channel and writes down what came of it. */
@FunctionalInterface
public interface CarryOutDispatch {
  /** What came of it, one for each recipient aboard. */
  List<Settlement> carryOut(Claim claim);
}
