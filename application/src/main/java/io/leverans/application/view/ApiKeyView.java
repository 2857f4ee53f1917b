package io.leverans.application.view;

import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A key as it may be shown.
 *
 * @param prefix the first letters of the key, which tell it from the team's others
 * @param lastUsedAt to the minute
 */
public record ApiKeyView(
    String prefix,
    MemberId member,
    String memberName,
    String label,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> lastUsedAt) {
  public ApiKeyView {
    Objects.requireNonNull(prefix);
    Objects.requireNonNull(member);
    Objects.requireNonNull(memberName);
    Objects.requireNonNull(label);
    Objects.requireNonNull(createdAt);
    Objects.requireNonNull(expiresAt);
    Objects.requireNonNull(lastUsedAt);
  }
}
