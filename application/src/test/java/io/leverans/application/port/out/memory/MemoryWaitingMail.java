package io.leverans.application.port.out.memory;

import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.WaitingMail;
import io.leverans.application.view.WaitingAmount;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waiting mail in memory: what was put into it. Amounts have waited since now. */
public final class MemoryWaitingMail implements WaitingMail {
  private final InstantSource clock;
  private final List<Waiting> all = new ArrayList<>();
  private final Set<MessageId> underWay = new HashSet<>();
  private final List<MovedMessage> moved = new ArrayList<>();

  public MemoryWaitingMail(InstantSource clock) {
    this.clock = clock;
  }

  private record Waiting(TeamId team, ChannelId channel, WaitingMessage message) {}

  @Override
  public Map<ChannelId, WaitingAmount> amounts(TeamId team, Collection<ChannelId> channels) {
    Map<ChannelId, WaitingAmount> amounts = new HashMap<>();
    for (ChannelId channel : channels) {
      List<WaitingMessage> waiting = on(team, channel).map(Waiting::message).toList();
      if (!waiting.isEmpty()) {
        int recipients = waiting.stream().mapToInt(message -> message.left().size()).sum();
        amounts.put(channel, new WaitingAmount(waiting.size(), recipients, clock.instant()));
      }
    }
    return amounts;
  }

  @Override
  public List<WaitingMessage> list(
      TeamId team, ChannelId channel, int atMost, Optional<MessageId> after) {
    return on(team, channel)
        .map(Waiting::message)
        .filter(
            message -> after.map(id -> id.value().compareTo(message.id().value()) < 0).orElse(true))
        .sorted(Comparator.comparing(message -> message.id().value()))
        .limit(atMost)
        .toList();
  }

  @Override
  public Moved move(TeamId team, MovedMessage message) {
    Optional<Waiting> found =
        on(team, message.from())
            .filter(waiting -> waiting.message().id().equals(message.message()))
            .filter(waiting -> !underWay.contains(waiting.message().id()))
            .filter(
                waiting ->
                    waiting
                        .message()
                        .left()
                        .keySet()
                        .equals(
                            message.dispatches().stream()
                                .flatMap(dispatch -> dispatch.deliveries().stream())
                                .map(PlannedDelivery::id)
                                .collect(Collectors.toSet())))
            .findFirst();
    if (found.isEmpty()) {
      return Moved.CHANGED_MEANWHILE;
    }
    all.remove(found.get());
    add(team, message.to(), recomposed(found.get().message(), message));
    moved.add(message);
    return Moved.MOVED;
  }

  private static WaitingMessage recomposed(WaitingMessage before, MovedMessage moved) {
    return new WaitingMessage(
        before.id(),
        before.identity(),
        before.author(),
        before.subject(),
        before.left(),
        before.recipients(),
        moved.composed());
  }

  /** One more that is still to be tried through the channel. */
  public void add(TeamId team, ChannelId channel, WaitingMessage message) {
    all.add(new Waiting(team, channel, message));
  }

  /** From now on something of the message is being tried. */
  public void tryNow(MessageId message) {
    underWay.add(message);
  }

  /** What was moved, in this order. */
  public List<MovedMessage> moved() {
    return List.copyOf(moved);
  }

  private Stream<Waiting> on(TeamId team, ChannelId channel) {
    return all.stream()
        .filter(waiting -> waiting.team().equals(team) && waiting.channel().equals(channel));
  }
}
