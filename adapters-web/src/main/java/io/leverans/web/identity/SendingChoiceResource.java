package io.leverans.web.identity;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.port.in.ChooseDefault;
import io.leverans.application.port.in.PresentIdentity;
import io.leverans.application.view.PresentationView;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Identity;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.json.PresentationJson;
import io.leverans.web.json.RechosenJson;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** Which channel an identity sends through, which identity is the default, and how that looks. */
public final class SendingChoiceResource {
  private static final int UNPROCESSABLE = 422;
  private static final String NO_SUCH_CHANNEL =
      "There is no channel with this id that this identity may send through. GET /v1/channels lists"
          + " those there are.";

  private final ChooseChannel chooseChannel;
  private final ChooseDefault chooseDefault;
  private final PresentIdentity presentIdentity;

  public SendingChoiceResource(
      ChooseChannel chooseChannel, ChooseDefault chooseDefault, PresentIdentity presentIdentity) {
    this.chooseChannel = chooseChannel;
    this.chooseDefault = chooseDefault;
    this.presentIdentity = presentIdentity;
  }

  public void register(RoutesConfig routes) {
    routes.put("/v1/identities/{id}/channel", this::channel);
    routes.put("/v1/identities/{id}/default", this::makeDefault);
    routes.get("/v1/identities/{id}/presentation", this::presentation);
  }

  private void channel(Context ctx) {
    Parameters.of(ctx);
    var identityId = IdentitiesResource.identityIn(ctx);
    var command =
        new ChooseChannelJson(JsonBody.of(ctx, RequestBody.LIMIT))
            .toCommand(Callers.of(ctx), identityId);
    switch (chooseChannel.choose(command)) {
      case ChooseChannel.Result.Chosen(var identity, var presentation) ->
          Json.write(ctx, HttpStatus.OK, ChosenChannelJson.of(identity, presentation));
      case ChooseChannel.Result.UnknownIdentity() -> throw IdentitiesResource.unknown();
      case ChooseChannel.Result.UnknownChannel _ ->
          Problem.of(ProblemType.UNKNOWN_CHANNEL, Place.body("channelId"), NO_SUCH_CHANNEL)
              .withStatus(UNPROCESSABLE)
              .write(ctx);
      case ChooseChannel.Result.KindNotOffered _ ->
          Problem.of(
                  ProblemType.CHANNEL_NOT_OFFERED,
                  Place.body("channelId"),
                  "The channel is of a kind that is not offered any more. Choose another one, or"
                      + " ask the operator to offer it again.")
              .write(ctx);
    }
  }

  private void makeDefault(Context ctx) {
    Parameters.of(ctx);
    switch (chooseDefault.choose(Callers.of(ctx), IdentitiesResource.identityIn(ctx))) {
      case ChooseDefault.Result.Chosen(var identity, var rechosen) ->
          Json.write(ctx, HttpStatus.OK, ChosenDefaultJson.of(identity, rechosen));
      case ChooseDefault.Result.UnknownIdentity() -> throw IdentitiesResource.unknown();
    }
  }

  private void presentation(Context ctx) {
    Optional<ChannelId> through =
        Parameters.of(ctx, "channelId").read("channelId", Ids::require).map(ChannelId::new);
    var identity = IdentitiesResource.identityIn(ctx);
    switch (presentIdentity.present(Callers.of(ctx), identity, through)) {
      case PresentIdentity.Result.Presented(var presentation) ->
          Json.write(ctx, HttpStatus.OK, PresentationJson.of(presentation));
      case PresentIdentity.Result.UnknownIdentity() -> throw IdentitiesResource.unknown();
      case PresentIdentity.Result.UnknownChannel _ ->
          Problem.of(ProblemType.UNKNOWN_CHANNEL, Place.parameter("channelId"), NO_SUCH_CHANNEL)
              .write(ctx);
      case PresentIdentity.Result.KindNotOffered(var kind) ->
          Problem.of(
                  ProblemType.CHANNEL_NOT_OFFERED,
                  Place.parameter("channelId"),
                  "The channel is of the kind '%s', which is not offered any more, so nobody knows"
                          .formatted(kind.name())
                      + " how its mail would look. Ask with the id of another channel.")
              .write(ctx);
    }
  }

  /** An identity with the channel that it sends through now, and what is seen of it. */
  record ChosenChannelJson(IdentityJson identity, PresentationJson presentation) {
    static ChosenChannelJson of(Identity identity, PresentationView presentation) {
      return new ChosenChannelJson(IdentityJson.of(identity), PresentationJson.of(presentation));
    }
  }

  /** An identity that is the default now, and whose channel is another by that. */
  record ChosenDefaultJson(IdentityJson identity, List<RechosenJson> rechosen) {
    ChosenDefaultJson {
      rechosen = List.copyOf(rechosen);
    }

    static ChosenDefaultJson of(Identity identity, List<Rechosen> rechosen) {
      return new ChosenDefaultJson(
          IdentityJson.of(identity), rechosen.stream().map(RechosenJson::of).toList());
    }
  }
}
