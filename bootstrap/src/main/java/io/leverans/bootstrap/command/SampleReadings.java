package io.leverans.bootstrap.command;

import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Both readings of a corrected report as lines before its mail, in the form that the mails of known
 * shapes have their answers in: what it says in truth, then what was read in it.
 */
final class SampleReadings {
  private static final String EXPECTED = "X-Expected: ";
  private static final String READ_AS = "X-Read-As: ";
  private static final String NOT_SAID = "-";

  private SampleReadings() {}

  static String of(ReportView report) {
    Stream<String> expected =
        report.handling().correction().stream()
            .flatMap(corrected -> expected(report.statements(), corrected.reading()).stream())
            .map(EXPECTED::concat);
    Stream<String> read = read(report).stream().map(READ_AS::concat);
    return Stream.concat(expected, read).map(line -> line + "\r\n").reduce("", String::concat);
  }

  /** Nobody says which mail it is that reports no failure: mostly it is no report. */
  private static List<String> expected(List<Statement> statements, Correction truth) {
    return switch (truth.as()) {
      case FAILED ->
          each(
              statements,
              one -> line("bounce", one, Statement.Action.FAILED, truth.cause().orElseThrow()));
      case DELIVERED ->
          each(
              statements,
              one -> line("delivered", one, Statement.Action.DELIVERED, Cause.UNDETERMINED));
      case COMPLAINED -> each(statements, SampleReadings::complaint);
      case NO_FAILURE -> List.of("other");
    };
  }

  private static List<String> read(ReportView report) {
    List<String> read =
        switch (report.kind()) {
          case DELIVERY_STATUS -> report.statements().stream().map(SampleReadings::asRead).toList();
          case COMPLAINT -> each(report.statements(), SampleReadings::complaint);
          case AUTO_REPLY, CHALLENGE, OTHER -> List.<String>of();
        };
    return read.isEmpty() ? List.of(kind(report.kind())) : read;
  }

  private static String asRead(Statement statement) {
    String kind =
        switch (statement.action()) {
          case FAILED, DELAYED -> "bounce";
          case DELIVERED, RELAYED, EXPANDED -> "delivered";
        };
    return line(kind, Optional.of(statement), statement.action(), statement.failure().cause());
  }

  private static List<String> each(
      List<Statement> statements, Function<Optional<Statement>, String> line) {
    return statements.isEmpty()
        ? List.of(line.apply(Optional.empty()))
        : statements.stream().map(Optional::of).map(line).toList();
  }

  private static String line(
      String kind, Optional<Statement> statement, Statement.Action action, Cause cause) {
    return String.join(
        " | ",
        kind,
        recipient(statement),
        action.name(),
        statement.flatMap(one -> one.failure().status()).orElse(NOT_SAID),
        cause.name());
  }

  private static String complaint(Optional<Statement> statement) {
    return "complaint | " + recipient(statement);
  }

  private static String recipient(Optional<Statement> statement) {
    return statement.flatMap(one -> one.recipients().stream().findFirst()).orElse(NOT_SAID);
  }

  private static String kind(ReportKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
