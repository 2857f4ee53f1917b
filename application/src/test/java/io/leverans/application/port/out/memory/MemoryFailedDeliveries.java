package io.leverans.application.port.out.memory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.port.out.memory.MemoryUndelivered.Delivery;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedGroups.Apart;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.application.view.FailedSelection;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Cure;
import io.leverans.domain.delivery.DeliveryState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Failed mail in memory. */
public final class MemoryFailedDeliveries implements FailedDeliveries {
  private final MemoryUndelivered undelivered;

  public MemoryFailedDeliveries(MemoryUndelivered undelivered) {
    this.undelivered = undelivered;
  }

  @Override
  public FailedGroups group(FailedSelection selection, By by, int atMost) {
    List<Group> groups =
        undelivered.failed(selection).collect(groupingBy(each -> key(each, by))).entrySet().stream()
            .map(entry -> group(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(Group::deliveries).reversed().thenComparing(Group::key))
            .toList();
    return new FailedGroups(
        groups.stream().limit(atMost).toList(),
        groups.stream().mapToLong(Group::deliveries).sum(),
        Math.max(0, groups.size() - atMost),
        new Apart(
            undelivered.in(selection, DeliveryState.IN_DOUBT).size(),
            undelivered.in(selection, DeliveryState.COMPLAINED).size()));
  }

  private static String key(Delivery delivery, By by) {
    return switch (by) {
      case CAUSE -> delivery.cause().name();
      case DOMAIN -> delivery.recipient().domain();
      case CHANNEL -> delivery.channel().value().toString();
    };
  }

  private static Group group(String key, List<Delivery> all) {
    return new Group(
        key,
        all.size(),
        all.stream().map(Delivery::message).distinct().count(),
        first(all),
        last(all),
        all.stream().collect(groupingBy(Delivery::cause, toList())).entrySet().stream()
            .map(entry -> share(entry.getKey(), entry.getValue()))
            .sorted(
                Comparator.comparingLong(Share::deliveries)
                    .reversed()
                    .thenComparing(share -> share.cause().name()))
            .toList());
  }

  private static Share share(Cause cause, List<Delivery> all) {
    List<ChannelId> channels = all.stream().map(Delivery::channel).distinct().toList();
    List<String> domains = all.stream().map(Delivery::senderDomain).distinct().toList();
    return new Share(
        cause,
        all.size(),
        first(all),
        last(all),
        cause.cure() == Cure.RECONNECT_CHANNEL ? channels : List.of(),
        cause.cure() == Cure.PUBLISH_RECORD ? domains : List.of());
  }

  private static Instant first(List<Delivery> all) {
    return all.stream().map(Delivery::endedAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant last(List<Delivery> all) {
    return all.stream().map(Delivery::endedAt).max(Comparator.naturalOrder()).orElseThrow();
  }
}
