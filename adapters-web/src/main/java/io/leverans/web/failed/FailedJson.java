package io.leverans.web.failed;

import io.leverans.application.view.FailedAction;
import io.leverans.application.view.FailedAction.Lacking;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedView;
import io.leverans.application.view.FailedView.ChannelTold;
import io.leverans.application.view.FailedView.GroupView;
import io.leverans.application.view.FailedView.ShareView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Cure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Mender;
import io.leverans.domain.delivery.Permanence;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.web.json.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What failed, in groups.
 *
 * @param groupsLeftOut how many there are beside those told
 * @param apart what is neither a failure nor tried again by a filter
 */
record FailedJson(
    FailedGroups.By groupBy,
    Instant since,
    Instant until,
    long deliveries,
    List<GroupJson> groups,
    long groupsLeftOut,
    ApartJson apart) {
  FailedJson {
    groups = List.copyOf(groups);
  }

  static FailedJson of(FailedView view) {
    return new FailedJson(
        view.by(),
        view.selection().since(),
        view.selection().until(),
        view.deliveries(),
        view.groups().stream().map(group -> GroupJson.of(group, view.by())).toList(),
        view.leftOut(),
        new ApartJson(view.apart().inDoubt(), view.apart().complained()));
  }

  /** See folders in-doubt and spam-complaints. */
  record ApartJson(long inDoubt, long complained) {}

  /**
   * A group.
   *
   * @param key a cause, a domain or a channel's id
   */
  record GroupJson(
      String key,
      Optional<ChannelJson> channel,
      long deliveries,
      long messages,
      Instant firstAt,
      Instant lastAt,
      List<CauseJson> causes) {
    GroupJson {
      causes = List.copyOf(causes);
    }

    static GroupJson of(GroupView view, FailedGroups.By by) {
      var group = view.group();
      return new GroupJson(
          switch (by) {
            case CAUSE -> Words.of(group.key());
            case DOMAIN, CHANNEL -> group.key();
          },
          view.channel().map(ChannelJson::of),
          group.deliveries(),
          group.messages(),
          group.since(),
          group.last(),
          view.causes().stream().map(CauseJson::of).toList());
    }
  }

  /** The channel that a group went through. */
  record ChannelJson(UUID id, String kind, String label) {
    static ChannelJson of(ChannelTold channel) {
      return new ChannelJson(channel.id().value(), channel.kind().name(), channel.label());
    }
  }

  /** Those of a group that failed for one cause, and what to do about them. */
  record CauseJson(
      Cause cause,
      long deliveries,
      Instant firstAt,
      Instant lastAt,
      Fault fault,
      Permanence permanence,
      Mender whoCanFix,
      String remedy,
      ActionJson action) {
    static CauseJson of(ShareView view) {
      Cause cause = view.share().cause();
      return new CauseJson(
          cause,
          view.share().deliveries(),
          view.share().since(),
          view.share().last(),
          cause.fault(),
          cause.permanence(),
          cause.mender(),
          cause.remedy(),
          ActionJson.of(view.action()));
    }
  }

  /**
   * What to do.
   *
   * @param channelIds to be mended
   * @param domains that lack records
   */
  record ActionJson(
      Cure kind, Optional<List<UUID>> channelIds, Optional<List<LackingJson>> domains) {
    static ActionJson of(FailedAction action) {
      return switch (action) {
        case FailedAction.Plain(var cure) ->
            new ActionJson(cure, Optional.empty(), Optional.empty());
        case FailedAction.ReconnectChannel(var channels) ->
            new ActionJson(
                action.cure(),
                Optional.of(channels.stream().map(ChannelId::value).toList()),
                Optional.empty());
        case FailedAction.PublishRecord(var domains) ->
            new ActionJson(
                action.cure(),
                Optional.empty(),
                Optional.of(domains.stream().map(LackingJson::of).toList()));
      };
    }
  }

  /**
   * A domain that mail is written from.
   *
   * @param domainId absent where the team has no such sender domain: POST /v1/domains adds it and
   *     names its records
   */
  record LackingJson(String name, Optional<UUID> domainId, List<RecordJson> records) {
    LackingJson {
      records = List.copyOf(records);
    }

    static LackingJson of(Lacking lacking) {
      return new LackingJson(
          lacking.name(),
          lacking.domain().map(SenderDomainId::value),
          lacking.records().stream().map(RecordJson::of).toList());
    }
  }

  /** A record to publish. */
  record RecordJson(
      ExpectedRecord.Purpose purpose,
      String name,
      String type,
      Optional<String> value,
      ExpectedRecord.Need need) {
    static RecordJson of(ExpectedRecord record) {
      return new RecordJson(
          record.purpose(), record.name(), record.type().name(), record.value(), record.need());
    }
  }
}
