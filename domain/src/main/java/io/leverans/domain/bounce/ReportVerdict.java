package io.leverans.domain.bounce;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a linked report means for the delivery that it is linked to. */
public sealed interface ReportVerdict {
  /** It moves the delivery, as far as the delivery's state lets it. */
  record Moves(DeliveryFact fact, Failure failure) implements ReportVerdict {}

  /** It is worth telling, and moves nothing. */
  record Tells(Note note, Optional<Failure> failure) implements ReportVerdict {}

  /** It says nothing about this delivery. */
  record SaysNothing() implements ReportVerdict {}

  /** What is told without a move. */
  enum Note {
    DELAYED,
    RELAYED,
    AUTO_REPLIED,
    CHALLENGED
  }

  /**
   * Reads a report for one recipient. A statement counts only if it names this recipient, or is the
   * only one and names nobody: a token that travelled with another recipient's report moves
   * nothing.
   */
  static ReportVerdict of(ReportKind kind, List<Statement> statements, EmailAddress recipient) {
    return switch (kind) {
      case DELIVERY_STATUS ->
          statements.stream()
              .filter(statement -> concerns(statement, statements.size(), recipient))
              .findFirst()
              .<ReportVerdict>map(ReportVerdict::of)
              .orElseGet(SaysNothing::new);
      case COMPLAINT ->
          statements.stream()
              .findFirst()
              .<ReportVerdict>map(
                  statement -> new Moves(DeliveryFact.COMPLAINT_REPORTED, statement.failure()))
              .orElseGet(SaysNothing::new);
      case AUTO_REPLY -> new Tells(Note.AUTO_REPLIED, Optional.empty());
      case CHALLENGE -> new Tells(Note.CHALLENGED, Optional.empty());
      case OTHER -> new SaysNothing();
    };
  }

  private static ReportVerdict of(Statement statement) {
    return switch (statement.action()) {
      case FAILED -> new Moves(DeliveryFact.BOUNCE_REPORTED, statement.failure());
      case DELIVERED -> new Moves(DeliveryFact.DELIVERY_REPORTED, statement.failure());
      case DELAYED -> new Tells(Note.DELAYED, Optional.of(statement.failure()));
      case RELAYED, EXPANDED -> new Tells(Note.RELAYED, Optional.empty());
    };
  }

  private static boolean concerns(Statement statement, int statements, EmailAddress recipient) {
    if (statement.recipients().isEmpty()) {
      return statements == 1;
    }
    String ours = recipient.toString().toLowerCase(Locale.ROOT);
    return statement.recipients().stream()
        .anyMatch(name -> ours.equals(name.toLowerCase(Locale.ROOT)));
  }
}
