package io.leverans.application.service.feed;

import io.leverans.application.port.in.NumberEvents;
import io.leverans.application.port.out.Events;
import io.leverans.application.service.upkeep.Round;

/** Numbers the events of all teams that have new ones. */
public final class NumberEventsService implements NumberEvents {
  private static final int TEAMS_A_ROUND = 100;

  private final Events events;

  public NumberEventsService(Events events) {
    this.events = events;
  }

  @Override
  public int number() {
    try (var round = new Round()) {
      return round.sum(events.teamsWithUnnumbered(TEAMS_A_ROUND), events::number);
    }
  }
}
