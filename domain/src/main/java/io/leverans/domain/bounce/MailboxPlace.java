package io.leverans.domain.bounce;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/**
 * Where a report was read: in the mailbox of a team's channel, under a key that the same mail has
 * each time it is read there.
 */
public record MailboxPlace(TeamId team, ChannelId channel, String key) {
  public MailboxPlace {
    Objects.requireNonNull(team);
    Objects.requireNonNull(channel);
    Objects.requireNonNull(key);
  }
}
