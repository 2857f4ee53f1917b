package io.leverans.web.report;

import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Remedy;
import io.leverans.domain.message.MessageId;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A report as it is told.
 *
 * @param remedy what to do where nothing failed and yet something is to be done
 * @param rawPurgedAt since when it is not given any more as it came
 */
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
    Optional<String> remedy,
    Optional<Instant> rawPurgedAt,
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
        Optional.of(Remedy.OF_A_CHALLENGE).filter(_ -> report.kind() == ReportKind.CHALLENGE),
        report.rawPurgedAt(),
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

  /**
   * What it says about one recipient.
   *
   * @param failure why it failed or is late
   * @param words what was said where it neither failed nor is late
   */
  record StatementJson(
      List<String> recipients,
      Statement.Action action,
      Optional<FailureJson> failure,
      Optional<String> words) {
    StatementJson {
      recipients = List.copyOf(recipients);
    }

    static StatementJson of(Statement statement) {
      Failure failure = statement.failure();
      return switch (statement.action()) {
        case FAILED -> failed(statement, FailureJson.ofTheEnd(failure));
        case DELAYED -> failed(statement, FailureJson.inBetween(failure));
        case DELIVERED, RELAYED, EXPANDED ->
            new StatementJson(
                statement.recipients(),
                statement.action(),
                Optional.empty(),
                Optional.of(failure.words()));
      };
    }

    private static StatementJson failed(Statement statement, FailureJson failure) {
      return new StatementJson(
          statement.recipients(), statement.action(), Optional.of(failure), Optional.empty());
    }
  }
}
