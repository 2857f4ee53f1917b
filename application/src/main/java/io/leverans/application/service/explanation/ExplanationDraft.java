package io.leverans.application.service.explanation;

import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.Explanation;
import io.leverans.application.view.Explanation.Reason;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An explanation that is being written: what is not said is absent. */
final class ExplanationDraft {
  private final DeliveryView delivery;
  private final Reason reason;
  private final String words;
  private final String next;
  private Optional<Lane> lane = Optional.empty();
  private List<Limit> limits = List.of();
  private Optional<Instant> since = Optional.empty();
  private Optional<Instant> expected = Optional.empty();
  private Optional<Instant> givesUpAt = Optional.empty();
  private Optional<Failure> failure = Optional.empty();

  ExplanationDraft(DeliveryView delivery, Reason reason, String words, String next) {
    this.delivery = delivery;
    this.reason = reason;
    this.words = words;
    this.next = next;
  }

  ExplanationDraft on(Lane its, List<Limit> pace) {
    lane = Optional.of(its);
    limits = pace;
    return this;
  }

  ExplanationDraft since(Optional<Instant> time) {
    since = time;
    return this;
  }

  ExplanationDraft expected(Optional<Instant> time) {
    expected = time;
    return this;
  }

  ExplanationDraft givesUpAt(Instant time) {
    givesUpAt = Optional.of(time);
    return this;
  }

  ExplanationDraft because(Optional<Failure> met) {
    failure = met;
    return this;
  }

  Explanation written() {
    return new Explanation(
        delivery.recipient(),
        delivery.state(),
        reason,
        words,
        next,
        lane,
        limits,
        since,
        expected,
        givesUpAt,
        failure);
  }
}
