package io.leverans.application.port.out;

import io.leverans.application.port.in.ListMessages;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Event;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.EventName;
import io.leverans.application.view.MessageSummary;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import java.util.List;
import java.util.Optional;

/** What a team is told, and finds in its folders. */
public final class Feed {
  private final Store store;
  private final Caller reader;

  Feed(Store store, Caller reader) {
    this.store = store;
    this.reader = reader;
  }

  /** The team's whole feed so far. */
  public List<Event> events() {
    int numbered;
    do {
      numbered = store.events().number(reader.team());
    } while (numbered > 0);
    return store.events().after(reader.team(), 0, Integer.MAX_VALUE);
  }

  /** The latest of this kind. */
  public Event event(EventKind kind) {
    return events().stream()
        .filter(event -> event.kind() == kind)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  public List<EventName> told() {
    return events().stream().map(Event::kind).toList();
  }

  public List<MessageId> messagesIn(Folder folder) {
    return summariesIn(folder).stream().map(MessageSummary::id).toList();
  }

  public List<MessageSummary> summariesIn(Folder folder) {
    return store
        .messages()
        .list(
            new ListMessages.Query(
                reader, Optional.of(folder), Optional.empty(), 100, Optional.empty()))
        .items();
  }
}
