package io.leverans.application.service.erasure;

import io.leverans.application.port.in.CarryOutErasures;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.port.out.Erasures.Turn;
import io.leverans.application.service.upkeep.Round;
import io.leverans.domain.team.TeamId;

/** One step of each team that has something to erase. */
public final class CarryOutErasuresService implements CarryOutErasures {
  private static final int TEAMS = 100;

  private final Erasures erasures;

  public CarryOutErasuresService(Erasures erasures) {
    this.erasures = erasures;
  }

  @Override
  public Result carryOut() {
    int wentOn;
    try (var round = new Round()) {
      wentOn = round.sum(erasures.teamsWithOpen(TEAMS), this::carryOn);
    }
    return wentOn > 0 ? Result.CARRIED_ON : Result.NOTHING_TO_DO;
  }

  private int carryOn(TeamId team) {
    return erasures.carryOn(team, Turn.LEFT_TO_OTHERS) == Step.WENT_ON ? 1 : 0;
  }
}
