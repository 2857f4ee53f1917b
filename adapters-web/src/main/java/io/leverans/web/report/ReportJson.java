package io.leverans.web.report;

import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A report as it is told. */
record ReportJson(
    UUID id,
    Instant receivedAt,
    String envelopeRecipient,
    ReportKind kind,
    Optional<String> subject,
    LinkWord link,
    Optional<UUID> deliveryId,
    Optional<UUID> messageId,
    ReportView.Effect effect,
    List<StatementJson> statements) {
  ReportJson {
    statements = List.copyOf(statements);
  }

  static ReportJson of(ReportView report) {
    return new ReportJson(
        report.id().value(),
        report.receivedAt(),
        report.envelopeRecipient(),
        report.kind(),
        report.subject(),
        LinkWord.of(report.link()),
        deliveryOf(report.link()).map(DeliveryId::value),
        report.message().map(MessageId::value),
        report.effect(),
        report.statements().stream().map(StatementJson::of).toList());
  }

  private static Optional<DeliveryId> deliveryOf(Link link) {
    return switch (link) {
      case Link.Genuine(_, var delivery) -> Optional.of(delivery);
      case Link.Expired(_, var delivery) -> Optional.of(delivery);
      case Link.None() -> Optional.empty();
    };
  }

  /** What ties the report to a delivery. */
  enum LinkWord {
    GENUINE,
    EXPIRED,
    NONE;

    static LinkWord of(Link link) {
      return switch (link) {
        case Link.Genuine _ -> GENUINE;
        case Link.Expired _ -> EXPIRED;
        case Link.None _ -> NONE;
      };
    }
  }

  /** What it says about one recipient. */
  record StatementJson(List<String> recipients, Statement.Action action, FailureJson failure) {
    StatementJson {
      recipients = List.copyOf(recipients);
    }

    static StatementJson of(Statement statement) {
      return new StatementJson(
          statement.recipients(), statement.action(), FailureJson.of(statement.failure()));
    }
  }
}
