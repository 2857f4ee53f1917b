package io.leverans.web.message;

import io.leverans.application.view.ExplainedMessage;
import io.leverans.application.view.Explanation;
import io.leverans.application.view.Explanation.Reason;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Why a message waits, as it is told. */
record ExplanationJson(
    UUID id, Optional<UUID> channelId, Instant at, List<RecipientExplanationJson> recipients) {
  ExplanationJson {
    recipients = List.copyOf(recipients);
  }

  static ExplanationJson of(ExplainedMessage message) {
    return new ExplanationJson(
        message.id().value(),
        message.channel().map(ChannelId::value),
        message.now(),
        message.deliveries().stream().map(RecipientExplanationJson::of).toList());
  }

  /** The same for one recipient. */
  record RecipientExplanationJson(
      String address,
      DeliveryState state,
      Reason waitsFor,
      String words,
      String next,
      Optional<String> lane,
      List<Limit> limits,
      Optional<Instant> since,
      Optional<Instant> expected,
      Optional<Instant> givesUpAt,
      Optional<FailureJson> failure) {
    RecipientExplanationJson {
      limits = List.copyOf(limits);
    }

    static RecipientExplanationJson of(Explanation explanation) {
      return new RecipientExplanationJson(
          explanation.recipient().mailbox().address().toString(),
          explanation.state(),
          explanation.reason(),
          explanation.words(),
          explanation.next(),
          explanation.lane().map(Lane::name),
          explanation.limits(),
          explanation.since(),
          explanation.expected(),
          explanation.givesUpAt(),
          explanation.failure().map(met -> FailureJson.of(met, explanation.state())));
    }
  }
}
