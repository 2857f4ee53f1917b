package io.leverans.web.message;

import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import io.leverans.web.input.JsonFields;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The fields that say when a message is to be sent, and until when. */
record ScheduleFields(JsonFields object) {
  static final String SEND_AT = "sendAt";
  static final String EXPIRES_AT = "expiresAt";

  /** No database knows times that are further away. */
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

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
        .flatMap(field -> field.read(ProblemType.INVALID_FIELD, ScheduleFields::parse));
  }

  private static Instant parse(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
        throw new IllegalArgumentException("a time is of the year 1970 or a later one of 4 digits");
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a time is written with its offset, as in 2026-11-24T12:00:00Z or"
              + " 2026-11-24T13:00:00+01:00 (RFC 3339)",
          e);
    }
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
