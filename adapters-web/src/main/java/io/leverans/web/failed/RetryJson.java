package io.leverans.web.failed;

import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.IdentityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How far an order to try again has come. */
record RetryJson(
    UUID id,
    State state,
    FilterJson filter,
    long total,
    long done,
    long retried,
    List<RefusedJson> refused,
    Instant orderedAt,
    Optional<Instant> endedAt) {
  RetryJson {
    refused = List.copyOf(refused);
  }

  /** Whether there is more to come. */
  enum State {
    UNDER_WAY,
    DONE
  }

  static RetryJson of(RetryView view) {
    return new RetryJson(
        view.id().value(),
        view.endedAt().isPresent() ? State.DONE : State.UNDER_WAY,
        FilterJson.of(view.selection()),
        view.total(),
        view.done(),
        view.retried(),
        view.refused().entrySet().stream()
            .filter(refused -> refused.getValue() > 0)
            .map(refused -> RefusedJson.of(refused.getKey(), refused.getValue()))
            .toList(),
        view.orderedAt(),
        view.endedAt());
  }

  String location() {
    return "/v1/failed-deliveries/retries/" + id;
  }

  /** What it is about: what failed from since on and before until. */
  record FilterJson(
      Instant since,
      Instant until,
      Optional<Cause> cause,
      Optional<String> domain,
      Optional<UUID> channelId,
      Optional<UUID> identityId) {
    static FilterJson of(FailedSelection selection) {
      return new FilterJson(
          selection.since(),
          selection.until(),
          selection.cause(),
          selection.domain(),
          selection.channel().map(ChannelId::value),
          selection.identity().map(IdentityId::value));
    }
  }

  /** Those that are not tried again, and what can be done in its place. */
  record RefusedJson(Refusal reason, long deliveries, String remedy) {
    static RefusedJson of(Refusal reason, long deliveries) {
      return new RefusedJson(reason, deliveries, remedy(reason));
    }

    private static String remedy(Refusal reason) {
      return switch (reason) {
        case CONTENT_PURGED ->
            "Their content was purged, because it was old. Write them anew with POST /v1/messages.";
        case SUPPRESSED ->
            "Your team does not write to these addresses. Take an address off the list first, then"
                + " try its message again with POST /v1/messages/{id}/retry.";
        case NO_LONGER_FAILED ->
            "They are being tried again already, or something else has become of them. There is"
                + " nothing to be done.";
      };
    }
  }
}
