package io.leverans.web.suppression;

import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressedAddress.Origin;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry of the suppression list as it is told.
 *
 * @param address absent where only its digest is kept
 * @param until when it may be written to again by itself; absent: never
 * @param failure why the mail failed, or was complained about, that brought it there
 */
public record SuppressionJson(
    UUID id,
    Optional<String> address,
    SuppressionReason reason,
    Instant since,
    Optional<Instant> until,
    Optional<String> note,
    Optional<UUID> messageId,
    Optional<UUID> deliveryId,
    Optional<FailureJson> failure) {
  public static SuppressionJson of(SuppressedAddress entry) {
    Optional<Origin> origin = entry.origin();
    return new SuppressionJson(
        entry.id().value(),
        entry.address().map(String::valueOf),
        entry.reason(),
        entry.since(),
        entry.until(),
        entry.note(),
        origin.map(from -> from.message().value()),
        origin.map(from -> from.delivery().value()),
        origin.map(from -> FailureJson.ofTheEnd(from.failure())));
  }

  String location() {
    return "/v1/suppressions/" + id;
  }
}
