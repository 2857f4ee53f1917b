package io.leverans.application.view;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What of the failed mail somebody asks about, as they ask.
 *
 * @param since absent: {@link #USUAL_WINDOW} before the end
 * @param until absent: now
 */
public record FailedFilter(
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Cause> cause,
    Optional<String> domain,
    Optional<ChannelId> channel,
    Optional<IdentityId> identity) {
  /** How far back is looked where nothing else is said. */
  public static final Duration USUAL_WINDOW = Duration.ofDays(30);

  public FailedFilter {
    Objects.requireNonNull(since);
    Objects.requireNonNull(until);
    Objects.requireNonNull(cause);
    Objects.requireNonNull(domain);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(identity);
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      throw new IllegalArgumentException("since has to be before until");
    }
  }

  /** An admin sees the team's mail, a member that of their own identities. */
  public FailedSelection of(Caller caller, Instant now) {
    Instant end = until.orElse(now);
    return new FailedSelection(
        caller.team(),
        scope(caller.member()),
        since.orElse(end.minus(USUAL_WINDOW)),
        end,
        cause,
        domain,
        channel,
        identity);
  }

  private static Optional<MemberId> scope(Member member) {
    return switch (member.role()) {
      case ADMIN -> Optional.empty();
      case MEMBER -> Optional.of(member.id());
    };
  }
}
