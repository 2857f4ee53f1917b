package io.leverans.application.view;

/**
 * What an event is told by. While nodes are upgraded one after the other, a node meets events that
 * only a later version knows.
 */
public sealed interface EventName permits EventKind, EventName.OfAnotherVersion {
  /** What stands in the feed. */
  String word();

  /** It is told as it is written: a reader who does not know it passes over it. */
  record OfAnotherVersion(String word) implements EventName {
    public OfAnotherVersion {
      if (word.isBlank()) {
        throw new IllegalArgumentException("an event has a name");
      }
    }
  }
}
