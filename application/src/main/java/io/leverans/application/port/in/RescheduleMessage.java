package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import java.util.Objects;

/** Gives other times to what of a message is not yet handed over. */
@FunctionalInterface
public interface RescheduleMessage {
  Result reschedule(Command command);

  /**
   * What is asked for.
   *
   * @param sending when it is to be sent; cleared: now
   * @param expiry until when; cleared: for as long as any mail is tried
   */
  record Command(Caller caller, MessageId message, TimeChange sending, TimeChange expiry) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(message);
      Objects.requireNonNull(sending);
      Objects.requireNonNull(expiry);
    }
  }

  /** The answer. */
  sealed interface Result {
    /** All that was not yet handed over has the new times; what was, went as it went. */
    record Rescheduled(MessageView message) implements Result {}

    record UnknownMessage() implements Result {}

    /** It cannot be sent at these times, of which one may be as it was. */
    record Unschedulable(Schedule.Objection objection) implements Result {}

    /** All of it is handed over or settled. */
    record NothingLeft(MessageView message) implements Result {}
  }
}
