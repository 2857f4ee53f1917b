package io.leverans.application.service;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.HandOver;
import java.util.Set;

/** Remembers what was permitted, and whether the permission could be asked for at all. */
final class RememberedHandOver implements HandOver {
  private final HandOver queue;
  private Set<DeliveryId> gone = Set.of();
  private boolean broken;

  RememberedHandOver(HandOver queue) {
    this.queue = queue;
  }

  @Override
  public Permission request(Set<DeliveryId> aboard) {
    broken = true;
    Permission permission = queue.request(aboard);
    broken = false;
    if (permission == Permission.GO) {
      gone = Set.copyOf(aboard);
    }
    return permission;
  }

  Set<DeliveryId> gone() {
    return gone;
  }

  boolean broken() {
    return broken;
  }
}
