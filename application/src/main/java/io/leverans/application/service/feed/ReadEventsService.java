package io.leverans.application.service.feed;

import io.leverans.application.port.in.ReadEvents;
import io.leverans.application.port.out.Events;
import io.leverans.application.view.Caller;

/** Shows the feed to those who may see all that it tells of. */
public final class ReadEventsService implements ReadEvents {
  private final Events events;

  public ReadEventsService(Events events) {
    this.events = events;
  }

  @Override
  public Result read(Caller caller, long after, int limit) {
    return switch (caller.member().role()) {
      case ADMIN -> new Result.Read(events.after(caller.team(), after, limit));
      case MEMBER -> new Result.AdminsOnly();
    };
  }
}
