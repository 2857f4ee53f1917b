package io.leverans.application.view;

import io.leverans.application.view.FailedGroups.Apart;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Failed mail by what it has in common, with what to do about it.
 *
 * @param deliveries of all groups, with those left out
 * @param leftOut how many groups there are beside those told
 */
public record FailedView(
    By by,
    FailedSelection selection,
    List<GroupView> groups,
    long deliveries,
    long leftOut,
    Apart apart) {
  public FailedView {
    Objects.requireNonNull(by);
    Objects.requireNonNull(selection);
    groups = List.copyOf(groups);
    Objects.requireNonNull(apart);
  }

  /**
   * A group.
   *
   * @param channel that its deliveries went through, where they are grouped by that and it is still
   *     there
   */
  public record GroupView(Group group, Optional<ChannelTold> channel, List<ShareView> causes) {
    public GroupView {
      Objects.requireNonNull(group);
      Objects.requireNonNull(channel);
      causes = List.copyOf(causes);
    }
  }

  /** A channel, as far as it is told here. */
  public record ChannelTold(ChannelId id, ChannelKind kind, String label) {
    public ChannelTold {
      Objects.requireNonNull(id);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(label);
    }
  }

  /** Those of a group that failed for one cause, and what to do about them. */
  public record ShareView(Share share, FailedAction action) {
    public ShareView {
      Objects.requireNonNull(share);
      Objects.requireNonNull(action);
    }
  }
}
