package io.leverans.application.view;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which deliveries of a team that failed or bounced are meant.
 *
 * @param member whose identities' mail only; absent: all of the team's
 * @param since from when on they failed
 * @param until before when they failed
 * @param domain the recipients', in lower case
 * @param channel that they went through
 */
public record FailedSelection(
    TeamId team,
    Optional<MemberId> member,
    Instant since,
    Instant until,
    Optional<Cause> cause,
    Optional<String> domain,
    Optional<ChannelId> channel,
    Optional<IdentityId> identity) {
  public FailedSelection {
    Objects.requireNonNull(team);
    Objects.requireNonNull(member);
    Objects.requireNonNull(since);
    Objects.requireNonNull(until);
    Objects.requireNonNull(cause);
    Objects.requireNonNull(domain);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(identity);
  }
}
