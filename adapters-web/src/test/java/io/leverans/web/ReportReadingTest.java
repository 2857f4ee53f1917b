package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportView;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Octets;
import io.leverans.web.json.Words;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports, listed and as they came. */
class ReportReadingTest {
  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(String schema, Answer answer, String pointer) {
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes(schema, answer.json().at(pointer));
  }

  private static Statement statement(Statement.Action action) {
    return new Statement(List.of("bert@recipient.example"), action, Samples.UNKNOWN_MAILBOX);
  }

  private Answer listed(ReportKind kind, Statement... statements) {
    var report =
        new ReportView(
            Samples.REPORT_ID,
            Samples.NOON,
            "b.token@bounces.example",
            kind,
            Optional.of("Undelivered"),
            new Link.Genuine(Samples.TEAM, new DeliveryId(new UUID(0, 6))),
            Optional.of(Samples.MESSAGE_ID),
            List.of(statements),
            ReportView.Effect.MOVED,
            Optional.of(Samples.NOON),
            ReportSamples.LINKED,
            List.of());
    api.listReports = _ -> new Page<>(List.of(report), Optional.empty());
    var answer = api.get("/v1/reports");
    assertDescribed("Report", answer, "/items/0");
    return answer;
  }

  @Test
  void reports_are_listed() {
    var answer = listed(ReportKind.DELIVERY_STATUS, statement(Statement.Action.FAILED));
    assertThat(answer.at("/items/0/link")).isEqualTo("genuine");
    assertThat(answer.at("/items/0/kind")).isEqualTo("delivery-status");
    assertThat(answer.at("/items/0/statements/0/failure/cause")).isEqualTo("mailbox-unknown");
  }

  @Test
  void a_statement_says_separately_whether_it_ends_whose_fault_it_is_and_whether_it_suppresses() {
    var expired =
        new Failure(Cause.MAILBOX_UNKNOWN, "450 4.1.1 no", Optional.of("4.1.1"), Optional.empty());
    var answer =
        listed(
            ReportKind.DELIVERY_STATUS,
            statement(Statement.Action.FAILED),
            new Statement(List.of(), Statement.Action.FAILED, expired),
            statement(Statement.Action.DELAYED));
    assertThat(
            List.of(0, 1, 2).stream()
                .map(i -> "/items/0/statements/" + i + "/failure/")
                .map(
                    at ->
                        List.of(
                            answer.at(at + "terminal"),
                            answer.at(at + "suppresses"),
                            answer.at(at + "fault"),
                            answer.at(at + "cause"))))
        .containsExactly(
            List.of("true", "true", "recipient", "mailbox-unknown"),
            List.of("true", "false", "recipient", "mailbox-unknown"),
            List.of("false", "false", "recipient", "mailbox-unknown"));
    assertThat(answer.at("/items/0/statements/0/failure/remedy"))
        .isEqualTo(Cause.MAILBOX_UNKNOWN.remedy());
  }

  @ParameterizedTest
  @EnumSource(
      value = Statement.Action.class,
      names = {"DELIVERED", "RELAYED", "EXPANDED"})
  void what_arrived_or_was_passed_on_has_words_and_no_failure(Statement.Action action) {
    var answer = listed(ReportKind.DELIVERY_STATUS, statement(action));
    assertThat(answer.json().at("/items/0/statements/0").has("failure")).isFalse();
    assertThat(answer.at("/items/0/statements/0/words")).isEqualTo("550 5.1.1 no such user");
  }

  @ParameterizedTest
  @EnumSource(ReportKind.class)
  void every_kind_of_report_is_told_and_a_challenge_with_what_to_do(ReportKind kind) {
    var answer = listed(kind);
    assertThat(answer.at("/items/0/kind")).isEqualTo(Words.of(kind));
    assertThat(answer.json().at("/items/0").has("remedy")).isEqualTo(kind == ReportKind.CHALLENGE);
  }

  @Test
  void a_report_comes_as_it_came() {
    byte[] bytes = {'A', ':', ' ', 'b', '\r', '\n', '\r', '\n', (byte) 0xff, 0, '\n'};
    api.readRawReport =
        (_, id) ->
            Optional.<RawReport>of(new RawReport.Kept(Octets.of(bytes)))
                .filter(_ -> id.equals(Samples.REPORT_ID));
    var answer = api.get("/v1/reports/00000000-0000-0000-0000-000000000005/raw");
    assertThat(answer.header("Content-Type")).contains("message/rfc822");
    assertThat(answer.header("Content-Disposition").orElse("")).startsWith("attachment");
    assertThat(answer.response().body()).isEqualTo(bytes);
  }

  @Test
  void a_report_from_somebody_elses_mailbox_is_withheld_in_plain_words() {
    api.readRawReport = (_, _) -> Optional.of(new RawReport.Withheld());
    var answer = api.get("/v1/reports/00000000-0000-0000-0000-000000000005/raw");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.problem()).isEqualTo("mailbox-not-yours");
    assertThat(answer.at("/detail")).contains("only that member", "GET /v1/reports");
  }

  @Test
  void a_report_that_was_purged_is_gone_and_still_listed() {
    api.readRawReport = (_, _) -> Optional.of(new RawReport.Purged(Samples.NOON));
    assertThat(listed(ReportKind.DELIVERY_STATUS).at("/items/0/rawPurgedAt"))
        .isEqualTo(Samples.NOON.toString());
    var answer = api.get("/v1/reports/00000000-0000-0000-0000-000000000005/raw");
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.problem()).isEqualTo("content-purged");
    assertThat(answer.at("/detail")).contains(Samples.NOON.toString(), "GET /v1/reports");
    assertThat(answer.at("/purgedAt")).isEqualTo(Samples.NOON.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-0000-0000-00000000000f", "17", "1-1-1-1-1"})
  void an_unknown_report_is_told_so(String id) {
    var answer = api.get("/v1/reports/" + id + "/raw");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("unknown-report");
  }
}
