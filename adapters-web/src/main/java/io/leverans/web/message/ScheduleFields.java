package io.leverans.web.message;

import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.TimeText;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.time.Instant;
import java.util.Optional;

/** The fields that say when a message is to be sent, and until when. */
record ScheduleFields(JsonFields object) {
  static final String SEND_AT = "sendAt";
  static final String EXPIRES_AT = "expiresAt";

  Schedule schedule() {
    return new Schedule(time(SEND_AT), time(EXPIRES_AT));
  }

  /** A field that is left out keeps what there is, and null clears it. */
  TimeChange change(String name) {
    return object.isNull(name)
        ? new TimeChange.Clear()
        : time(name).<TimeChange>map(TimeChange.To::new).orElseGet(TimeChange.Keep::new);
  }

  private Optional<Instant> time(String name) {
    return object
        .find(name)
        .flatMap(field -> field.read(ProblemType.INVALID_FIELD, TimeText::parse));
  }

  static Problem problem(Schedule.Objection objection) {
    return switch (objection) {
      case SEND_AT_PAST ->
          at(
              SEND_AT,
              "This time has passed. Give one that is ahead, or leave the field out to send at"
                  + " once.");
      case SEND_AT_TOO_FAR ->
          at(SEND_AT, "This time is more than a year ahead. Give one within a year.");
      case EXPIRES_AT_PAST ->
          at(
              EXPIRES_AT,
              "This time has passed, so that the message would not be sent at all. Give one that is"
                  + " ahead, or null for none.");
      case EXPIRES_BEFORE_SENDING ->
          at(
              EXPIRES_AT,
              "The message is to be sent no earlier than this, so that it would not be sent at all."
                  + " Give a time after sendAt, or null for none.");
      case EXPIRES_AT_TOO_FAR ->
          at(
              EXPIRES_AT,
              "This time is more than a year after the message is to be sent. Give an earlier one,"
                  + " or null: nothing is tried for that long.");
    };
  }

  private static Problem at(String field, String words) {
    return Problem.of(ProblemType.INVALID_FIELD, Place.body(field), words);
  }
}
