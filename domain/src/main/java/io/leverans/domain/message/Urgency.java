package io.leverans.domain.message;

/** Whether somebody waits for a message. */
public enum Urgency {
  /** Written to one person or a few, or an answer: goes before bulk mail on the same lane. */
  PERSONAL,
  /** One of many of a kind. */
  BULK
}
