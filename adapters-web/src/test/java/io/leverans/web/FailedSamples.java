package io.leverans.web;

import io.leverans.application.view.FailedAction;
import io.leverans.application.view.FailedAction.Lacking;
import io.leverans.application.view.FailedGroups.Apart;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedGroups.Group;
import io.leverans.application.view.FailedGroups.Share;
import io.leverans.application.view.FailedSelection;
import io.leverans.application.view.FailedView;
import io.leverans.application.view.FailedView.ChannelTold;
import io.leverans.application.view.FailedView.GroupView;
import io.leverans.application.view.FailedView.ShareView;
import io.leverans.application.view.RetryId;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.RecordType;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Failed mail, for the tests. */
final class FailedSamples {
  static final RetryId RETRY_ID = new RetryId(new UUID(0, 0x21));
  static final SenderDomainId DOMAIN_ID = new SenderDomainId(new UUID(0, 0x22));

  private FailedSamples() {}

  static FailedSelection selection() {
    return new FailedSelection(
        Samples.TEAM,
        Optional.empty(),
        Samples.NOON.minus(Duration.ofDays(30)),
        Samples.NOON,
        Optional.of(Cause.POLICY),
        Optional.of("example.net"),
        Optional.of(Samples.CHANNEL_ID),
        Optional.of(Samples.IDENTITY_ID));
  }

  static FailedView view(By by, GroupView... groups) {
    return new FailedView(by, selection(), List.of(groups), 7, 2, new Apart(3, 1));
  }

  static GroupView group(String key, Optional<ChannelTold> channel, ShareView... causes) {
    return new GroupView(
        new Group(
            key,
            5,
            4,
            Samples.NOON.minusSeconds(60),
            Samples.NOON,
            List.of(causes).stream().map(ShareView::share).toList()),
        channel,
        List.of(causes));
  }

  static ShareView share(Cause cause, FailedAction action) {
    return new ShareView(
        new Share(cause, 5, Samples.NOON.minusSeconds(60), Samples.NOON, List.of(), List.of()),
        action);
  }

  static ChannelTold channel() {
    return new ChannelTold(
        new ChannelId(Samples.CHANNEL_ID.value()), new ChannelKind("pigeon"), "Our loft");
  }

  static FailedAction toPublish() {
    return new FailedAction.PublishRecord(
        List.of(
            new Lacking(
                "acme.example",
                Optional.of(DOMAIN_ID),
                List.of(
                    new ExpectedRecord(
                        ExpectedRecord.Purpose.PROOF,
                        "_leverans.acme.example",
                        RecordType.TXT,
                        Optional.of("leverans-proof=1"),
                        ExpectedRecord.Need.REQUIRED,
                        Optional.empty(),
                        List.of(),
                        Optional.empty()))),
            new Lacking("elsewhere.example", Optional.empty(), List.of())));
  }

  static RetryView underWay() {
    return retry(Map.of(), Optional.empty());
  }

  static RetryView done() {
    return retry(
        Map.of(Refusal.CONTENT_PURGED, 1L, Refusal.SUPPRESSED, 2L, Refusal.NO_LONGER_FAILED, 0L),
        Optional.of(Samples.NOON.plusSeconds(9)));
  }

  private static RetryView retry(Map<Refusal, Long> refused, Optional<Instant> endedAt) {
    return new RetryView(
        RETRY_ID, selection(), Samples.CALLER.member().id(), 10, 7, refused, Samples.NOON, endedAt);
  }
}
