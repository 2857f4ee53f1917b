package io.leverans.application.port.in;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.TeamId;
import java.util.Objects;

/**
 * Asks providers, again and again, what became of mail in doubt, where they can tell: less and less
 * often, and after some days no more. What is found out stands in the events. Safe for use by many
 * threads.
 */
@FunctionalInterface
public interface InquireDoubts {
  /** Begins to ask about what is due, and does not wait for the answers. */
  void inquire();

  /** Something went wrong while a doubt was looked into. It is asked about again when it is due. */
  record Failure(TeamId team, ChannelId channel, RuntimeException cause) {
    public Failure {
      Objects.requireNonNull(team);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(cause);
    }
  }
}
