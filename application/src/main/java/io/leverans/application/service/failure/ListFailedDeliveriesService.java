package io.leverans.application.service.failure;

import io.leverans.application.port.in.ListFailedDeliveries;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.service.senderdomain.RecordsToPublish;
import io.leverans.application.view.FailedAction;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.FailedView;
import io.leverans.application.view.FailedView.ChannelTold;
import io.leverans.application.view.FailedView.GroupView;
import io.leverans.application.view.FailedView.ShareView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.TeamId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Groups failed mail, and says of each cause what to do. */
public final class ListFailedDeliveriesService implements ListFailedDeliveries {
  private final FailedDeliveries failed;
  private final Channels channels;
  private final RecordsToPublish records;
  private final InstantSource clock;

  public ListFailedDeliveriesService(
      FailedDeliveries failed, Channels channels, RecordsToPublish records, InstantSource clock) {
    this.failed = failed;
    this.channels = channels;
    this.records = records;
    this.clock = clock;
  }

  @Override
  public FailedView list(Query query) {
    FailedSelection selection = query.filter().of(query.caller(), clock.instant());
    FailedGroups groups = failed.group(selection, query.by(), query.limit());
    return new FailedView(
        query.by(),
        selection,
        groups.groups().stream().map(group -> view(selection.team(), query.by(), group)).toList(),
        groups.deliveries(),
        groups.leftOut(),
        groups.apart());
  }

  private GroupView view(TeamId team, By by, Group group) {
    return new GroupView(
        group,
        channel(team, by, group.key()),
        group.causes().stream().map(share -> new ShareView(share, action(team, share))).toList());
  }

  private Optional<ChannelTold> channel(TeamId team, By by, String key) {
    return switch (by) {
      case CAUSE, DOMAIN -> Optional.empty();
      case CHANNEL ->
          channels
              .find(team, new ChannelId(UUID.fromString(key)))
              .map(channel -> new ChannelTold(channel.id(), channel.kind(), channel.label()));
    };
  }

  private FailedAction action(TeamId team, Share share) {
    return switch (share.cause().cure()) {
      case RECONNECT_CHANNEL -> new FailedAction.ReconnectChannel(share.channels());
      case PUBLISH_RECORD ->
          new FailedAction.PublishRecord(records.of(team, share.senderDomains()));
      case RETRY_ALL,
          CORRECT_ADDRESS,
          CHANGE_MESSAGE,
          WAIT,
          REMOVE_FROM_SUPPRESSION_LIST,
          NOTHING ->
          new FailedAction.Plain(share.cause().cure());
    };
  }
}
