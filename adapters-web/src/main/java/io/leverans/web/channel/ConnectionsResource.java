package io.leverans.web.channel;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.in.RemoveChannel.WithMail;
import io.leverans.application.view.ChannelView;
import io.leverans.application.view.Rechosen;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelId;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.json.RechosenJson;
import io.leverans.web.json.Words;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Channels of one's own: connected, changed and removed. */
public final class ConnectionsResource {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionsResource.class);

  private final ConnectChannel connectChannel;
  private final ChangeChannel changeChannel;
  private final RemoveChannel removeChannel;

  public ConnectionsResource(
      ConnectChannel connectChannel, ChangeChannel changeChannel, RemoveChannel removeChannel) {
    this.connectChannel = connectChannel;
    this.changeChannel = changeChannel;
    this.removeChannel = removeChannel;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/channels", this::connect);
    routes.patch("/v1/channels/{id}", this::change);
    routes.delete("/v1/channels/{id}", this::remove);
  }

  private void connect(Context ctx) {
    Parameters.of(ctx);
    var command =
        new ConnectChannelJson(JsonBody.of(ctx, RequestBody.LIMIT)).toCommand(Callers.of(ctx));
    switch (connectChannel.connect(command)) {
      case ConnectChannel.Result.Connected(var channel, var findings, var rechosen) ->
          writeConnected(ctx, channel, findings, rechosen);
      case ConnectChannel.Result.UnknownKind(var kind, var offered) ->
          ChannelProblems.unknownKind(kind, offered).write(ctx);
      case ConnectChannel.Result.NeedsConsent _ ->
          ChannelProblems.needsConsent("/v1/channels/connect").write(ctx);
      case ConnectChannel.Result.ComesWithPlatform(var kind) ->
          Problem.of(
                  ProblemType.COMES_WITH_PLATFORM,
                  Place.body("kind"),
                  "The platform has the one channel of the kind '%s', for everybody: there is"
                          .formatted(kind.name())
                      + " nothing to connect. GET /v1/channels shows it.")
              .write(ctx);
      case ConnectChannel.Result.AdminsOnly() -> ChannelProblems.adminsOnly().write(ctx);
      case ConnectChannel.Result.Faulty(var problems) ->
          ChannelProblems.faulty(problems).write(ctx);
      case ConnectChannel.Result.Refused(var proof) ->
          ChannelProblems.refused(proof, "Nothing was stored.").write(ctx);
    }
  }

  private static void writeConnected(
      Context ctx, ChannelView channel, List<String> findings, List<Rechosen> rechosen) {
    ChannelJson connected = ChannelJson.of(channel).with(findings, rechosen);
    ctx.header("Location", connected.location());
    Json.write(ctx, HttpStatus.CREATED, connected);
  }

  private void change(Context ctx) {
    Parameters.of(ctx);
    ChannelId id = ChannelProblems.channelIn(ctx);
    var command =
        new ChangeChannelJson(JsonBody.of(ctx, RequestBody.LIMIT)).toCommand(Callers.of(ctx), id);
    switch (changeChannel.change(command)) {
      case ChangeChannel.Result.Changed(var channel, var findings) ->
          Json.write(ctx, HttpStatus.OK, ChannelJson.of(channel).with(findings));
      case ChangeChannel.Result.UnknownChannel() -> throw ChannelProblems.unknown();
      case ChangeChannel.Result.NotYours() -> ChannelProblems.notYours().write(ctx);
      case ChangeChannel.Result.KindNotOffered(var kind) ->
          ChannelProblems.notOffered(kind).write(ctx);
      case ChangeChannel.Result.NeedsConsent() ->
          ChannelProblems.needsConsent("/v1/channels/{id}/connect").write(ctx);
      case ChangeChannel.Result.Faulty(var problems) -> ChannelProblems.faulty(problems).write(ctx);
      case ChangeChannel.Result.ChangedMeanwhile() ->
          Problem.of(
                  ProblemType.CHANNEL_CHANGED_MEANWHILE,
                  "Nothing was changed: somebody else changed how the channel connects at the same"
                      + " time. Look at it with GET /v1/channels/{id}, and ask again if it is still"
                      + " needed.")
              .write(ctx);
      case ChangeChannel.Result.Refused(var proof) ->
          ChannelProblems.refused(proof, "All is as it was.").write(ctx);
    }
  }

  private void remove(Context ctx) {
    Parameters parameters = Parameters.of(ctx, "waiting");
    WithMail withMail =
        parameters
            .word("waiting", Waiting.class)
            .map(
                word ->
                    switch (word) {
                      case KEEP -> WithMail.LEAVE_WAITING;
                    })
            .orElse(WithMail.REFUSE);
    ChannelId id = ChannelProblems.channelIn(ctx);
    switch (removeChannel.remove(new RemoveChannel.Command(Callers.of(ctx), id, withMail))) {
      case RemoveChannel.Result.Removed removed -> writeRemoved(ctx, id, removed);
      case RemoveChannel.Result.UnknownChannel() -> throw ChannelProblems.unknown();
      case RemoveChannel.Result.NotYours() -> ChannelProblems.notYours().write(ctx);
      case RemoveChannel.Result.MailWaits(var waiting) -> mailWaits(id, waiting).write(ctx);
    }
  }

  private static void writeRemoved(
      Context ctx, ChannelId id, RemoveChannel.Result.Removed removed) {
    if (removed.access() == RemoveChannel.Access.FAILED) {
      LOG.warn("Channel {} was removed, but access to its account was not given back", id.value());
    }
    Json.write(ctx, HttpStatus.OK, RemovedJson.of(removed));
  }

  private static Problem mailWaits(ChannelId id, WaitingAmount waiting) {
    return Problem.of(
            ProblemType.MAIL_WAITS,
            "Nothing was removed. Mail waits for this channel since %s: %s for %s."
                    .formatted(
                        waiting.since(),
                        counted(waiting.messages(), "message"),
                        counted(waiting.recipients(), "recipient"))
                + " Move it with POST /v1/channels/%s/move-waiting, or remove the channel with"
                    .formatted(id.value())
                + " ?waiting=keep and move it later.")
        .with("waiting", WaitingJson.of(waiting));
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** What to do with mail that waits for a channel that is removed. */
  enum Waiting {
    KEEP
  }

  /**
   * What removing a channel changed.
   *
   * @param waiting what waits for it still, until it is moved
   * @param access what became of the access to an account, if it had any
   */
  record RemovedJson(
      List<RechosenJson> rechosen, Optional<WaitingJson> waiting, Optional<String> access) {
    RemovedJson {
      rechosen = List.copyOf(rechosen);
    }

    static RemovedJson of(RemoveChannel.Result.Removed removed) {
      return new RemovedJson(
          removed.rechosen().stream().map(RechosenJson::of).toList(),
          removed.waiting().map(WaitingJson::of),
          Optional.of(removed.access())
              .filter(access -> access != RemoveChannel.Access.NONE)
              .map(Words::of));
    }
  }
}
