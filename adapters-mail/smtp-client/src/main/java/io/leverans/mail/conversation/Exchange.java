package io.leverans.mail.conversation;

import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What came of turning to one server. */
public sealed interface Exchange {
  /** It was spoken with, and this holds for the attempt. */
  record Answered(Map<DeliveryId, Outcome> outcomes, NextHop nextHop) implements Exchange {
    public Answered {
      outcomes = Map.copyOf(outcomes);
      Objects.requireNonNull(nextHop);
    }
  }

  /**
   * No conversation came about, up to and with the hello: another server may be tried.
   *
   * @param outcome what it means for every recipient if there is no other
   * @param nextHop present if a connection stood
   */
  record NotEstablished(Outcome outcome, Optional<NextHop> nextHop) implements Exchange {
    public NotEstablished {
      Objects.requireNonNull(outcome);
      Objects.requireNonNull(nextHop);
    }
  }
}
