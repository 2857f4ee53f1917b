package io.leverans.web.message;

import com.fasterxml.jackson.core.JsonPointer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.PreflightPoint;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.input.Spool;
import io.leverans.web.json.Json;
import io.leverans.web.json.Words;
import io.leverans.web.problem.Finding;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages: taken, tried again, and settled by a person's word. */
public final class SendingResource {
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final AcceptMessage acceptMessage;
  private final RetryMessage retryMessage;
  private final ResolveDoubt resolveDoubt;
  private final Spool spool;

  public SendingResource(
      AcceptMessage acceptMessage,
      RetryMessage retryMessage,
      ResolveDoubt resolveDoubt,
      Spool spool) {
    this.acceptMessage = acceptMessage;
    this.retryMessage = retryMessage;
    this.resolveDoubt = resolveDoubt;
    this.spool = spool;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/messages", this::accept);
    routes.post("/v1/messages/{id}/retry", this::retry);
    routes.post("/v1/messages/{id}/resolve", this::resolve);
  }

  private void accept(Context ctx) {
    Parameters.of(ctx);
    Optional<String> key = IdempotencyKey.of(ctx);
    try (var body = JsonBody.ofMessage(ctx, spool, AttachmentsField.CONTENT)) {
      var request = new AcceptMessageJson(body);
      answer(ctx, request, acceptMessage.accept(request.toCommand(Callers.of(ctx), key)));
    }
  }

  private static void answer(Context ctx, AcceptMessageJson request, AcceptMessage.Result result) {
    switch (result) {
      case AcceptMessage.Result.Accepted(var message, var skipped) ->
          writeAccepted(ctx, message, skipped);
      case AcceptMessage.Result.RecipientsSuppressed(var entries) ->
          request.suppressed(entries).write(ctx);
      case AcceptMessage.Result.AcceptedBefore(var message, var skipped) -> {
        IdempotencyKey.markReplayed(ctx);
        writeAccepted(ctx, message, skipped);
      }
      case AcceptMessage.Result.KeyUsedOtherwise _ -> IdempotencyKey.usedOtherwise().write(ctx);
      case AcceptMessage.Result.UnknownIdentity _ ->
          Problem.of(
                  ProblemType.UNKNOWN_IDENTITY,
                  Place.body("identityId"),
                  "You have no identity with this id. GET /v1/identities lists those you have.")
              .withStatus(UNPROCESSABLE)
              .write(ctx);
      case AcceptMessage.Result.Unschedulable(var objection) ->
          ScheduleFields.problem(objection).write(ctx);
      case AcceptMessage.Result.UnverifiedIdentity(var identity, var words) ->
          Problem.of(
                  ProblemType.UNVERIFIED_IDENTITY,
                  Place.body("identityId"),
                  "%s POST /v1/identities/%s/verification sends that mail again."
                      .formatted(words, identity.value()))
              .write(ctx);
      case AcceptMessage.Result.ChannelNotOffered(_, var words) ->
          Problem.of(
                  ProblemType.CHANNEL_NOT_OFFERED,
                  Place.body("identityId"),
                  words + " Ask the operator, or use another identity.")
              .write(ctx);
      case AcceptMessage.Result.Objected(var stop) ->
          Problem.of(ProblemType.PREFLIGHT_STOP, Place.body("identityId"), inOnePiece(stop))
              .with("point", Words.of(stop.topic()))
              .write(ctx);
      case AcceptMessage.Result.TooLarge(var size, var limit) ->
          Problem.of(
                  ProblemType.MESSAGE_TOO_LARGE,
                  "The composed message has %d octets; %d are allowed. Send a link in place of"
                          .formatted(size, limit)
                      + " the largest attachment.")
              .write(ctx);
    }
  }

  private static String inOnePiece(PreflightPoint stop) {
    return stop.next().map(next -> stop.words() + " " + next.words()).orElse(stop.words());
  }

