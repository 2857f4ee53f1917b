package io.leverans.domain.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportVerdict.Moves;
import io.leverans.domain.bounce.ReportVerdict.Note;
import io.leverans.domain.bounce.ReportVerdict.SaysNothing;
import io.leverans.domain.bounce.ReportVerdict.Tells;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportVerdictTest {
  private static final EmailAddress BO = EmailAddress.parse("Bo@example.com");
  private static final Failure UNKNOWN = Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no Bo here");
  private static final Failure FULL = Failure.of(Cause.MAILBOX_FULL, "552 5.2.2 full");

  @Test
  void a_failure_of_this_recipient_bounces() {
    assertThat(status(new Statement(List.of("bo@example.com"), Action.FAILED, UNKNOWN)))
        .isEqualTo(new Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN));
  }

  @Test
  void of_several_recipients_only_ones_own_statement_counts() {
    assertThat(
            status(
                new Statement(List.of("cy@example.com"), Action.DELIVERED, FULL),
                new Statement(List.of("bo@example.com"), Action.FAILED, UNKNOWN),
                new Statement(List.of("di@example.com"), Action.DELAYED, FULL)))
        .isEqualTo(new Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN));
  }

  @Test
  void a_foreign_recipients_statement_says_nothing() {
    assertThat(status(new Statement(List.of("cy@example.com"), Action.FAILED, UNKNOWN)))
        .isEqualTo(new SaysNothing());
  }

  @Test
  void a_recipient_whose_name_begins_alike_is_foreign() {
    assertThat(status(new Statement(List.of("bo@example.com.evil"), Action.FAILED, UNKNOWN)))
        .isEqualTo(new SaysNothing());
  }

  @Test
  void after_forwarding_the_original_recipient_is_enough() {
    assertThat(
            status(
                new Statement(
                    List.of("bo.private@elsewhere.example", "BO@EXAMPLE.COM"),
                    Action.FAILED,
                    UNKNOWN)))
        .isEqualTo(new Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN));
  }

  @Test
  void a_single_statement_that_names_nobody_counts() {
    assertThat(status(new Statement(List.of(), Action.FAILED, UNKNOWN)))
        .isEqualTo(new Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN));
  }

  @Test
  void one_of_several_statements_that_names_nobody_says_nothing() {
    assertThat(
            status(
                new Statement(List.of(), Action.FAILED, UNKNOWN),
                new Statement(List.of("cy@example.com"), Action.FAILED, FULL)))
        .isEqualTo(new SaysNothing());
  }

  @Test
  void a_delay_is_told_and_moves_nothing() {
    assertThat(status(new Statement(List.of("bo@example.com"), Action.DELAYED, FULL)))
        .isEqualTo(new Tells(Note.DELAYED, Optional.of(FULL)));
  }

  @Test
  void a_delivery_report_confirms() {
    assertThat(status(new Statement(List.of("bo@example.com"), Action.DELIVERED, UNKNOWN)))
        .isEqualTo(new Moves(DeliveryFact.DELIVERY_REPORTED, UNKNOWN));
  }

  @ParameterizedTest
  @EnumSource(names = {"RELAYED", "EXPANDED"})
  void passed_on_is_not_delivered(Action action) {
    assertThat(status(new Statement(List.of("bo@example.com"), action, UNKNOWN)))
        .isEqualTo(new Tells(Note.RELAYED, Optional.empty()));
  }

  @Test
  void a_complaint_counts_even_if_the_recipient_was_blacked_out() {
    var statement = new Statement(List.of("redacted"), Action.FAILED, UNKNOWN);
    assertThat(ReportVerdict.of(ReportKind.COMPLAINT, List.of(statement), BO))
        .isEqualTo(new Moves(DeliveryFact.COMPLAINT_REPORTED, UNKNOWN));
  }

  @Test
  void an_automatic_reply_is_told_and_moves_nothing() {
    var statement = new Statement(List.of("bo@example.com"), Action.FAILED, UNKNOWN);
    assertThat(ReportVerdict.of(ReportKind.AUTO_REPLY, List.of(statement), BO))
        .isEqualTo(new Tells(Note.AUTO_REPLIED, Optional.empty()));
  }

  @Test
  void what_is_not_understood_says_nothing() {
    var statement = new Statement(List.of("bo@example.com"), Action.FAILED, UNKNOWN);
    assertThat(ReportVerdict.of(ReportKind.OTHER, List.of(statement), BO))
        .isEqualTo(new SaysNothing());
  }

  @ParameterizedTest
  @EnumSource(names = {"DELIVERY_STATUS", "COMPLAINT"})
  void a_report_without_statements_says_nothing(ReportKind kind) {
    assertThat(ReportVerdict.of(kind, List.of(), BO)).isEqualTo(new SaysNothing());
  }

  private static ReportVerdict status(Statement... statements) {
    return ReportVerdict.of(ReportKind.DELIVERY_STATUS, List.of(statements), BO);
  }
}
