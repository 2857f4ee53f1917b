package io.leverans.application.port.in;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/** Reads reports in the mailboxes of channels whose owners chose so. */
public interface FollowMailboxes {
  /** Begins with those that are due and that nobody reads; does not wait for them. */
  void follow();

  /** Begins with no more, and ends what is under way as soon as it can. */
  void stop();

  /** What went wrong on our side with one mailbox; it is read later. */
  record Failure(TeamId team, ChannelId channel, RuntimeException cause) {
    public Failure {
      Objects.requireNonNull(team);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(cause);
    }
  }
}