  private void retry(Context ctx) {
    Parameters.of(ctx);
    switch (retryMessage.retry(Callers.of(ctx), MessagesResource.messageIn(ctx))) {
      case RetryMessage.Result.Queued(var message, var skipped) ->
          writeAccepted(ctx, message, skipped);
      case RetryMessage.Result.UnknownMessage() -> throw MessagesResource.unknownMessage();
      case RetryMessage.Result.NothingToRetry(var message) ->
          Problem.of(ProblemType.NOTHING_TO_RETRY, nothingToRetry(message)).write(ctx);
      case RetryMessage.Result.ContentPurged(_, var at) ->
          Problem.of(
                  ProblemType.CONTENT_PURGED,
                  "The content of this message is not kept since %s: it was old, or a recipient's data was"
                          .formatted(at)
                      + " erased. There is nothing to send again. Write it anew with POST"
                      + " /v1/messages.")
              .withStatus(CONFLICT)
              .with("purgedAt", at)
              .write(ctx);
      case RetryMessage.Result.RecipientsSuppressed(var message, var entries) ->
          Problem.of(ProblemType.SUPPRESSED_RECIPIENT, suppressed(message, entries))
              .withStatus(CONFLICT)
              .write(ctx);
    }
  }

  /** At their places in the message. */
  private static List<Finding> suppressed(
      MessageView message, Map<EmailAddress, SuppressedAddress> entries) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < message.deliveries().size(); i++) {
      EmailAddress address = message.deliveries().get(i).recipient().mailbox().address();
      JsonPointer at = JsonPointer.empty().appendProperty("recipients").appendIndex(i);
      Optional.ofNullable(entries.get(address))
          .ifPresent(
              entry ->
                  findings.add(
                      new Finding(
                          ProblemType.SUPPRESSED_RECIPIENT,
                          Place.field(at),
                          SuppressedWords.takeOffFirst(address, entry))));
    }
    return findings;
  }

  private static String nothingToRetry(MessageView message) {
    if (message.purpose() == Purpose.LOGGED) {
      return MessageJson.NOT_BY_US + " To write once more, POST /v1/messages.";
    }
    String nothing =
        "None of its deliveries has failed or bounced, so there is nothing to try again.";
    boolean inDoubt =
        message.deliveries().stream()
            .anyMatch(delivery -> delivery.state() == DeliveryState.IN_DOUBT);
    return inDoubt
        ? nothing
            + " What is in doubt may have arrived: POST /v1/messages/%s/resolve with \"as\": \"resend\""
                .formatted(message.id().value())
            + " sends it again."
        : nothing;
  }

  private void resolve(Context ctx) {
    Parameters.of(ctx);
    var body = JsonBody.of(ctx, RequestBody.LIMIT);
    var command =
        new ResolveDoubtJson(body).toCommand(Callers.of(ctx), MessagesResource.messageIn(ctx));
    switch (resolveDoubt.resolve(command)) {
      case ResolveDoubt.Result.Resolved(var message) ->
          Json.write(ctx, HttpStatus.OK, MessageJson.of(message));
      case ResolveDoubt.Result.UnknownMessage() -> throw MessagesResource.unknownMessage();
      case ResolveDoubt.Result.UnknownRecipient(var address) ->
          Problem.of(
                  ProblemType.UNKNOWN_RECIPIENT,
                  Place.body("recipient"),
                  "The message does not go to " + address + ".")
              .withStatus(UNPROCESSABLE)
              .write(ctx);
      case ResolveDoubt.Result.NotInDoubt(var state) ->
          Problem.of(
                  ProblemType.NOT_IN_DOUBT,
                  Place.body("recipient"),
                  "This delivery is not in doubt. " + RecipientJson.inWords(state))
              .write(ctx);
      case ResolveDoubt.Result.RecipientSuppressed(var address, var entry) ->
          Problem.of(
                  ProblemType.SUPPRESSED_RECIPIENT,
                  Place.body("recipient"),
                  SuppressedWords.takeOffFirst(address, entry))
              .write(ctx);
    }
  }

  private static void writeAccepted(Context ctx, MessageView message, List<EmailAddress> skipped) {
    ctx.header("Location", MessageJson.location(message));
    Json.write(ctx, HttpStatus.ACCEPTED, AcceptedJson.of(message, skipped));
  }
}
