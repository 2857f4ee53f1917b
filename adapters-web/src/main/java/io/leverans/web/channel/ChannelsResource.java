package io.leverans.web.channel;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.leverans.application.port.in.ListChannelKinds;
import io.leverans.application.port.in.ReadChannels;
import io.leverans.application.port.in.TestChannel;
import io.leverans.application.view.ChannelView;
import io.leverans.web.input.Callers;
import io.leverans.web.input.Parameters;
import io.leverans.web.json.Json;
import io.leverans.web.json.ListJson;
import java.util.Optional;

/** Channels and their kinds: listed, shown and tried. */
public final class ChannelsResource {
  private final ListChannelKinds listChannelKinds;
  private final ReadChannels readChannels;
  private final TestChannel testChannel;

  public ChannelsResource(
      ListChannelKinds listChannelKinds, ReadChannels readChannels, TestChannel testChannel) {
    this.listChannelKinds = listChannelKinds;
    this.readChannels = readChannels;
    this.testChannel = testChannel;
  }

  public void register(RoutesConfig routes) {
    routes.get("/v1/channel-kinds", this::kinds);
    routes.get("/v1/channels", this::channels);
    routes.get("/v1/channels/{id}", this::channel);
    routes.post("/v1/channels/{id}/test", this::test);
  }

  private void kinds(Context ctx) {
    Parameters.of(ctx);
    var items = listChannelKinds.list().stream().map(ChannelKindJson::of).toList();
    Json.write(ctx, HttpStatus.OK, new ListJson<>(items, Optional.empty()));
  }

  private void channels(Context ctx) {
    Parameters.of(ctx);
    var items = readChannels.list(Callers.of(ctx)).stream().map(ChannelJson::of).toList();
    Json.write(ctx, HttpStatus.OK, new ListJson<>(items, Optional.empty()));
  }

  private void channel(Context ctx) {
    Parameters.of(ctx);
    ChannelView channel =
        readChannels
            .read(Callers.of(ctx), ChannelProblems.channelIn(ctx))
            .orElseThrow(ChannelProblems::unknown);
    Json.write(ctx, HttpStatus.OK, ChannelJson.of(channel));
  }

  private void test(Context ctx) {
    Parameters.of(ctx);
    switch (testChannel.test(Callers.of(ctx), ChannelProblems.channelIn(ctx))) {
      case TestChannel.Result.Works(var channel, var proof) ->
          Json.write(ctx, HttpStatus.OK, ProofJson.of(channel, proof));
      case TestChannel.Result.Fails(var channel, var proof) ->
          Json.write(ctx, HttpStatus.OK, ProofJson.of(channel, proof));
      case TestChannel.Result.UnknownChannel() -> throw ChannelProblems.unknown();
      case TestChannel.Result.KindNotOffered(var kind) ->
          ChannelProblems.notOffered(kind).write(ctx);
    }
  }
}
