package io.leverans.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.ExportPerson;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.Erasure.Part;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersonsTest {
  private static final ErasureId ERASURE = new ErasureId(new UUID(0, 7));
  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");

  private final TestApi api = new TestApi();
  private final List<Object> asked = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  static Erasure erasure(State state, long left) {
    return new Erasure(
        ERASURE,
        Samples.CALLER.member().id(),
        Samples.NOON,
        state,
        Map.of(Part.MESSAGES, 3L, Part.EVENTS, 12L),
        left,
        state == State.DONE ? Optional.of(Samples.NOON) : Optional.empty());
  }

  private void assertDescribed(String schema, Answer answer) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes(schema, answer.json());
  }

  @Test
  void an_erasure_answers_what_was_erased() {
    api.erasePerson =
        command -> {
          asked.add(command);
          return new ErasePerson.Result.Ordered(erasure(State.DONE, 0));
        };

    var answer = api.post("/v1/erasures", "{\"address\": \"bo@example.com\"}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertDescribed("Erasure", answer);
    assertThat(answer.header("Location")).contains("/v1/erasures/" + ERASURE.value());
    assertThat(answer.at("/state")).isEqualTo("done");
    assertThat(answer.at("/erased/messages")).isEqualTo("3");
    assertThat(answer.at("/erased/events")).isEqualTo("12");
    assertThat(answer.at("/erased/reports")).isEqualTo("0");
    assertThat(answer.text()).doesNotContain("bo@example.com");
    assertThat(asked).containsExactly(new ErasePerson.Command(Samples.CALLER, BO));
  }

  @Test
  void one_that_is_not_done_yet_says_where_to_ask_and_what_is_left() {
    api.erasePerson = _ -> new ErasePerson.Result.Ordered(erasure(State.WAITING, 2));
    api.readErasure =
        (_, id) -> id.equals(ERASURE) ? Optional.of(erasure(State.WAITING, 2)) : Optional.empty();

    var answer = api.post("/v1/erasures", "{\"address\": \"bo@example.com\"}");

    assertThat(answer.status()).isEqualTo(202);
    var later = api.get(answer.header("Location").orElseThrow());
    assertThat(later.status()).isEqualTo(200);
    assertDescribed("Erasure", later);
    assertThat(later.at("/state")).isEqualTo("waiting");
    assertThat(later.at("/left")).isEqualTo("2");
    assertThat(later.at("/meaning")).contains("still to be sent to others");
    assertThat(api.get("/v1/erasures/" + new UUID(0, 8)).problem()).isEqualTo("unknown-erasure");
  }

  @Test
  void without_an_address_nothing_is_erased_and_the_field_is_named() {
    assertThat(api.post("/v1/erasures", "{}").at("/field")).isEqualTo("/address");
    assertThat(api.post("/v1/erasures", "{\"address\": \"bo\"}").at("/field"))
        .isEqualTo("/address");
    assertThat(api.post("/v1/erasures", "{\"adress\": \"bo@example.com\"}").status())
        .isEqualTo(422);
  }

  @Test
  void the_address_that_stands_for_the_erased_is_nobody_to_erase() {
    api.erasePerson = _ -> new ErasePerson.Result.StandsForTheErased();

    var answer = api.post("/v1/erasures", "{\"address\": \"erased@erased.invalid\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid-address");
    assertThat(answer.at("/field")).isEqualTo("/address");
    assertThat(answer.at("/detail")).contains("in the place of recipients whose data was erased");
  }

  @Test
  void only_admins_erase_and_export() {
    api.erasePerson = _ -> new ErasePerson.Result.AdminsOnly();
    api.exportPerson = (_, _) -> ExportPerson.Result.ADMINS_ONLY;

    assertThat(api.post("/v1/erasures", "{\"address\": \"bo@example.com\"}").problem())
        .isEqualTo("admins-only");
    var export = api.get("/v1/exports?address=bo@example.com");
    assertThat(export.status()).isEqualTo(403);
    assertThat(export.problem()).isEqualTo("admins-only");
  }

  @Test
  void an_export_has_each_message_and_report_and_the_mail_itself() throws IOException {
    var message = Samples.message(Samples.queued("bo@example.com"));
    var report = ReportSamples.report(ReportSamples.LINKED);
    api.exportPerson =
        (command, copy) -> {
          asked.add(command);
          copy.listed(
              new SuppressedAddress(
                  new SuppressionId(new UUID(0, 9)),
                  Optional.of(BO),
                  SuppressionReason.BY_HAND,
                  Samples.NOON,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
          copy.message(message, Optional.of(Octets.of("Subject: Hello\r\n".getBytes(US_ASCII))));
          copy.report(report, Optional.empty());
          return ExportPerson.Result.EXPORTED;
        };

    var answer = api.get("/v1/exports?address=bo@example.com");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/zip");
    Map<String, String> files = unzipped(answer);
    String id = "messages/" + message.id().value();
    assertThat(files.keySet())
        .containsExactly(
            id + ".json", id + ".eml", "reports/" + report.id().value() + ".json", "person.json");
    assertThat(files.get(id + ".eml")).isEqualTo("Subject: Hello\r\n");
    assertThat(files.get(id + ".json")).contains("\"subject\":\"Hello\"");
    assertThat(files.get("person.json"))
        .contains("\"address\":\"bo@example.com\"")
        .contains("\"messages\":1")
        .contains("\"by-hand\"");
    assertThat(asked).containsExactly(new ExportPerson.Command(Samples.CALLER, BO));
  }

  @Test
  void an_export_of_somebody_unknown_says_that_there_is_nothing() throws IOException {
    api.exportPerson = (_, _) -> ExportPerson.Result.EXPORTED;

    Map<String, String> files = unzipped(api.get("/v1/exports?address=bo@example.com"));

    assertThat(files).containsOnlyKeys("person.json");
    assertThat(files.get("person.json")).contains("\"messages\":0");
  }

  @Test
  void an_export_without_an_address_names_the_parameter() {
    var answer = api.get("/v1/exports");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("address");
  }

  private static Map<String, String> unzipped(Answer answer) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.response().body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
