package io.leverans.domain.bounce;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import java.util.List;
import java.util.Optional;

/** What a linked report means for the delivery that it is linked to. */
public sealed interface ReportVerdict {
  /** It moves the delivery, as far as the delivery's state lets it. */
  record Moves(DeliveryFact fact, Failure failure) implements ReportVerdict {}

  /** It is worth telling, and moves nothing. */
  record Tells(Note note, Optional<Failure> failure) implements ReportVerdict {}

  /** It says nothing about this delivery. */
  record SaysNothing() implements ReportVerdict {}

  /** It speaks of other recipients only. */
  record OfSomebodyElse() implements ReportVerdict {}

  /** What is told without a move. */
  enum Note {
    DELAYED,
    RELAYED,
    AUTO_REPLIED,
    CHALLENGED
  }

  /**
   * Reads a report for one recipient. What names somebody else moves nothing, however the token
   * came to travel with it. A statement on a delivery counts if it names this recipient, or is the
   * only one and names nobody; a complaint counts also where those who complained were made
   * unreadable.
   */
  static ReportVerdict of(ReportKind kind, List<Statement> statements, EmailAddress recipient) {
    return switch (kind) {
      case DELIVERY_STATUS ->
          named(statements, recipient)
              .or(() -> onlyUnnamed(statements, recipient))
              .map(ReportVerdict::of)
              .orElseGet(() -> nothing(statements, recipient));
      case COMPLAINT -> complaint(statements, recipient);
      case AUTO_REPLY -> new Tells(Note.AUTO_REPLIED, Optional.empty());
      case CHALLENGE -> new Tells(Note.CHALLENGED, Optional.empty());
      case OTHER -> new SaysNothing();
    };
  }

  /**
   * Reads a report of which a person says that it is about this recipient: a statement that names
   * somebody else counts as well, if it is the only one.
   */
  static ReportVerdict byPersonsWord(
      ReportKind kind, List<Statement> statements, EmailAddress recipient) {
    ReportVerdict read = of(kind, statements, recipient);
    if (!(read instanceof OfSomebodyElse) || statements.size() != 1) {
      return read;
    }
    Statement only = statements.getFirst();
    return kind == ReportKind.COMPLAINT ? complaintOf(only.failure()) : of(only);
  }

  /**
   * Reads a report that nothing but the recipient whom it names ties to one of a message's
   * deliveries. A machine's answer names who answered.
   */
  static ReportVerdict ofNamed(IncomingReport report, EmailAddress recipient) {
    List<Statement> naming =
        report.statements().stream()
            .filter(statement -> Named.of(statement, recipient) == Named.THIS_RECIPIENT)
            .toList();
    return switch (report.kind()) {
      case DELIVERY_STATUS, COMPLAINT ->
          naming.isEmpty() ? new OfSomebodyElse() : of(report.kind(), naming, recipient);
      case AUTO_REPLY, CHALLENGE ->
          report.hints().recipients().stream().anyMatch(recipient.toString()::equalsIgnoreCase)
              ? of(report.kind(), List.of(), recipient)
              : new OfSomebodyElse();
      case OTHER -> new OfSomebodyElse();
    };
  }

  private static ReportVerdict nothing(List<Statement> statements, EmailAddress recipient) {
    return statements.stream()
            .anyMatch(statement -> Named.of(statement, recipient) == Named.SOMEBODY_ELSE)
        ? new OfSomebodyElse()
        : new SaysNothing();
  }

  private static ReportVerdict of(Statement statement) {
    return switch (statement.action()) {
      case FAILED -> new Moves(DeliveryFact.BOUNCE_REPORTED, statement.failure());
      case DELIVERED -> new Moves(DeliveryFact.DELIVERY_REPORTED, statement.failure());
      case DELAYED -> new Tells(Note.DELAYED, Optional.of(statement.failure()));
      case RELAYED, EXPANDED -> new Tells(Note.RELAYED, Optional.empty());
    };
  }

  private static ReportVerdict complaint(List<Statement> statements, EmailAddress recipient) {
    boolean ofNobody =
        statements.stream().allMatch(statement -> Named.of(statement, recipient) == Named.NOBODY);
    Optional<Statement> counts =
        ofNobody ? statements.stream().findFirst() : named(statements, recipient);
    if (counts.isEmpty() && !ofNobody) {
      return nothing(statements, recipient);
    }
    return complaintOf(
        counts
            .map(Statement::failure)
            .orElseGet(() -> Failure.of(Cause.MARKED_AS_SPAM, "It was reported as spam.")));
  }

  private static ReportVerdict complaintOf(Failure failure) {
    return failure.cause() == Cause.MARKED_AS_SPAM
        ? new Moves(DeliveryFact.COMPLAINT_REPORTED, failure)
        : new SaysNothing();
  }

  private static Optional<Statement> named(List<Statement> statements, EmailAddress recipient) {
    return statements.stream()
        .filter(statement -> Named.of(statement, recipient) == Named.THIS_RECIPIENT)
        .findFirst();
  }

  private static Optional<Statement> onlyUnnamed(
      List<Statement> statements, EmailAddress recipient) {
    return statements.size() == 1 && Named.of(statements.getFirst(), recipient) == Named.NOBODY
        ? Optional.of(statements.getFirst())
        : Optional.empty();
  }
}
