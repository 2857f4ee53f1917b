package io.leverans.bootstrap.demo;

import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryState;
import java.util.Optional;

/** The sorts of recipients that the demo writes to, and how a message to each must end. */
public enum Sort {
  ACCEPTED("accepted at once", "anna", DeliveryState.ACCEPTED),
  USER_UNKNOWN("550 5.1.1 at RCPT", "user-unknown", DeliveryState.FAILED, Cause.MAILBOX_UNKNOWN),
  MAILBOX_FULL("552 5.2.2 at RCPT", "mailbox-full", DeliveryState.FAILED, Cause.MAILBOX_FULL),
  GREYLISTED("greylisted 450, then accepted", "greylisted", DeliveryState.ACCEPTED),
  POLICY("550 5.7.1 policy", "policy", DeliveryState.FAILED, Cause.POLICY),
  BOUNCED_LATER(
      "accepted, bounced by mail later",
      "bounce-later",
      DeliveryState.BOUNCED,
      Cause.MAILBOX_UNKNOWN),
  DELAYED_THEN_BOUNCED(
      "accepted, delay report, then bounce",
      "delay-then-bounce",
      DeliveryState.BOUNCED,
      Cause.DELIVERY_EXPIRED),
  COMPLAINED(
      "accepted, called spam later",
      "complaint-redacted",
      DeliveryState.COMPLAINED,
      Cause.MARKED_AS_SPAM),
  AUTO_REPLIED(
      "accepted, answered by a machine",
      "auto-reply",
      DeliveryState.ACCEPTED,
      EventKind.DELIVERY_AUTO_REPLIED),
  CHALLENGED(
      "accepted, asked whether a person wrote",
      "challenge",
      DeliveryState.ACCEPTED,
      EventKind.DELIVERY_CHALLENGED),
  DROPPED_IN_DATA("dropped before the end of DATA", "drop-in-data", DeliveryState.ACCEPTED),
  DROPPED_AFTER_DOT("dropped after the final dot", "drop-after-dot", DeliveryState.IN_DOUBT);

  private final String title;
  private final String localPart;
  private final DeliveryState state;
  private final Optional<Cause> cause;
  private final Optional<EventKind> laterWord;

  Sort(String title, String localPart, DeliveryState state) {
    this(title, localPart, state, Optional.empty(), Optional.empty());
  }

  Sort(String title, String localPart, DeliveryState state, Cause cause) {
    this(title, localPart, state, Optional.of(cause), Optional.empty());
  }

  Sort(String title, String localPart, DeliveryState state, EventKind laterWord) {
    this(title, localPart, state, Optional.empty(), Optional.of(laterWord));
  }

  @SuppressWarnings("ImmutableEnumChecker") // an Optional of an enum constant does not change
  Sort(
      String title,
      String localPart,
      DeliveryState state,
      Optional<Cause> cause,
      Optional<EventKind> laterWord) {
    this.title = title;
    this.localPart = localPart;
    this.state = state;
    this.cause = cause;
    this.laterWord = laterWord;
  }

  String title() {
    return title;
  }

  /** The recipient of the demo's message of that number. */
  String address(int number) {
    return localPart + "+" + number + "@example.com";
  }

  DeliveryState state() {
    return state;
  }

  /** The cause that must be told, where something failed for a cause of its own. */
  Optional<Cause> cause() {
    return cause;
  }

  /** What must have been heard afterwards, where that moves nothing. */
  Optional<EventKind> laterWord() {
    return laterWord;
  }
}
