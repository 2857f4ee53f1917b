package io.leverans.application.port.out.memory;

import io.leverans.application.view.FailedSelection;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Deliveries that did not arrive, and what became of them. */
public final class MemoryUndelivered {
  private static final Set<DeliveryState> FAILED =
      EnumSet.of(DeliveryState.FAILED, DeliveryState.BOUNCED);

  private final Map<DeliveryId, Delivery> deliveries = new LinkedHashMap<>();
  private final Set<MessageId> purged = new HashSet<>();

  /** A delivery as it stands. */
  public record Delivery(
      TeamId team,
      DeliveryId id,
      MessageId message,
      MemberId author,
      IdentityId identity,
      ChannelId channel,
      EmailAddress recipient,
      String senderDomain,
      DeliveryState state,
      Cause cause,
      Instant endedAt) {

    Delivery in(DeliveryState other, Cause why, Instant at) {
      return new Delivery(
          team, id, message, author, identity, channel, recipient, senderDomain, other, why, at);
    }

    private boolean isIn(FailedSelection selection) {
      return team.equals(selection.team())
          && !endedAt.isBefore(selection.since())
          && endedAt.isBefore(selection.until())
          && is(selection.member(), author)
          && is(selection.cause(), cause)
          && is(selection.domain(), recipient.domain())
          && is(selection.channel(), channel)
          && is(selection.identity(), identity);
    }

    private static <T> boolean is(Optional<T> asked, T found) {
      return asked.map(found::equals).orElse(true);
    }
  }

  public void put(Delivery delivery) {
    deliveries.put(delivery.id(), delivery);
  }

  public Delivery get(DeliveryId delivery) {
    return Optional.ofNullable(deliveries.get(delivery)).orElseThrow();
  }

  /** Its message has no content any more. */
  public void purge(DeliveryId delivery) {
    purged.add(get(delivery).message());
  }

  boolean isPurged(MessageId message) {
    return purged.contains(message);
  }

  /** Those that can be tried again, the longest failed first. */
  Stream<Delivery> failed(FailedSelection selection) {
    return selected(selection)
        .filter(delivery -> FAILED.contains(delivery.state()))
        .sorted(Comparator.comparing(Delivery::endedAt));
  }

  List<Delivery> in(FailedSelection selection, DeliveryState state) {
    return selected(selection).filter(delivery -> delivery.state() == state).toList();
  }

  private Stream<Delivery> selected(FailedSelection selection) {
    return deliveries.values().stream().filter(delivery -> delivery.isIn(selection));
  }
}
