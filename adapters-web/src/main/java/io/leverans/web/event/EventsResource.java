package io.leverans.web.event;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ReadEvents;
import io.leverans.application.view.Event;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.Words;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The feed of events: read in order, from any number on. */
public final class EventsResource {
  private static final int STANDARD_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final ReadEvents readEvents;

  public EventsResource(ReadEvents readEvents) {
    this.readEvents = readEvents;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/events", this::read);
  }

  private void read(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "after", "limit");
    int limit = parameters.limit(STANDARD_LIMIT, MAX_LIMIT);
    long after = parameters.number("after").orElse(0L);
    switch (readEvents.read(Callers.of(ctx), after, limit)) {
      case ReadEvents.Result.Read(var events) -> write(ctx, events, after);
      case ReadEvents.Result.AdminsOnly() ->
          Problem.of(
                  ProblemType.ADMINS_ONLY,
                  "Events tell of the mail of all members, so only an admin's key reads them. GET"
                      + " /v1/messages shows your own mail.")
              .write(ctx);
    }
  }

  private static void write(Context ctx, List<Event> events, long after) {
    long last = events.isEmpty() ? after : events.getLast().number();
    Json.write(ctx, HttpStatus.OK, new FeedJson(events.stream().map(EventJson::of).toList(), last));
  }

  /**
   * A stretch of the feed.
   *
   * @param last to be given as {@code after} the next time
   */
  record FeedJson(List<EventJson> items, long last) {
    FeedJson {
      items = List.copyOf(items);
    }
  }

  /** An event as it is told. */
  record EventJson(long number, Instant at, String kind, Map<String, String> data) {
    /** The fields that hold the name of one of our constants. */
    private static final Set<String> CONSTANTS =
        Set.of("state", "evidence", "cause", "fact", "purpose", "reason", "reading");

    EventJson {
      data = Map.copyOf(data);
    }

    static EventJson of(Event event) {
      return new EventJson(event.number(), event.at(), event.kind().word(), told(event.data()));
    }

    private static Map<String, String> told(Map<String, String> data) {
      Map<String, String> told = new LinkedHashMap<>(data);
      CONSTANTS.forEach(name -> told.computeIfPresent(name, (_, constant) -> Words.of(constant)));
      return told;
    }
  }
}
