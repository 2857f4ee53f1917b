package io.leverans.domain.identity;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** An address with a display name that a member writes from. It sends only once verified. */
public record Identity(
    TeamId team,
    IdentityId id,
    MemberId member,
    Mailbox mailbox,
    Optional<String> signature,
    Replies replies,
    Standing standing,
    ChannelChoice choice,
    Verification verification,
    Instant createdAt) {

  public Identity {
    Objects.requireNonNull(team);
    Objects.requireNonNull(id);
    Objects.requireNonNull(member);
    Objects.requireNonNull(mailbox);
    Objects.requireNonNull(signature);
    Objects.requireNonNull(replies);
    Objects.requireNonNull(standing);
    Objects.requireNonNull(choice);
    Objects.requireNonNull(verification);
    Objects.requireNonNull(createdAt);
  }

  /** The channel that it sends through. */
  public ChannelId channel() {
    return choice.channel();
  }

  /** The same with another choice of its channel. */
  public Identity with(ChannelChoice other) {
    return new Identity(
        team, id, member, mailbox, signature, replies, standing, other, verification, createdAt);
  }

  /** Whether it is the one a member's mail goes out from when none is named. */
  public enum Standing {
    DEFAULT,
    ADDITIONAL
  }
}
