package io.leverans.application.service.erasure;

import io.leverans.application.port.in.CarryOutErasures;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.port.out.Erasures.Turn;

/** One step of each team that has something to erase. */
public final class CarryOutErasuresService implements CarryOutErasures {
  private static final int TEAMS = 100;

  private final Erasures erasures;

  public CarryOutErasuresService(Erasures erasures) {
    this.erasures = erasures;
  }

  @Override
  public Result carryOut() {
    long wentOn =
        erasures.teamsWithOpen(TEAMS).stream()
            .map(team -> erasures.carryOn(team, Turn.LEFT_TO_OTHERS))
            .filter(Step.WENT_ON::equals)
            .count();
    return wentOn > 0 ? Result.CARRIED_ON : Result.NOTHING_TO_DO;
  }
}
