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
    /** The server gave its answers, or the message was handed over. */
    ANSWERED,
    /** The link was found dead before anything was handed over: another may do better. */
    LINK_LOST
  }
}
