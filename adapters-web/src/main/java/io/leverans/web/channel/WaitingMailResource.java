package io.leverans.web.channel;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.domain.channel.ChannelId;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;

/** Mail that waits for a channel: moved to another, or shown how it would look. */
public final class WaitingMailResource {
  private static final int UNPROCESSABLE = 422;
  private static final Place TO = Place.body("to");

  private final MoveWaitingMail moveWaitingMail;

  public WaitingMailResource(MoveWaitingMail moveWaitingMail) {
    this.moveWaitingMail = moveWaitingMail;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/channels/{id}/move-waiting", this::move);
  }

  private void move(Context ctx) {
    Parameters.of(ctx);
    ChannelId from = ChannelProblems.channelIn(ctx);
    var command =
        new MoveWaitingMailJson(JsonBody.of(ctx, RequestBody.LIMIT))
            .toCommand(Callers.of(ctx), from);
    switch (moveWaitingMail.move(command)) {
      case MoveWaitingMail.Result.Shown(var account) ->
          Json.write(ctx, HttpStatus.OK, MoveAccountJson.shown(account));
      case MoveWaitingMail.Result.Moved(var account) ->
          Json.write(ctx, HttpStatus.OK, MoveAccountJson.moved(account));
      case MoveWaitingMail.Result.UnknownChannel(var channel) -> {
        if (channel.equals(from)) {
          throw ChannelProblems.unknown();
        }
        Problem.of(
                ProblemType.UNKNOWN_CHANNEL,
                TO,
                "There is no channel with this id that this mail can go through. GET /v1/channels"
                    + " lists those there are.")
            .withStatus(UNPROCESSABLE)
            .write(ctx);
      }
      case MoveWaitingMail.Result.SameChannel() ->
          Problem.of(
                  ProblemType.SAME_CHANNEL,
                  TO,
                  "The mail waits for this very channel. Name another one to move it to.")
              .write(ctx);
      case MoveWaitingMail.Result.KindNotOffered(var kind) ->
          Problem.of(
                  ProblemType.CHANNEL_NOT_OFFERED,
                  TO,
                  "The channel to move the mail to is of the kind '%s', which is not offered any"
                          .formatted(kind.name())
                      + " more. Name another channel.")
              .write(ctx);
      case MoveWaitingMail.Result.TargetAtFault(var channel) ->
          Problem.of(
                  ProblemType.CHANNEL_NEEDS_ATTENTION,
                  TO,
                  "The channel to move the mail to needs attention itself. GET /v1/channels/%s says"
                          .formatted(channel.value())
                      + " what is wrong. Mend it first, or name another channel.")
              .write(ctx);
    }
  }
}
