package io.leverans.web.message;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;
import static io.leverans.web.problem.ProblemType.MISSING_FIELD;

import com.fasterxml.jackson.core.JsonPointer;
import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Suppressed;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.input.MailboxField;
import io.leverans.web.problem.Finding;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The body of POST /v1/messages. */
record AcceptMessageJson(JsonBody body) {
  private static final int MOST_TOLD = 50;
  private static final List<String> FIELDS =
      List.of(
          "identityId",
          "to",
          "cc",
          "bcc",
          "subject",
          "text",
          "html",
          "headers",
          "attachments",
          "replyTo",
          "inReplyTo",
          "bulk",
          "suppressed",
          "metadata",
          ScheduleFields.SEND_AT,
          ScheduleFields.EXPIRES_AT);

  /**
   * What is asked for.
   *
   * @param key the request's Idempotency-Key
   */
  AcceptMessage.Command toCommand(Caller caller, Optional<String> key) {
    var fields = body.fields(FIELDS);
    body.findings().refuseAny();
    JsonFields object = fields.orElseThrow();
    var identity =
        object
            .require("identityId", "the id of the identity that writes")
            .flatMap(field -> field.read(INVALID_FIELD, Ids::require));
    var recipients = new RecipientFields(object).read();
    var content = content(object);
    Map<String, String> metadata =
        object.find("metadata").map(field -> new MetadataField(field).read()).orElse(Map.of());
    Urgency urgency =
        object.find("bulk").flatMap(JsonField::truth).filter(bulk -> bulk).isPresent()
            ? Urgency.BULK
            : Urgency.PERSONAL;
    Schedule schedule = new ScheduleFields(object).schedule();
    Suppressed suppressed = object.word("suppressed", Suppressed.class).orElse(Suppressed.REFUSE);
    body.findings().refuseAny();
    return new AcceptMessage.Command(
        caller,
        new IdentityId(identity.orElseThrow()),
        recipients,
        content.orElseThrow(),
        metadata,
        urgency,
        schedule,
        suppressed,
        key.map(text -> new AcceptMessage.Idempotency(text, body.fingerprint())));
  }

  /** Says of each recipient that the team does not write to where it stands, and why. */
  Problem suppressed(Map<EmailAddress, SuppressedAddress> entries) {
    Map<EmailAddress, JsonPointer> places =
        new RecipientFields(body.fields(FIELDS).orElseThrow()).places();
    List<Finding> findings =
        places.entrySet().stream()
            .filter(place -> entries.containsKey(place.getKey()))
            .sorted(Comparator.comparing(place -> place.getValue().toString()))
            .limit(MOST_TOLD)
            .map(place -> suppressed(place.getValue(), place.getKey(), entries))
            .toList();
    return Problem.of(ProblemType.SUPPRESSED_RECIPIENT, findings);
  }

  private static Finding suppressed(
      JsonPointer at, EmailAddress address, Map<EmailAddress, SuppressedAddress> entries) {
    return new Finding(
        ProblemType.SUPPRESSED_RECIPIENT,
        Place.field(at),
        SuppressedWords.leaveOut(address, Objects.requireNonNull(entries.get(address))));
  }

  private static Optional<Content> content(JsonFields object) {
    Optional<String> subject =
        object
            .find("subject")
            .map(field -> field.read(INVALID_FIELD, text -> Content.plain(text, "").subject()))
            .orElse(Optional.of(""));
    Optional<JsonField> text = object.find("text");
    Optional<JsonField> html = object.find("html");
    if (text.isEmpty() && html.isEmpty()) {
      object
          .findings()
          .add(
              MISSING_FIELD,
              object.at().appendProperty("text"),
              "A message has a text, an html form, or both; neither is there.");
    }
    var plain = text.flatMap(JsonField::text);
    var rich = html.flatMap(JsonField::text);
    var headers = object.find("headers").map(field -> new HeadersField(field).read());
    var attachments = object.find("attachments").map(field -> new AttachmentsField(field).read());
    Optional<Mailbox> replyTo =
        object.find("replyTo").flatMap(field -> new MailboxField(field).read());
    Optional<InternetMessageId> inReplyTo =
        object
            .find("inReplyTo")
            .flatMap(field -> field.read(INVALID_FIELD, InternetMessageId::new));
    if (subject.isEmpty() || (plain.isEmpty() && rich.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Content(
            subject.get(),
            plain,
            rich,
            headers.orElse(List.of()),
            attachments.orElse(List.of()),
            replyTo,
            inReplyTo));
  }
}
