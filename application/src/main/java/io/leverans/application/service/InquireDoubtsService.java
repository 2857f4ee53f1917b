package io.leverans.application.service;

import io.leverans.application.port.in.InquireDoubts;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Doubts.Doubt;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.UsableChannels.Opening;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Finding;
import io.leverans.domain.delivery.HandOverInquiry;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks about each doubt once a minute, until the provider knows. */
public final class InquireDoubtsService implements InquireDoubts {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int TEAMS = 1_000;
  private static final int DOUBTS = 50;

  private final Doubts doubts;
  private final Channels channels;
  private final Providers providers;
  private final UsableChannels usable;
  private final Set<ChannelKind> kinds;

  public InquireDoubtsService(
      Doubts doubts, Channels channels, Providers providers, UsableChannels usable) {
    this.doubts = doubts;
    this.channels = channels;
    this.providers = providers;
    this.usable = usable;
    this.kinds =
        providers.all().stream()
            .filter(provider -> provider.inquiry().isPresent())
            .map(ChannelProvider::kind)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Result inquire() {
    if (kinds.isEmpty()) {
      return new Result(0, 0);
    }
    return doubts.teams(TEAMS).stream()
        .map(this::inquire)
        .reduce(new Result(0, 0), InquireDoubtsService::sum);
  }

  private Result inquire(TeamId team) {
    List<Doubt> taken = doubts.take(team, kinds, PAUSE, DOUBTS);
    return taken.stream().map(this::inquire).reduce(new Result(0, 0), InquireDoubtsService::sum);
  }

  private Result inquire(Doubt doubt) {
    return switch (finding(doubt)) {
      case Finding.Happened(var reference) -> new Result(doubts.shownSent(doubt, reference), 0);
      case Finding.DidNotHappen() -> new Result(0, doubts.shownNotSent(doubt));
      case Finding.CannotTell _ -> new Result(0, 0);
    };
  }

  private Finding finding(Doubt doubt) {
    TeamId team = doubt.dispatch().team();
    return channels
        .find(team, doubt.channel())
        .filter(channel -> channel.health().at(doubt.takenAt()) == Readiness.READY)
        .flatMap(
            channel ->
                providers
                    .find(channel.kind())
                    .map(
                        provider -> finding(usable.open(team, channel, provider), provider, doubt)))
        .orElseGet(() -> new Finding.CannotTell("the channel is gone or needs attention"));
  }

  private static Finding finding(Opening opening, ChannelProvider provider, Doubt doubt) {
    Optional<HandOverInquiry> inquiry = provider.inquiry();
    return switch (opening) {
      case Opening.Ready(var open) ->
          inquiry
              .map(
                  known ->
                      known.inquire(doubt.dispatch(), open, doubt.handedOverAt(), doubt.takenAt()))
              .orElseGet(() -> new Finding.CannotTell("the kind cannot look it up"));
      case Opening.AtFault(var fault) -> new Finding.CannotTell(fault.words());
      case Opening.NotNow(var words) -> new Finding.CannotTell(words);
    };
  }

  private static Result sum(Result one, Result other) {
    return new Result(one.sent() + other.sent(), one.notSent() + other.notSent());
  }
}
