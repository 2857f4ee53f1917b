package io.leverans.domain.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportVerdict.Moves;
import io.leverans.domain.bounce.ReportVerdict.Note;
import io.leverans.domain.bounce.ReportVerdict.OfSomebodyElse;
import io.leverans.domain.bounce.ReportVerdict.SaysNothing;
import io.leverans.domain.bounce.ReportVerdict.Tells;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportVerdictTest {
  private static final EmailAddress BO = EmailAddress.parse("Bo@example.com");
  private static final Failure UNKNOWN = Failure.of(Cause.MAILBOX_UNKNOWN, "550 5.1.1 no Bo here");
  private static final Failure SPAM = Failure.of(Cause.MARKED_AS_SPAM, "Feedback-Type: abuse");
  private static final ReportVerdict COMPLAINED = new Moves(DeliveryFact.COMPLAINT_REPORTED, SPAM);
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
  void a_foreign_recipients_statement_is_of_somebody_else() {
    assertThat(status(new Statement(List.of("cy@example.com"), Action.FAILED, UNKNOWN)))
        .isEqualTo(new OfSomebodyElse());
  }

  @Test
  void a_recipient_whose_name_begins_alike_is_foreign() {
    assertThat(status(new Statement(List.of("bo@example.com.evil"), Action.FAILED, UNKNOWN)))
        .isEqualTo(new OfSomebodyElse());
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
        .isEqualTo(new OfSomebodyElse());
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
  void a_complaint_of_this_recipient_counts() {
    assertThat(complaint(of("cy@example.com"), of("BO@example.com"))).isEqualTo(COMPLAINED);
  }

  @Test
  void a_complaint_that_names_nobody_counts() {
    assertThat(complaint(of())).isEqualTo(COMPLAINED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redacted",
        "[Redacted]@example.com",
        "xxxxx@example.com",
        "***@elsewhere.example",
        "9e107d9d372bb6826bd81d3542a419d6@example.com",
        "pT4gL3AvVyzWGsfjKLwJL2YTTwk=@example.com",
        "u8Zf3kQvX0aPq2LmN7rTsWc1Yd@EXAMPLE.com"
      })
  void a_complaint_counts_even_if_the_recipient_was_blacked_out(String name) {
    assertThat(complaint(of(name))).isEqualTo(COMPLAINED);
    assertThat(complaint(of(name), of(name))).isEqualTo(COMPLAINED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cy@example.com",
        "bo@elsewhere.example",
        "christopher.johnson.1985@example.com",
        "9e107d9d372bb6826bd81d3542a419d6@elsewhere.example"
      })
  void a_complaint_of_somebody_the_mail_was_passed_on_to_is_of_somebody_else(String name) {
    assertThat(complaint(of(name))).isEqualTo(new OfSomebodyElse());
    assertThat(complaint(of(), of(name))).isEqualTo(new OfSomebodyElse());
  }

  @Test
  void feedback_that_is_not_about_spam_moves_nothing() {
    Failure unproved = Failure.of(Cause.AUTH_FAILURE, "Feedback-Type: auth-failure");

    assertThat(complaint(new Statement(List.of(), Action.FAILED, unproved)))
        .isEqualTo(new SaysNothing());
  }

  @Test
  void a_complaint_without_a_statement_counts_in_words_of_ours() {
    assertThat(complaint())
        .isInstanceOfSatisfying(
            Moves.class,
            moves -> {
              assertThat(moves.fact()).isEqualTo(DeliveryFact.COMPLAINT_REPORTED);
              assertThat(moves.failure().cause()).isEqualTo(Cause.MARKED_AS_SPAM);
            });
  }

  @Test
  void an_automatic_reply_is_told_and_moves_nothing() {
    var statement = new Statement(List.of("bo@example.com"), Action.FAILED, UNKNOWN);
    assertThat(ReportVerdict.of(ReportKind.AUTO_REPLY, List.of(statement), BO))
        .isEqualTo(new Tells(Note.AUTO_REPLIED, Optional.empty()));
  }

  @Test
  void a_challenge_is_told_and_moves_nothing() {
    assertThat(ReportVerdict.of(ReportKind.CHALLENGE, List.of(), BO))
        .isEqualTo(new Tells(Note.CHALLENGED, Optional.empty()));
    assertThat(ReportVerdict.of(ReportKind.CHALLENGE, List.of(of("bo@example.com")), BO))
        .isEqualTo(new Tells(Note.CHALLENGED, Optional.empty()));
  }

  @Test
  void what_is_not_understood_says_nothing() {
    var statement = new Statement(List.of("bo@example.com"), Action.FAILED, UNKNOWN);
    assertThat(ReportVerdict.of(ReportKind.OTHER, List.of(statement), BO))
        .isEqualTo(new SaysNothing());
  }

  @Test
  void a_delivery_report_without_statements_says_nothing() {
    assertThat(status()).isEqualTo(new SaysNothing());
  }

  @Test
  void by_a_persons_word_the_only_statement_counts_whomever_it_names() {
    var forwarded = new Statement(List.of("bo@private.example"), Action.FAILED, FULL);
    var other = new Statement(List.of("cy@example.com"), Action.DELIVERED, UNKNOWN);

    assertThat(byPersonsWord(ReportKind.DELIVERY_STATUS, forwarded))
        .isEqualTo(new Moves(DeliveryFact.BOUNCE_REPORTED, FULL));
    assertThat(byPersonsWord(ReportKind.DELIVERY_STATUS, forwarded, other))
        .isEqualTo(new OfSomebodyElse());
    assertThat(byPersonsWord(ReportKind.COMPLAINT, of("bo@private.example"))).isEqualTo(COMPLAINED);
    assertThat(byPersonsWord(ReportKind.OTHER, forwarded)).isEqualTo(new SaysNothing());
  }

  @Test
  void with_nothing_but_a_name_only_what_names_this_recipient_counts() {
    var unnamed = new Statement(List.of(), Action.FAILED, FULL);
    var named = new Statement(List.of("BO@example.com"), Action.FAILED, UNKNOWN);

    assertThat(ofNamed(ReportKind.DELIVERY_STATUS, List.of(), unnamed))
        .isEqualTo(new OfSomebodyElse());
    assertThat(ofNamed(ReportKind.DELIVERY_STATUS, List.of(), unnamed, named))
        .isEqualTo(new Moves(DeliveryFact.BOUNCE_REPORTED, UNKNOWN));
    assertThat(ofNamed(ReportKind.COMPLAINT, List.of(), of())).isEqualTo(new OfSomebodyElse());
    assertThat(ofNamed(ReportKind.COMPLAINT, List.of(), of("bo@example.com")))
        .isEqualTo(COMPLAINED);
    assertThat(ofNamed(ReportKind.OTHER, List.of("bo@example.com"), named))
        .isEqualTo(new OfSomebodyElse());
  }

  @Test
  void a_machines_answer_names_who_answered() {
    assertThat(ofNamed(ReportKind.AUTO_REPLY, List.of("bo@EXAMPLE.com")))
        .isEqualTo(new Tells(Note.AUTO_REPLIED, Optional.empty()));
    assertThat(ofNamed(ReportKind.AUTO_REPLY, List.of("cy@example.com")))
        .isEqualTo(new OfSomebodyElse());
    assertThat(ofNamed(ReportKind.CHALLENGE, List.of())).isEqualTo(new OfSomebodyElse());
  }

  private static ReportVerdict byPersonsWord(ReportKind kind, Statement... statements) {
    return ReportVerdict.byPersonsWord(kind, List.of(statements), BO);
  }

  private static ReportVerdict ofNamed(
      ReportKind kind, List<String> recipients, Statement... statements) {
    var report =
        new IncomingReport(
                new ChannelKind("somekind"),
                "astrid@example.net",
                new Link.None(),
                kind,
                Optional.empty(),
                List.of(statements),
                Octets.of(new byte[1]))
            .hinting(
                new Hints(
                    Optional.empty(),
                    Optional.empty(),
                    recipients,
                    Optional.empty(),
                    Optional.empty()));
    return ReportVerdict.ofNamed(report, BO);
  }

  private static ReportVerdict status(Statement... statements) {
    return ReportVerdict.of(ReportKind.DELIVERY_STATUS, List.of(statements), BO);
  }

  private static ReportVerdict complaint(Statement... statements) {
    return ReportVerdict.of(ReportKind.COMPLAINT, List.of(statements), BO);
  }

  private static Statement of(String... names) {
    return new Statement(List.of(names), Action.FAILED, SPAM);
  }
}
