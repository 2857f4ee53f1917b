package io.leverans.application.service;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.QueuePlaces.Place;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what is known of a message's way through the queue, for {@link WaitReason} to judge. */
public final class Explanations {
  private final QueuePlaces places;
  private final Channels channels;
  private final Providers providers;
  private final Lanes lanes;
  private final RetrySchedule schedule;
  private final InstantSource clock;

  public Explanations(
      QueuePlaces places,
      Channels channels,
      Providers providers,
      Lanes lanes,
      RetrySchedule schedule,
      InstantSource clock) {
    this.places = places;
    this.channels = channels;
    this.providers = providers;
    this.lanes = lanes;
    this.schedule = schedule;
    this.clock = clock;
  }

  ExplainedMessage of(MessageView message) {
    List<Place> found = places.of(message.team(), message.id());
    Map<DeliveryId, WaitReason> reasons = reasons(message, found);
    return new ExplainedMessage(
        message.team(),
        message.id(),
        message.channel(),
        found.stream().findFirst().map(Place::now).orElseGet(clock::instant),
        message.deliveries().stream()
            .map(
                delivery ->
                    Optional.ofNullable(reasons.get(delivery.id()))
                        .map(reason -> reason.of(delivery))
                        .orElseGet(() -> WaitReason.ofWhatOthersSent(delivery)))
            .toList());
  }

  /** Each lane and each channel is looked at once, however many dispatches wait there. */
  private Map<DeliveryId, WaitReason> reasons(MessageView message, List<Place> found) {
    Set<Lane> all = found.stream().map(Place::lane).collect(Collectors.toUnmodifiableSet());
    Map<Lane, Room> rooms = lanes.rooms(all);
    Map<Lane, ImpededLane> impeded =
        all.stream()
            .flatMap(lane -> lanes.findImpeded(lane).stream())
            .collect(Collectors.toMap(ImpededLane::lane, Function.identity()));
    Map<ChannelId, Optional<Channel>> known =
        found.stream()
            .map(Place::channel)
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(), channel -> channels.find(message.team(), channel)));
    Map<DeliveryId, WaitReason> reasons = new HashMap<>();
    for (Place place : found) {
      Optional<Channel> channel = known.getOrDefault(place.channel(), Optional.empty());
      WaitReason reason =
          new WaitReason(
              place,
              channel,
              channel.map(one -> paceOf(one, place)).orElse(Pace.UNLIMITED),
              Optional.ofNullable(rooms.get(place.lane())),
              Optional.ofNullable(impeded.get(place.lane())),
              schedule.giveUpAfter(),
              message.schedule().expiresAt());
      place.aboard().forEach(delivery -> reasons.put(delivery, reason));
    }
    return reasons;
  }

  private Pace paceOf(Channel channel, Place place) {
    return providers
        .find(channel.kind())
        .map(provider -> ChannelPace.of(channel, place.lane(), provider))
        .orElse(Pace.UNLIMITED);
  }
}
