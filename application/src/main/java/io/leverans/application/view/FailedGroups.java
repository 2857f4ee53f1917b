package io.leverans.application.view;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Deliveries that failed or bounced, by what they have in common; the largest groups first.
 *
 * @param deliveries of all groups, with those left out
 * @param leftOut how many groups there are beside those told
 */
public record FailedGroups(List<Group> groups, long deliveries, long leftOut, Apart apart) {
  public FailedGroups {
    groups = List.copyOf(groups);
    Objects.requireNonNull(apart);
  }

  /** What deliveries can have in common. */
  public enum By {
    CAUSE,
    DOMAIN,
    CHANNEL
  }

  /**
   * Those with the same.
   *
   * @param key the cause's name, the recipients' domain, or the channel's id
   * @param messages that they are of
   * @param causes the most frequent first
   */
  public record Group(
      String key, long deliveries, long messages, Instant since, Instant last, List<Share> causes) {
    public Group {
      Objects.requireNonNull(key);
      Objects.requireNonNull(since);
      Objects.requireNonNull(last);
      causes = List.copyOf(causes);
    }
  }

  /**
   * Those of a group that failed for one cause.
   *
   * @param channels that have to be mended, where the cause lies there; some of them, if they are
   *     many
   * @param senderDomains whose records are in question, where the cause lies there; some of them
   */
  public record Share(
      Cause cause,
      long deliveries,
      Instant since,
      Instant last,
      List<ChannelId> channels,
      List<String> senderDomains) {
    public Share {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(since);
      Objects.requireNonNull(last);
      channels = List.copyOf(channels);
      senderDomains = List.copyOf(senderDomains);
    }
  }

  /**
   * What is selected alike and is neither a failure nor to be retried by a filter: what may have
   * arrived, and what arrived and was not wanted.
   */
  public record Apart(long inDoubt, long complained) {}
}
