package io.leverans.bootstrap.command;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Permanence;
import io.leverans.domain.delivery.Suppression;
import io.leverans.mail.report.ReadReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one mail in a file says, in the words of the command line.
 *
 * @param file its name, with the number of the mail behind it where a file holds several
 * @param records one for each recipient it speaks of
 * @param originalMessageId the Message-ID of the mail that came back, with its brackets
 * @param returnPath where that mail's bounces were to go, without brackets
 */
record ParsedMail(
    String file,
    Kind kind,
    List<Said> records,
    Optional<String> originalMessageId,
    Optional<String> returnPath,
    Optional<String> feedbackType) {
  ParsedMail {
    Objects.requireNonNull(file);
    Objects.requireNonNull(kind);
    records = List.copyOf(records);
    Objects.requireNonNull(originalMessageId);
    Objects.requireNonNull(returnPath);
    Objects.requireNonNull(feedbackType);
  }

  /** What a mail is, as a program or a person is told. */
  enum Kind {
    BOUNCE("bounce"),
    COMPLAINT("complaint"),
    AUTO_REPLY("auto-reply"),
    CHALLENGE("challenge"),
    DELIVERED("delivered"),
    OTHER("other");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * What it says of one recipient.
   *
   * @param recipient the address that failed: where the mail went in the end if the report tells,
   *     else the one the sender wrote; empty if it names none
   */
  record Said(Optional<String> recipient, Action action, Failure failure) {
    private static Said of(Statement statement) {
      return new Said(
          statement.recipients().stream().findFirst(), statement.action(), statement.failure());
    }

    /** Whether nobody tries any longer, which holds for what is complained of too. */
    boolean isTerminal() {
      return action == Action.FAILED;
    }

    /** Whether another message would fare no better; a status of class 4 says it may. */
    boolean isForGood() {
      boolean forNow = failure.status().map(code -> code.startsWith("4")).orElse(false);
      return isTerminal() && !forNow && failure.cause().permanence() == Permanence.PERMANENT;
    }

    /** Whether the address is to be left alone from now on. */
    boolean suppresses() {
      return isTerminal() && failure.suppression() == Suppression.SUPPRESSES;
    }

    /** Why; empty where it went well. */
    Optional<Cause> cause() {
      return switch (action) {
        case FAILED, DELAYED -> Optional.of(failure.cause());
        case DELIVERED, RELAYED, EXPANDED -> Optional.empty();
      };
    }

    /** The other side's own words. */
    Optional<String> diagnostic() {
      return Optional.of(failure.words()).filter(words -> !words.isBlank());
    }
  }

  static ParsedMail of(String file, ReadReport report) {
    List<Said> records = report.statements().stream().map(Said::of).toList();
    return new ParsedMail(
        file,
        kind(report.kind(), records),
        records,
        report.originalMessageId(),
        report.returnPathOfOriginal(),
        report.feedbackType());
  }

  private static Kind kind(ReportKind kind, List<Said> records) {
    return switch (kind) {
      case DELIVERY_STATUS -> wentWell(records) ? Kind.DELIVERED : Kind.BOUNCE;
      case COMPLAINT -> Kind.COMPLAINT;
      case AUTO_REPLY -> Kind.AUTO_REPLY;
      case CHALLENGE -> Kind.CHALLENGE;
      case OTHER -> Kind.OTHER;
    };
  }

  private static boolean wentWell(List<Said> records) {
    return !records.isEmpty() && records.stream().allMatch(said -> said.cause().isEmpty());
  }
}
