package io.leverans.application.service.feed;

import io.leverans.application.port.in.NumberEvents;
import io.leverans.application.port.out.Events;

/** Numbers the events of all teams that have new ones. */
public final class NumberEventsService implements NumberEvents {
  private static final int TEAMS_A_ROUND = 100;

  private final Events events;

  public NumberEventsService(Events events) {
    this.events = events;
  }

  @Override
  public int number() {
    return events.teamsWithUnnumbered(TEAMS_A_ROUND).stream().mapToInt(events::number).sum();
  }
}
