package io.leverans.domain.identity;

import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelOwner;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which channel an identity sends through, and why that one. Decided when the identity is made,
 * when a channel comes or goes, and when a member names another default identity.
 */
public record ChannelChoice(ChannelId channel, Reason reason) {
  private static final Comparator<Channel> OLDEST_FIRST =
      Comparator.comparing(Channel::connectedAt).thenComparing(channel -> channel.id().value());

  public ChannelChoice {
    Objects.requireNonNull(channel);
    Objects.requireNonNull(reason);
  }

  /** Why it is this channel, the strongest first. */
  public enum Reason {
    /** Somebody chose it for this identity. */
    CHOSEN,
    /** The identity is the member's default, and the team has a channel. */
    TEAM_CHANNEL,
    /** The member has connected one channel, and only one. */
    ONLY_CHANNEL,
    /** There is no other. */
    PLATFORM
  }

  /**
   * Decides.
   *
   * @param chosen the channel that somebody chose; it counts as long as it is open to the member
   * @param open the channels that the identity's member may send through
   * @param platform the platform's channel, for when nothing else applies
   */
  public static ChannelChoice decide(
      Identity.Standing standing,
      Optional<ChannelId> chosen,
      List<Channel> open,
      ChannelId platform) {
    return chosen
        .filter(channel -> open.stream().map(Channel::id).anyMatch(channel::equals))
        .map(channel -> new ChannelChoice(channel, Reason.CHOSEN))
        .or(() -> teamChannel(standing, open))
        .or(() -> onlyChannel(open))
        .orElseGet(() -> new ChannelChoice(platform, Reason.PLATFORM));
  }

  /** Of several, the one that was there first: a new one moves nobody. */
  private static Optional<ChannelChoice> teamChannel(
      Identity.Standing standing, List<Channel> open) {
    return switch (standing) {
      case DEFAULT ->
          ownedBy(open, ChannelOwner.OfTeam.class)
              .min(OLDEST_FIRST)
              .map(channel -> new ChannelChoice(channel.id(), Reason.TEAM_CHANNEL));
      case ADDITIONAL -> Optional.empty();
    };
  }

  private static Optional<ChannelChoice> onlyChannel(List<Channel> open) {
    List<Channel> own = ownedBy(open, ChannelOwner.OfMember.class).toList();
    return own.size() == 1
        ? Optional.of(new ChannelChoice(own.getFirst().id(), Reason.ONLY_CHANNEL))
        : Optional.empty();
  }

  private static Stream<Channel> ownedBy(
      List<Channel> channels, Class<? extends ChannelOwner> owner) {
    return channels.stream().filter(channel -> owner.isInstance(channel.owner()));
  }

  /** The channel that somebody chose, if it is that. */
  public Optional<ChannelId> chosen() {
    return reason == Reason.CHOSEN ? Optional.of(channel) : Optional.empty();
  }
}
