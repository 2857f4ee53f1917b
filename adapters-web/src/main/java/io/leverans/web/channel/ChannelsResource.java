package io.leverans.web.channel;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ListChannelKinds;
import io.leverans.application.port.in.ListChannels;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import java.util.Optional;

/** Channels and their kinds: listed. */
public final class ChannelsResource {
  private final ListChannelKinds listChannelKinds;
  private final ListChannels listChannels;

  public ChannelsResource(ListChannelKinds listChannelKinds, ListChannels listChannels) {
    this.listChannelKinds = listChannelKinds;
    this.listChannels = listChannels;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/channel-kinds", this::kinds);
    routes.get("/v1/channels", this::channels);
  }

  private void kinds(Context ctx) {
    Parameters.of(ctx);
    var items = listChannelKinds.list().stream().map(ChannelKindJson::of).toList();
    Json.write(ctx, HttpStatus.OK, new ListJson<>(items, Optional.empty()));
  }

  private void channels(Context ctx) {
    Parameters.of(ctx);
    var items = listChannels.list(Callers.of(ctx)).stream().map(ChannelJson::of).toList();
    Json.write(ctx, HttpStatus.OK, new ListJson<>(items, Optional.empty()));
  }
}
