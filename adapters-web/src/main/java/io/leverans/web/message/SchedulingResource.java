package io.leverans.web.message;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.CancelMessage;
import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Purpose;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;

/** Messages that are not yet handed over: given another time, and withdrawn. */
public final class SchedulingResource {
  private final RescheduleMessage rescheduleMessage;
  private final CancelMessage cancelMessage;

  public SchedulingResource(RescheduleMessage rescheduleMessage, CancelMessage cancelMessage) {
    this.rescheduleMessage = rescheduleMessage;
    this.cancelMessage = cancelMessage;
  }

  public void register(RoutesConfig routes) {
    routes.patch("/v1/messages/{id}", this::reschedule);
    routes.post("/v1/messages/{id}/cancel", this::cancel);
  }

  private void reschedule(Context ctx) {
    Parameters.of(ctx);
    var body = JsonBody.of(ctx, RequestBody.LIMIT);
    var command =
        new RescheduleMessageJson(body).toCommand(Callers.of(ctx), MessagesResource.messageIn(ctx));
    switch (rescheduleMessage.reschedule(command)) {
      case RescheduleMessage.Result.Rescheduled(var message) ->
          Json.write(ctx, HttpStatus.OK, MessageJson.of(message));
      case RescheduleMessage.Result.UnknownMessage() -> throw MessagesResource.unknownMessage();
      case RescheduleMessage.Result.Unschedulable(var objection) ->
          ScheduleFields.problem(objection).write(ctx);
      case RescheduleMessage.Result.NothingLeft(var message) ->
          Problem.of(ProblemType.NOTHING_TO_RESCHEDULE, nothingLeft(message)).write(ctx);
    }
  }

  private void cancel(Context ctx) {
    Parameters.of(ctx);
    switch (cancelMessage.cancel(Callers.of(ctx), MessagesResource.messageIn(ctx))) {
      case CancelMessage.Result.Cancelled(var message) ->
          Json.write(ctx, HttpStatus.OK, MessageJson.of(message));
      case CancelMessage.Result.UnknownMessage() -> throw MessagesResource.unknownMessage();
      case CancelMessage.Result.NothingToCancel(var message) ->
          Problem.of(ProblemType.NOTHING_TO_CANCEL, nothingLeft(message)).write(ctx);
    }
  }

  private static String nothingLeft(MessageView message) {
    if (message.purpose() == Purpose.LOGGED) {
      return MessageJson.NOT_BY_US;
    }
    boolean withdrawn =
        message.deliveries().stream()
            .map(DeliveryView::state)
            .allMatch(DeliveryState.CANCELLED::equals);
    return withdrawn
        ? "It was withdrawn already, for all of its recipients."
        : "None of its deliveries is still to be handed over. GET %s says what became of each."
            .formatted(MessageJson.location(message));
  }
}
