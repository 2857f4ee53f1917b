package io.leverans.web.channel;

import io.leverans.application.view.ChannelView;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.team.MemberId;
import io.leverans.web.json.RechosenJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A channel as it is told. What is secret of it is never told, only whether there is something.
 *
 * @param capabilities absent if its kind is not offered
 * @param retrySchedule absent if it is the kind's
 * @param findings what the server was found to offer, when it was just connected or changed
 * @param rechosen whose channel is another by that
 */
record ChannelJson(
    UUID id,
    String kind,
    String label,
    Owner owner,
    Optional<UUID> memberId,
    Map<String, String> settings,
    Secrets secrets,
    Optional<Capabilities> capabilities,
    ChannelHealthJson health,
    WhenInDoubt whenInDoubt,
    Optional<RetryScheduleJson> retrySchedule,
    Optional<WaitingJson> waiting,
    Optional<MailboxStateJson> mailbox,
    Instant connectedAt,
    Optional<List<String>> findings,
    Optional<List<RechosenJson>> rechosen) {

  static ChannelJson of(ChannelView view) {
    Channel channel = view.channel();
    Optional<MemberId> member =
        channel.owner() instanceof ChannelOwner.OfMember(_, var id)
            ? Optional.of(id)
            : Optional.empty();
    ChannelHealthJson health = ChannelHealthJson.of(view);
    return new ChannelJson(
        channel.id().value(),
        channel.kind().name(),
        channel.label(),
        Owner.of(channel.owner()),
        member.map(MemberId::value),
        new TreeMap<>(channel.settings().values()),
        Secrets.of(channel.secrets()),
        view.capabilities(),
        health,
        channel.whenInDoubt(),
        channel.retrySchedule().map(RetryScheduleJson::of),
        view.waiting().map(amount -> WaitingJson.of(amount, health.whyMailWaits())),
        view.mailbox().map(MailboxStateJson::of),
        channel.connectedAt(),
        Optional.empty(),
        Optional.empty());
  }

  ChannelJson with(List<String> found) {
    return with(Optional.of(List.copyOf(found)), rechosen);
  }

  ChannelJson with(List<String> found, List<Rechosen> changed) {
    return with(
        Optional.of(List.copyOf(found)),
        Optional.of(changed.stream().map(RechosenJson::of).toList()));
  }

  private ChannelJson with(Optional<List<String>> found, Optional<List<RechosenJson>> changed) {
    return new ChannelJson(
        id,
        kind,
        label,
        owner,
        memberId,
        settings,
        secrets,
        capabilities,
        health,
        whenInDoubt,
        retrySchedule,
        waiting,
        mailbox,
        connectedAt,
        found,
        changed);
  }

  String location() {
    return "/v1/channels/" + id;
  }

  /** Who connected it. */
  enum Owner {
    PLATFORM,
    TEAM,
    MEMBER;

    static Owner of(ChannelOwner owner) {
      return switch (owner) {
        case ChannelOwner.Platform() -> PLATFORM;
        case ChannelOwner.OfTeam _ -> TEAM;
        case ChannelOwner.OfMember _ -> MEMBER;
      };
    }
  }

  /** Whether there are secrets, such as a password. */
  enum Secrets {
    STORED,
    NONE;

    static Secrets of(SealedSecrets sealed) {
      return sealed.equals(SealedSecrets.NONE) ? NONE : STORED;
    }
  }
}
