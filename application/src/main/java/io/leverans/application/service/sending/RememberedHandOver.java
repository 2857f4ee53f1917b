package io.leverans.application.service.sending;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers all that was permitted, and whether a permission could not be asked for. Safe for use
 * by many threads.
 */
final class RememberedHandOver implements HandOver {
  private final HandOver queue;
  private final Set<DeliveryId> gone = ConcurrentHashMap.newKeySet();
  private volatile boolean broken;

  RememberedHandOver(HandOver queue) {
    this.queue = queue;
  }

  @Override
  public Permission request(Set<DeliveryId> aboard) {
    Permission permission = ask(aboard);
    if (permission == Permission.GO) {
      gone.addAll(aboard);
    }
    return permission;
  }

  private Permission ask(Set<DeliveryId> aboard) {
    try {
      return queue.request(aboard);
    } catch (RuntimeException e) {
      broken = true;
      throw e;
    }
  }

  Set<DeliveryId> gone() {
    return Set.copyOf(gone);
  }

  boolean broken() {
    return broken;
  }
}
