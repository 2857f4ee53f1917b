package io.leverans.web.consent;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.BeginConsent.Result;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.web.channel.ChannelProblems;
import io.leverans.web.input.Callers;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.Parameters;
import io.leverans.web.input.RequestBody;
import io.leverans.web.json.Json;
import io.leverans.web.problem.Place;
import io.leverans.web.problem.Problem;
import io.leverans.web.problem.ProblemType;
import java.net.URI;
import java.time.Instant;

/** Channels that are connected by the consent of an account's owner: begun here. */
public final class ConsentsResource {
  private final BeginConsent beginConsent;
  private final URI publicUrl;

  public ConsentsResource(BeginConsent beginConsent, URI publicUrl) {
    this.beginConsent = beginConsent;
    this.publicUrl = publicUrl;
  }

  public void register(RoutesConfig routes) {
    routes.post("/v1/channels/connect", this::connect);
    routes.post("/v1/channels/{id}/connect", this::reconnect);
  }

  private void connect(Context ctx) {
    Parameters.of(ctx);
    var body = new BeginConsentJson(JsonBody.of(ctx, RequestBody.LIMIT), publicUrl);
    write(ctx, beginConsent.begin(body.toConnect(Callers.of(ctx), Callers.keyOf(ctx))));
  }

  private void reconnect(Context ctx) {
    Parameters.of(ctx);
    ChannelId channel = ChannelProblems.channelIn(ctx);
    var body = new BeginConsentJson(JsonBody.of(ctx, RequestBody.LIMIT), publicUrl);
    write(ctx, beginConsent.begin(body.toReconnect(Callers.of(ctx), Callers.keyOf(ctx), channel)));
  }

  private void write(Context ctx, Result result) {
    switch (result) {
      case Result.Begun(var ticket, var endsAt) ->
          Json.write(ctx, HttpStatus.CREATED, new BegunJson(page(ticket), endsAt));
      case Result.UnknownKind(var kind, var offered) ->
          ChannelProblems.unknownKind(kind, offered).write(ctx);
      case Result.NoConsentNeeded(var kind) -> noConsentNeeded(kind).write(ctx);
      case Result.AdminsOnly() -> ChannelProblems.adminsOnly().write(ctx);
      case Result.UnknownChannel() -> throw ChannelProblems.unknown();
      case Result.NotYours() -> ChannelProblems.notYours().write(ctx);
      case Result.Faulty(var problems) -> ChannelProblems.faulty(problems).write(ctx);
    }
  }

  private URI page(LinkCode ticket) {
    return publicUrl.resolve(ConsentPages.path(ticket));
  }

  private static Problem noConsentNeeded(ChannelKind kind) {
    return Problem.of(
        ProblemType.NO_CONSENT_NEEDED,
        Place.body("kind"),
        "A channel of the kind '%s' with these settings is connected without asking anybody: POST"
                .formatted(kind.name())
            + " /v1/channels connects it, PATCH /v1/channels/{id} changes it.");
  }

  /**
   * A consent that was begun.
   *
   * @param consentPage where to lead the browser of the account's owner
   */
  record BegunJson(URI consentPage, Instant endsAt) {}
}
