package io.leverans.bootstrap.runtime;

import io.leverans.application.port.out.NodeRegistry.Duty;
import io.leverans.application.port.out.NodeRegistry.RunningNode;
import io.leverans.application.port.provider.SendingNodes;
import java.util.List;

/** How many nodes send, as the last heartbeat saw it; this one alone until then. */
public final class SharedOut implements SendingNodes {
  private volatile int count = 1;

  void among(List<RunningNode> living) {
    long sending = living.stream().filter(node -> node.duty() == Duty.SENDS).count();
    count = Math.max(1, Math.toIntExact(sending));
  }

  @Override
  public int count() {
    return count;
  }
}
