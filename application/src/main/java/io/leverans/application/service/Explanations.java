package io.leverans.application.service;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.QueuePlaces.Place;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.Explanation;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.delivery.RetrySchedule;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<Place, WaitReason> reasons =
        found.stream().collect(Collectors.toMap(place -> place, place -> reason(message, place)));
    return new ExplainedMessage(
        message.team(),
        message.id(),
        message.channel(),
        found.stream().findFirst().map(Place::now).orElseGet(clock::instant),
        message.deliveries().stream().map(delivery -> explanation(delivery, reasons)).toList());
  }

  private static Explanation explanation(DeliveryView delivery, Map<Place, WaitReason> reasons) {
    return reasons.entrySet().stream()
        .filter(entry -> entry.getKey().aboard().contains(delivery.id()))
        .findFirst()
        .map(entry -> entry.getValue().of(delivery))
        .orElseGet(() -> WaitReason.ofWhatOthersSent(delivery));
  }

  private WaitReason reason(MessageView message, Place place) {
    Optional<Channel> channel = channels.find(message.team(), place.channel());
    return new WaitReason(
        place,
        channel,
        channel.map(known -> paceOf(known, place)).orElse(Pace.UNLIMITED),
        Optional.ofNullable(lanes.rooms(List.of(place.lane())).get(place.lane())),
        lanes.findImpeded(place.lane()),
        schedule.giveUpAfter(),
        message.schedule().expiresAt());
  }

  private Pace paceOf(Channel channel, Place place) {
    return providers
        .find(channel.kind())
        .map(provider -> ChannelPace.of(channel, place.lane(), provider))
        .orElse(Pace.UNLIMITED);
  }
}
