package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;
import static io.leverans.web.problem.ProblemType.MISSING_FIELD;

import com.fasterxml.jackson.core.JsonPointer;
import io.leverans.application.port.in.LogMessage;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Octets;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of POST /v1/messages/logged, where it is JSON. */
record LogMessageJson(JsonBody body) {
  static final String RAW = "raw";
  private static final List<String> FIELDS =
      List.of(
          "identityId",
          RAW,
          "to",
          "cc",
          "bcc",
          "subject",
          "text",
          "html",
          "date",
          "messageId",
          "inReplyTo",
          "metadata");
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  /**
   * What is asked for.
   *
   * @param key the request's Idempotency-Key
   */
  LogMessage.Command toCommand(Caller caller, Optional<String> key) {
    var fields = body.fields(FIELDS);
    body.findings().refuseAny();
    JsonFields object = fields.orElseThrow();
    var identity =
        object
            .require("identityId", "the id of the identity whose mail it is")
            .flatMap(field -> field.read(INVALID_FIELD, Ids::require));
    Optional<Octets> raw =
        object
            .find(RAW)
            .flatMap(
                field ->
                    field.octets(
                        INVALID_FIELD,
                        _ -> "a raw mail is written in Base64 (RFC 4648 §4) without line breaks"));
    LogMessage.Told told = told(object);
    Map<String, String> metadata =
        object.find("metadata").map(field -> new MetadataField(field).read()).orElse(Map.of());
    body.findings().refuseAny();
    return new LogMessage.Command(
        caller,
        new IdentityId(identity.orElseThrow()),
        raw,
        told,
        metadata,
        key.map(text -> LoggingResource.idempotency(text, body.fingerprint())));
  }

  /** Where each recipient stands that is named beside the mail. */
  Map<EmailAddress, JsonPointer> places() {
    return new RecipientFields(body.fields(FIELDS).orElseThrow()).places();
  }

  private static LogMessage.Told told(JsonFields object) {
    boolean isToldOnly = object.find(RAW).isEmpty();
    if (isToldOnly && object.find("text").isEmpty() && object.find("html").isEmpty()) {
      object
          .findings()
          .add(
              MISSING_FIELD,
              object.at().appendProperty(RAW),
              "A mail is given as a whole, in raw, or by its text, its html form, or both; none of"
                  + " them is there.");
    }
    RecipientFields recipients = new RecipientFields(object);
    return new LogMessage.Told(
        isToldOnly ? recipients.read() : recipients.readAny(),
        object
            .find("subject")
            .flatMap(field -> field.read(INVALID_FIELD, text -> Content.plain(text, "").subject())),
        object.find("text").flatMap(JsonField::text),
        object.find("html").flatMap(JsonField::text),
        object.find("date").flatMap(field -> field.read(INVALID_FIELD, LogMessageJson::date)),
        id(object, "messageId"),
        id(object, "inReplyTo"));
  }

  private static Optional<InternetMessageId> id(JsonFields object, String name) {
    return object.find(name).flatMap(field -> field.read(INVALID_FIELD, InternetMessageId::new));
  }

  private static Instant date(String text) {
    try {
      Instant date = OffsetDateTime.parse(text).toInstant();
      if (date.isBefore(EARLIEST) || !date.isBefore(LATEST)) {
        throw new IllegalArgumentException("a mail is of the year 1970 or a later one of 4 digits");
      }
      return date;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a date is written as in 2026-11-24T12:00:00Z (RFC 3339)", e);
    }
  }
}
