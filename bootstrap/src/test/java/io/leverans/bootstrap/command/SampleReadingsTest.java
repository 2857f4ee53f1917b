package io.leverans.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.Handling;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleReadingsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Statement UNKNOWN =
      new Statement(
          List.of("kim@example.org", "k@example.net"),
          Statement.Action.FAILED,
          Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no such user"));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          FAILED;     MAILBOX_FULL; bounce | kim@example.org | FAILED | - | MAILBOX_FULL
          DELIVERED;  ;             delivered | kim@example.org | DELIVERED | - | UNDETERMINED
          COMPLAINED; ;             complaint | kim@example.org
          NO_FAILURE; ;             other
          """)
  void a_sample_begins_with_the_truth_as_known_shapes_have_it(
      Correction.As as, Cause cause, String expected) {
    var truth = new Correction(as, Optional.ofNullable(cause));

    assertThat(SampleReadings.of(report(ReportKind.DELIVERY_STATUS, List.of(UNKNOWN), truth)))
        .isEqualTo(
            "X-Expected: %s\r\nX-Read-As: bounce | kim@example.org | FAILED | - | MAILBOX_UNKNOWN\r\n"
                .formatted(expected));
  }

  @Test
  void what_named_nobody_was_read_as_its_kind() {
    var truth = new Correction(Correction.As.FAILED, Optional.of(Cause.MAILBOX_FULL));

    assertThat(SampleReadings.of(report(ReportKind.AUTO_REPLY, List.of(), truth)))
        .isEqualTo(
            "X-Expected: bounce | - | FAILED | - | MAILBOX_FULL\r\nX-Read-As: auto-reply\r\n");
  }

  private static ReportView report(ReportKind kind, List<Statement> statements, Correction truth) {
    var corrected = new Handling.Corrected(truth, new MemberId(new UUID(0, 1)), "Astrid", NOON);
    return new ReportView(
        new ReportId(new UUID(0, 2)),
        NOON,
        "b.token@bounces.example",
        kind,
        Optional.empty(),
        new Link.None(),
        Optional.empty(),
        statements,
        ReportView.Effect.MOVED,
        Optional.empty(),
        new Handling(
            Optional.empty(),
            Optional.of(LinkedBy.PERSON),
            Optional.empty(),
            Optional.empty(),
            Optional.of(corrected),
            Optional.empty()),
        List.of());
  }
}
