package io.leverans.web.report;

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
 * @param channelId whose own mailbox it was read in
 * @param reason why it changed nothing
 * @param remedy what to do where nothing failed and yet something is to be done
 * @param rawPurgedAt since when it is not given any more as it came
 */
public record ReportJson(
    UUID id,
    Instant receivedAt,
    String envelopeRecipient,
    ReportKind kind,
    Optional<String> subject,
    LinkWord link,
    Optional<LinkedBy> linkedBy,
    Optional<UUID> deliveryId,
    Optional<UUID> messageId,
    Optional<UUID> channelId,
    ReportView.Effect effect,
    Optional<Unapplied> reason,
    Optional<String> reasonInWords,
    Optional<String> remedy,
    Optional<DeedJson> dealtWith,
    Optional<VerdictJson> verdict,
    Optional<Instant> rawPurgedAt,
    List<StatementJson> statements,
    Optional<List<SuggestionJson>> suggestions) {
  public ReportJson {
    statements = List.copyOf(statements);
  }

  /** With what it may be about. */
  static ReportJson inTheTray(ReportView report) {
    return told(
        report, Optional.of(report.suggestions().stream().map(SuggestionJson::of).toList()));
  }

  public static ReportJson of(ReportView report) {
    return told(report, Optional.empty());
  }

  private static ReportJson told(ReportView report, Optional<List<SuggestionJson>> suggestions) {
    Handling handling = report.handling();
    return new ReportJson(
        report.id().value(),
        report.receivedAt(),
        report.envelopeRecipient(),
        report.kind(),
        report.subject(),
        LinkWord.of(report.link()),
        handling.linkedBy(),
        handling.delivery().map(DeliveryId::value),
        report.message().map(MessageId::value),
        handling.readIn().map(ChannelId::value),
        report.effect(),
        handling.unapplied(),
        handling.unapplied().map(ReportJson::inWords),
        Optional.of(Remedy.OF_A_CHALLENGE).filter(_ -> report.kind() == ReportKind.CHALLENGE),
        handling.person().map(DeedJson::of),
        handling.correction().map(VerdictJson::of),
        report.rawPurgedAt(),
        report.statements().stream().map(StatementJson::of).toList(),
        suggestions);
  }

  private static String inWords(Unapplied why) {
    return switch (why) {
      case NO_TOKEN -> "Nothing in it is signed by us, so it changes nothing by itself.";
      case OTHER_RECIPIENT ->
          "Its token is of a delivery to somebody else than it speaks of. If the address was"
              + " forwarded, link it.";
      case EXPIRED -> "It came more than 30 days after the hand-over of the mail that it is about.";
      case REPLAYED -> "It says what was said before, so it changes nothing.";
      case UNKNOWN_DELIVERY -> "Its token is genuine, and there is no such delivery any more.";
      case OTHER_MAILBOX ->
          "It was read in the mailbox of a channel that its token's mail did not go through.";
      case LOOP ->
          "It is no report on mail of ours: our own mail, a report on a report, or mail that went"
              + " round in circles.";
      case NOTHING_TOLD -> "It says nothing of the delivery.";
    };
  }

  /** Who linked or dismissed it. */
  record DeedJson(Handling.Sort as, UUID memberId, String name, Instant at) {
    static DeedJson of(Handling.Deed deed) {
      return new DeedJson(deed.sort(), deed.member().value(), deed.name(), deed.at());
    }
  }

  /** What it says in truth, in somebody's reading. */
  record VerdictJson(
      Correction.As as, Optional<Cause> cause, UUID memberId, String name, Instant at) {
    static VerdictJson of(Handling.Corrected corrected) {
      return new VerdictJson(
          corrected.reading().as(),
          corrected.reading().cause(),
          corrected.member().value(),
          corrected.name(),
          corrected.at());
    }
  }

  /** What it may be about. */
  record SuggestionJson(
      Suggestion.Why why,
      long teamId,
      UUID messageId,
      UUID deliveryId,
      String recipient,
      Instant acceptedAt) {
    static SuggestionJson of(Suggestion suggestion) {
      return new SuggestionJson(
          suggestion.why(),
          suggestion.team().value(),
          suggestion.message().value(),
          suggestion.delivery().value(),
          suggestion.recipient().toString(),
          suggestion.acceptedAt());
    }
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
