package io.leverans.bootstrap.runtime;

import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.application.port.provider.SendingNodes;
import java.util.List;

/**
 * How many nodes send, as the last two heartbeats saw it; this one alone until then. Where they
 * differ the greater number counts: the first after the database was away sees no other node.
 */
public final class SharedOut implements SendingNodes {
  private int seen = 1;
  private volatile int count = 1;

  synchronized void among(List<RunningNode> living) {
    int before = seen;
    seen = (int) living.stream().filter(node -> node.duty() == Duty.SENDS).count();
    count = Math.max(1, Math.max(before, seen));
  }

  @Override
  public int count() {
    return count;
  }
}
