package io.leverans.application.service.explanation;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.Lanes.ImpededLane;
import io.leverans.application.port.out.Lanes.Room;
import io.leverans.application.port.out.QueuePlaces;
import io.leverans.application.port.out.QueuePlaces.Place;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.sending.ChannelPace;
import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.MessageView;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.PacedLane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.RetrySchedules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what is known of a message's way through the queue, for {@link WaitReason} to judge. */
public final class Explanations {
  /** Lanes within a closed one are closed with it, a moment later. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

  private final QueuePlaces places;
  private final Channels channels;
  private final Providers providers;
  private final Lanes lanes;
  private final RetrySchedules schedules;
  private final InstantSource clock;

  public Explanations(
      QueuePlaces places,
      Channels channels,
      Providers providers,
      Lanes lanes,
      RetrySchedules schedules,
      InstantSource clock) {
    this.places = places;
    this.channels = channels;
    this.providers = providers;
    this.lanes = lanes;
    this.schedules = schedules;
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
    Map<Lane, ImpededLane> impeded =
        found.stream()
            .map(Place::lane)
            .distinct()
            .flatMap(lane -> lanes.findImpeded(lane).stream())
            .collect(Collectors.toMap(ImpededLane::lane, Function.identity()));
    Map<ChannelId, Channel> known =
        found.stream()
            .map(Place::channel)
            .distinct()
            .flatMap(channel -> channels.find(message.team(), channel).stream())
            .collect(Collectors.toMap(Channel::id, Function.identity()));
    Map<Place, List<PacedLane>> passed =
        found.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    place -> passed(Optional.ofNullable(known.get(place.channel())), place)));
    Map<Lane, Room> rooms = rooms(passed.values());
    Map<DeliveryId, WaitReason> reasons = new HashMap<>();
    passed.forEach(
        (place, lanesOfIt) -> {
          PacedLane limiting = latestToOpen(lanesOfIt, rooms);
          Optional<Channel> channel = Optional.ofNullable(known.get(place.channel()));
          WaitReason reason =
              new WaitReason(
                  place,
                  channel,
                  limiting,
                  Optional.ofNullable(rooms.get(limiting.lane())),
                  Optional.ofNullable(impeded.get(place.lane())),
                  schedules.of(channel).giveUpAfter(),
                  message.schedule().expiresAt());
          place.aboard().forEach(delivery -> reasons.put(delivery, reason));
        });
    return reasons;
  }

  private Map<Lane, Room> rooms(Collection<List<PacedLane>> passed) {
    return lanes.rooms(
        passed.stream()
            .flatMap(List::stream)
            .map(PacedLane::lane)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private List<PacedLane> passed(Optional<Channel> channel, Place place) {
    return channel
        .flatMap(
            one ->
                providers
                    .find(one.kind())
                    .map(provider -> ChannelPace.passed(place.lane(), one, provider)))
        .orElseGet(() -> List.of(new PacedLane(place.lane(), Pace.UNLIMITED)));
  }

  /** Its own lane, unless one around it lets nothing pass for as long as that. */
  private static PacedLane latestToOpen(List<PacedLane> passed, Map<Lane, Room> rooms) {
    PacedLane latest = passed.getFirst();
    for (PacedLane around : passed) {
      boolean isOpen = opensAfter(rooms, around).isZero();
      Duration opens = opensAfter(rooms, around).plus(TOLD_WITHIN);
      if (!isOpen && opens.compareTo(opensAfter(rooms, latest)) >= 0) {
        latest = around;
      }
    }
    return latest;
  }

  private static Duration opensAfter(Map<Lane, Room> rooms, PacedLane lane) {
    return Optional.ofNullable(rooms.get(lane.lane())).map(Room::reopens).orElse(Duration.ZERO);
  }
}
