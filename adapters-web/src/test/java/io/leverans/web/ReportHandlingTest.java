package io.leverans.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.in.DismissReport;
import io.leverans.application.port.in.ExportSamples;
import io.leverans.application.port.in.LinkReport;
import io.leverans.application.port.in.ListReports;
import io.leverans.application.port.in.ListReports.Which;
import io.leverans.application.view.Handling;
import io.leverans.application.view.Page;
import io.leverans.application.view.RawReport;
import io.leverans.application.view.ReportSample;
import io.leverans.application.view.Suggestion;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportHandlingTest {
  private static final String REPORT = "/v1/reports/00000000-0000-0000-0000-000000000005";
  private static final String DELIVERY = "00000000-0000-0000-0000-000000000006";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(Answer answer, String pointer) {
    new ApiDescription(api.get("/openapi.yaml").text())
        .assertDescribes("Report", answer.json().at(pointer));
  }

  @ParameterizedTest
  @CsvSource({"'',ALL", "?linked=true,LINKED", "?linked=false,IN_THE_TRAY"})
  void which_reports_are_asked_for(String parameters, Which which) {
    var asked = new ArrayList<ListReports.Query>();
    api.listReports =
        query -> {
          asked.add(query);
          return new Page<>(List.of(), Optional.empty());
        };
    assertThat(api.get("/v1/reports" + parameters).status()).isEqualTo(200);
    assertThat(asked).extracting(ListReports.Query::which).containsExactly(which);
    assertThat(api.get("/v1/reports?linked=maybe").at("/parameter")).isEqualTo("linked");
  }

  @Test
  void what_lies_in_the_tray_says_why_and_what_it_may_be_about() {
    var report =
        ReportSamples.report(ReportSamples.REPLAYED)
            .suggesting(
                List.of(
                    ReportSamples.suggestion(Suggestion.Why.TOKEN),
                    ReportSamples.suggestion(Suggestion.Why.RECIPIENT_AND_TIME)));
    api.listReports = _ -> new Page<>(List.of(report), Optional.empty());
    var answer = api.get("/v1/reports?linked=false");
    assertDescribed(answer, "/items/0");
    assertThat(answer.at("/items/0/reason")).isEqualTo("replayed");
    assertThat(answer.at("/items/0/reasonInWords")).contains("said before");
    assertThat(answer.json().at("/items/0").has("linkedBy")).isFalse();
    assertThat(answer.at("/items/0/suggestions/0/why")).isEqualTo("token");
    assertThat(answer.at("/items/0/suggestions/1/why")).isEqualTo("recipient-and-time");
    assertThat(answer.at("/items/0/suggestions/0/deliveryId")).isEqualTo(DELIVERY);
    assertThat(answer.at("/items/0/suggestions/0/teamId"))
        .isEqualTo(String.valueOf(Samples.TEAM.value()));
  }

  @Test
  void a_report_is_linked_by_a_person() {
    var asked = new ArrayList<LinkReport.Command>();
    api.linkReport =
        command -> {
          asked.add(command);
          return new LinkReport.Result.Linked(ReportSamples.report(ReportSamples.CORRECTED));
        };
    var answer =
        api.post(REPORT + "/link", "{\"deliveryId\": \"%s\", \"teamId\": 3}".formatted(DELIVERY));
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed(answer, "");
    assertThat(answer.at("/linkedBy")).isEqualTo("person");
    assertThat(answer.at("/dealtWith/as")).isEqualTo("linked");
    assertThat(answer.at("/dealtWith/name")).isEqualTo("Anna");
    assertThat(asked)
        .containsExactly(
            new LinkReport.Command(
                Samples.CALLER,
                Samples.REPORT_ID,
                Optional.of(new TeamId(3)),
                ReportSamples.DELIVERY));
  }

  @Test
  void what_cannot_be_linked_says_what_to_do() {
    api.linkReport = command -> new LinkReport.Result.UnknownDelivery(command.delivery());
    var unknown = api.post(REPORT + "/link", "{\"deliveryId\": \"%s\"}".formatted(DELIVERY));
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.problem()).isEqualTo("unknown-delivery");
    assertThat(unknown.at("/field")).isEqualTo("/deliveryId");

    api.linkReport =
        _ -> new LinkReport.Result.LinkedAlready(ReportSamples.report(ReportSamples.LINKED));
    var linked = api.post(REPORT + "/link", "{\"deliveryId\": \"%s\"}".formatted(DELIVERY));
    assertThat(linked.status()).isEqualTo(409);
    assertThat(linked.problem()).isEqualTo("report-linked");
    assertThat(linked.at("/detail")).contains("POST " + REPORT + "/verdict");
    assertThat(linked.at("/deliveryId")).isEqualTo(DELIVERY);

    api.linkReport = _ -> new LinkReport.Result.UnknownReport();
    assertThat(api.post(REPORT + "/link", "{\"deliveryId\": \"%s\"}".formatted(DELIVERY)).problem())
        .isEqualTo("unknown-report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"deliveryId\": \"17\"}", "{\"deliveryId\": 17}"})
  void a_link_names_a_delivery(String body) {
    var answer = api.post(REPORT + "/link", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo("/deliveryId");
  }

  @Test
  void a_report_is_dismissed() {
    var dismissed =
        new Handling(
            Optional.empty(),
            Optional.empty(),
            ReportSamples.REPLAYED.unapplied(),
            Optional.of(
                new Handling.Deed(
                    Handling.Sort.DISMISSED, ReportSamples.MEMBER, "Anna", Samples.NOON)),
            Optional.empty(),
            Optional.empty());
    api.dismissReport =
        (_, _) -> new DismissReport.Result.Dismissed(ReportSamples.report(dismissed));
    var answer = api.post(REPORT + "/dismiss");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed(answer, "");
    assertThat(answer.at("/dealtWith/as")).isEqualTo("dismissed");

    api.dismissReport =
        (_, _) -> new DismissReport.Result.Linked(ReportSamples.report(ReportSamples.LINKED));
    assertThat(api.post(REPORT + "/dismiss").problem()).isEqualTo("report-linked");
  }

  @Test
  void a_report_is_read_anew() {
    var asked = new ArrayList<Correction>();
    api.correctReport =
        (_, _, correction) -> {
          asked.add(correction);
          return new CorrectReport.Result.Corrected(ReportSamples.report(ReportSamples.CORRECTED));
        };
    var answer = api.post(REPORT + "/verdict", "{\"as\": \"failed\", \"cause\": \"mailbox-full\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertDescribed(answer, "");
    assertThat(answer.at("/verdict/as")).isEqualTo("failed");
    assertThat(answer.at("/verdict/cause")).isEqualTo("mailbox-full");
    assertThat(api.post(REPORT + "/verdict", "{\"as\": \"no-failure\"}").status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new Correction(Correction.As.FAILED, Optional.of(Cause.MAILBOX_FULL)),
            new Correction(Correction.As.NO_FAILURE, Optional.empty()));

    api.correctReport =
        (_, _, _) ->
            new CorrectReport.Result.NotLinked(ReportSamples.report(ReportSamples.REPLAYED));
    var refused = api.post(REPORT + "/verdict", "{\"as\": \"delivered\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("report-not-linked");
    assertThat(refused.at("/detail")).contains("POST " + REPORT + "/link");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                               | /as
          {"as": "lost"}                                   | /as
          {"as": "failed"}                                 | /cause
          {"as": "delivered", "cause": "mailbox-full"}     | /cause
          {"as": "failed", "cause": "bad-luck"}            | /cause
          """)
  void a_reading_says_what_and_of_a_failure_why(String body, String field) {
    var answer = api.post(REPORT + "/verdict", body);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void samples_are_a_line_each_for_the_operator() {
    var kept =
        new ReportSample(
            ReportSamples.report(ReportSamples.CORRECTED),
            new RawReport.Kept(Octets.of("Subject: x\r\n\r\n".getBytes(UTF_8))));
    var purged =
        new ReportSample(
            ReportSamples.report(ReportSamples.CORRECTED), new RawReport.Purged(Samples.NOON));
    ReportId last = new ReportId(new UUID(0, 9));
    api.exportSamples =
        (_, _, after) ->
            new ExportSamples.Result.Exported(
                after.isEmpty()
                    ? new Page<>(List.of(kept), Optional.of(last))
                    : new Page<>(List.of(purged), Optional.empty()));
    var answer = api.get("/v1/report-samples");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/x-ndjson");
    assertThat(answer.text().lines()).hasSize(2);
    assertThat(answer.json().at("/report/verdict/cause").asText()).isEqualTo("mailbox-full");
    assertThat(new String(Base64.getDecoder().decode(answer.at("/raw")), UTF_8))
        .startsWith("Subject: x");

    api.exportSamples = (_, _, _) -> new ExportSamples.Result.OperatorsOnly();
    assertThat(api.get("/v1/report-samples").problem()).isEqualTo("operators-only");
  }
}
