package io.leverans.mail.conversation;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Outcome;
import java.util.Map;

/** What came of one transaction on a connection: an outcome for every recipient. */
record Turn(Map<DeliveryId, Outcome> outcomes, End end) {
  Turn {
    outcomes = Map.copyOf(outcomes);
  }

  /** How it ended. */
  enum End {
    /** The server gave its answers, or the hand-over was asked for: it holds for the attempt. */
    ANSWERED,
    /** The link was found dead before the hand-over was asked for: another may do better. */
    LINK_LOST
  }
}
