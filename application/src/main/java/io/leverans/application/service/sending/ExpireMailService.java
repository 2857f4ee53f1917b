package io.leverans.application.service.sending;

import io.leverans.application.port.in.ExpireMail;
import io.leverans.application.port.out.DispatchQueue;
import io.leverans.application.service.upkeep.Round;
import io.leverans.domain.team.TeamId;

/** Ends expired mail of one team after the other, a batch in each transaction. */
public final class ExpireMailService implements ExpireMail {
  private static final int TEAMS_A_ROUND = 100;
  private static final int BATCH = 500;

  private final DispatchQueue queue;

  public ExpireMailService(DispatchQueue queue) {
    this.queue = queue;
  }

  @Override
  public int expire() {
    try (var round = new Round()) {
      return round.sum(queue.teamsWithExpiredMail(TEAMS_A_ROUND), this::expire);
    }
  }

  private int expire(TeamId team) {
    int all = 0;
    int ended;
    do {
      ended = queue.expire(team, BATCH);
      all += ended;
    } while (ended == BATCH);
    return all;
  }
}
