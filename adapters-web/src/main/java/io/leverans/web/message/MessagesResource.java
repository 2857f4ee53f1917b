package io.leverans.web.message;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ExplainMessage;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.in.ReadMessage;
import io.leverans.application.port.in.ReadSentBytes;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Cursor;
import io.leverans.web.input.Ids;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import io.leverans.web.json.RawMail;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemException;
import io.leverans.web.problem.ProblemType;

/** Messages: listed, shown and explained. */
public final class MessagesResource {
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_LIMIT = 100;

  private final ListMessages listMessages;
  private final ReadMessage readMessage;
  private final ReadSentBytes readSentBytes;
  private final ExplainMessage explainMessage;

  public MessagesResource(
      ListMessages listMessages,
      ReadMessage readMessage,
      ReadSentBytes readSentBytes,
      ExplainMessage explainMessage) {
    this.listMessages = listMessages;
    this.readMessage = readMessage;
    this.readSentBytes = readSentBytes;
    this.explainMessage = explainMessage;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/messages", this::list);
    routes.get("/v1/messages/{id}", this::read);
    routes.get("/v1/messages/{id}/raw", this::raw);
    routes.get("/v1/messages/{id}/explain", this::explain);
  }

  private void list(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "folder", "identityId", "limit", "cursor");
    var query =
        new ListMessages.Query(
            Callers.of(ctx),
            parameters.word("folder", Folder.class),
            parameters.read("identityId", Ids::require).map(IdentityId::new),
            parameters.limit(STANDARD_LIMIT, MAX_LIMIT),
            parameters.cursor(Cursor.MESSAGES).map(MessageId::new));
    Page<MessageSummary, MessageId> page = listMessages.list(query);
    Json.write(
        ctx,
        HttpStatus.OK,
        new ListJson<>(
            page.items().stream().map(MessageSummaryJson::of).toList(),
            page.next().map(id -> Cursor.MESSAGES.text(id.value()))));
  }

  private void read(Context ctx) {
    Parameters.of(ctx);
    MessageView message =
        readMessage
            .read(Callers.of(ctx), messageIn(ctx))
            .orElseThrow(MessagesResource::unknownMessage);
    Json.write(ctx, HttpStatus.OK, MessageJson.of(message));
  }

  private void raw(Context ctx) {
    var recipient = Parameters.of(ctx, "recipient").read("recipient", EmailAddress::parse);
    MessageId message = messageIn(ctx);
    switch (readSentBytes.read(Callers.of(ctx), message, recipient)) {
      case ReadSentBytes.Result.Found(var bytes) -> RawMail.write(ctx, message.value(), bytes);
      case ReadSentBytes.Result.UnknownMessage() -> throw unknownMessage();
      case ReadSentBytes.Result.UnknownRecipient(var address) ->
          throw new ProblemException(
              ProblemType.UNKNOWN_RECIPIENT,
              Place.parameter("recipient"),
              "The message does not go to " + address + ".");
      case ReadSentBytes.Result.Purged(var at) ->
          Problem.of(
                  ProblemType.CONTENT_PURGED,
                  "The content of this message is not kept since %s: it was old, or a recipient's data was"
                          .formatted(at)
                      + " erased. What is still told of it: GET /v1/messages/%s."
                          .formatted(message.value()))
              .with("purgedAt", at)
              .write(ctx);
    }
  }

  private void explain(Context ctx) {
    Parameters.of(ctx);
    ExplainedMessage explained =
        explainMessage
            .explain(Callers.of(ctx), messageIn(ctx))
            .orElseThrow(MessagesResource::unknownMessage);
    Json.write(ctx, HttpStatus.OK, ExplanationJson.of(explained));
  }

  static MessageId messageIn(Context ctx) {
    return Ids.parse(ctx.pathParam("id"))
        .map(MessageId::new)
        .orElseThrow(MessagesResource::unknownMessage);
  }

  static ProblemException unknownMessage() {
    return new ProblemException(
        Problem.of(
            ProblemType.UNKNOWN_MESSAGE,
            "You have no message with this id. GET /v1/messages lists those you have."));
  }
}
