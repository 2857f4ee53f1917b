package io.leverans.web.message;

import com.fasterxml.jackson.core.JsonPointer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.LogMessage;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RawBody;
import io.leverans.web.input.Spool;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Finding;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Mail that others than us sent: kept, so that all of a person's mail is in one place. */
public final class LoggingResource {
  private static final int UNPROCESSABLE = 422;
  private static final String MAIL = "message/rfc822";
  private static final int MOST_TOLD = 50;

  private final LogMessage logMessage;
  private final Spool spool;

  public LoggingResource(LogMessage logMessage, Spool spool) {
    this.logMessage = logMessage;
    this.spool = spool;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/messages/logged", this::log);
  }

  private void log(Context ctx) {
    if (RawBody.isOfType(ctx, MAIL)) {
      logRaw(ctx);
    } else {
      logJson(ctx);
    }
  }

  /**
   * Says what became of it.
   *
   * @param places where in the body recipients stand
   */
  private static void answer(
      Context ctx,
      Form form,
      Supplier<Map<EmailAddress, JsonPointer>> places,
      LogMessage.Result result) {
    switch (result) {
      case LogMessage.Result.Logged(var message) -> write(ctx, HttpStatus.CREATED, message);
      case LogMessage.Result.LoggedBefore(var message) -> {
        IdempotencyKey.markReplayed(ctx);
        write(ctx, HttpStatus.CREATED, message);
      }
      case LogMessage.Result.KnownAlready(var message) -> write(ctx, HttpStatus.OK, message);
      case LogMessage.Result.KeyUsedOtherwise _ -> IdempotencyKey.usedOtherwise().write(ctx);
      case LogMessage.Result.UnknownIdentity _ ->
          Problem.of(
                  ProblemType.UNKNOWN_IDENTITY,
                  form.identityPlace(),
                  "You have no identity with this id. GET /v1/identities lists those you have.")
              .withStatus(UNPROCESSABLE)
              .write(ctx);
      case LogMessage.Result.NotMail(var why) ->
          Problem.of(
                  ProblemType.NOT_A_MAIL,
                  form.mailPlace(),
                  "This is not a mail: %s. Send it as the mailbox gives it, header and all."
                      .formatted(why))
              .write(ctx);
      case LogMessage.Result.OtherAuthor(var from, var known) ->
          otherAuthor(from, known, form.identityPlace()).write(ctx);
      case LogMessage.Result.NobodyNamed() ->
          Problem.of(
                  ProblemType.MISSING_FIELD,
                  form.recipientsPlace(),
                  "The mail's header names no recipient whose address can be read. "
                      + form.naming()
                      + " them in to, cc or bcc beside raw.")
              .write(ctx);
      case LogMessage.Result.RecipientsErased(var entries) ->
          erased(entries, places.get(), form.mailPlace()).write(ctx);
      case LogMessage.Result.TooManyRecipients(var limit) ->
          Problem.of(
                  ProblemType.OVER_LIMIT,
                  form.mailPlace(),
                  "The mail's header names more than %d recipients, and nothing was kept. Log it in"
                          .formatted(limit)
                      + " parts, by fields instead of raw.")
              .write(ctx);
      case LogMessage.Result.TooLarge(var size, var limit) ->
          Problem.of(
                  ProblemType.MESSAGE_TOO_LARGE,
                  "The mail has %d octets; %d are kept. Log it without its attachments."
                      .formatted(size, limit))
              .write(ctx);
    }
  }

  private static Problem otherAuthor(EmailAddress from, List<EmailAddress> known, Place place) {
    return Problem.of(
        ProblemType.OTHER_AUTHOR,
        place,
        "The mail's From is %s, and this identity writes as %s. Name in identityId the identity"
                .formatted(from, String.join(" or ", known.stream().map(String::valueOf).toList()))
            + " whose address it is (GET /v1/identities lists yours, POST /v1/identities makes"
            + " one), or leave the mail out.");
  }

  /** Who does not stand in the body's fields stands in the mail's header. */
  private static Problem erased(
      Map<EmailAddress, SuppressedAddress> entries,
      Map<EmailAddress, JsonPointer> places,
      Place mail) {
    return Problem.of(
        ProblemType.SUPPRESSED_RECIPIENT,
        entries.entrySet().stream()
            .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
            .limit(MOST_TOLD)
            .map(
                entry ->
                    new Finding(
                        ProblemType.SUPPRESSED_RECIPIENT,
                        Optional.ofNullable(places.get(entry.getKey()))
                            .map(Place::field)
                            .orElse(mail),
                        SuppressedWords.notKept(entry.getKey(), entry.getValue())))
            .toList());
  }

  private void logJson(Context ctx) {
    Parameters.of(ctx);
    Optional<String> key = IdempotencyKey.of(ctx);
    try (var body = JsonBody.ofMessage(ctx, spool, LogMessageJson.RAW)) {
      var request = new LogMessageJson(body);
      var command = request.toCommand(Callers.of(ctx), key);
      answer(ctx, Form.JSON, request::places, logMessage.log(command));
    }
  }

  private void logRaw(Context ctx) {
    IdentityId identity =
        Parameters.of(ctx, "identityId")
            .read("identityId", Ids::require)
            .map(IdentityId::new)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        Place.parameter("identityId"),
                        "A mail as it is says nothing of the identity whose it is. Name it in the"
                            + " address: ?identityId=…"));
    Optional<String> key = IdempotencyKey.of(ctx);
    try (var body = RawBody.of(ctx, spool)) {
      var command =
          new LogMessage.Command(
              Callers.of(ctx),
              identity,
              Optional.of(body.octets()),
              LogMessage.Told.NOTHING,
              Map.of(),
              key.map(text -> idempotency(text, identity.value() + ":" + body.fingerprint())));
      answer(ctx, Form.RAW, Map::of, logMessage.log(command));
    }
  }

  /** How a mail was given, and so where in the request its author finds what is wrong. */
  private enum Form {
    JSON,
    RAW;

    Place identityPlace() {
      return switch (this) {
        case JSON -> Place.body("identityId");
        case RAW -> Place.parameter("identityId");
      };
    }

    Place mailPlace() {
      return switch (this) {
        case JSON -> Place.body(LogMessageJson.RAW);
        case RAW -> Place.header("Content-Type");
      };
    }

    Place recipientsPlace() {
      return switch (this) {
        case JSON -> Place.body("to");
        case RAW -> mailPlace();
      };
    }

    String naming() {
      return switch (this) {
        case JSON -> "Name";
        case RAW -> "Send it as application/json, in raw, and name";
      };
    }
  }

  /** Of a request that is otherwise the same, but to send, the fingerprint is another. */
  static Idempotency idempotency(String key, String fingerprint) {
    return new Idempotency(key, "logged:" + fingerprint);
  }

  private static void write(Context ctx, HttpStatus status, MessageView message) {
    ctx.header("Location", MessageJson.location(message));
    Json.write(ctx, status, MessageJson.of(message));
  }
}
