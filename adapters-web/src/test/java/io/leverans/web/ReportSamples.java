package io.leverans.web;

import io.leverans.application.view.Handling;
import io.leverans.application.view.ReportView;
import io.leverans.application.view.Suggestion;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reports in all states of being dealt with. */
final class ReportSamples {
  static final DeliveryId DELIVERY = new DeliveryId(new UUID(0, 6));
  static final MemberId MEMBER = new MemberId(new UUID(0, 7));

  static final Handling LINKED =
      new Handling(
          Optional.of(DELIVERY),
          Optional.of(LinkedBy.TOKEN),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static final Handling CORRECTED =
      new Handling(
          Optional.of(DELIVERY),
          Optional.of(LinkedBy.PERSON),
          Optional.empty(),
          Optional.of(new Handling.Deed(Handling.Sort.LINKED, MEMBER, "Anna", Samples.NOON)),
          Optional.of(
              new Handling.Corrected(
                  new Correction(Correction.As.FAILED, Optional.of(Cause.MAILBOX_FULL)),
                  MEMBER,
                  "Anna",
                  Samples.NOON)),
          Optional.of(new ChannelId(new UUID(0, 8))));

  static final Handling REPLAYED =
      new Handling(
          Optional.of(DELIVERY),
          Optional.empty(),
          Optional.of(Unapplied.REPLAYED),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private ReportSamples() {}

  static ReportView report(Handling handling) {
    return new ReportView(
        Samples.REPORT_ID,
        Samples.NOON,
        "b.token@bounces.example",
        ReportKind.DELIVERY_STATUS,
        Optional.of("Undelivered"),
        new Link.None(),
        Optional.of(Samples.MESSAGE_ID),
        List.of(
            new Statement(
                List.of("bert@recipient.example"),
                Statement.Action.FAILED,
                Samples.UNKNOWN_MAILBOX)),
        handling.linkedBy().isPresent() ? ReportView.Effect.MOVED : ReportView.Effect.NONE,
        Optional.empty(),
        handling,
        List.of());
  }

  static Suggestion suggestion(Suggestion.Why why) {
    return new Suggestion(
        why,
        Samples.TEAM,
        Samples.MESSAGE_ID,
        DELIVERY,
        EmailAddress.parse("bert@recipient.example"),
        Samples.NOON);
  }
}
