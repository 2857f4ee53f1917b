package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AcceptMessage.Suppressed;
import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryMessage;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.application.view.SuppressionImport;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.Member;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {
  private static final UUID IMPORT = new UUID(0, 9);
  private static final String MESSAGE = "/v1/messages/" + Samples.MESSAGE_ID.value();

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void an_address_is_put_on_the_list_found_there_and_taken_off() {
    var added =
        api.post("/v1/suppressions", "{\"address\":\"bo@example.com\",\"note\":\" called \"}");
    assertThat(added.status()).isEqualTo(201);
    String location = added.header("Location").orElseThrow();
    assertThat(added.at("/reason")).isEqualTo("by-hand");
    assertThat(added.at("/note")).isEqualTo("called");

    assertThat(api.get(location).at("/address")).isEqualTo("bo@example.com");
    assertThat(api.get("/v1/suppressions?address=BO@EXAMPLE.com").at("/items/0/id"))
        .isEqualTo(added.at("/id"));
    assertThat(api.post("/v1/suppressions", "{\"address\":\"Bo@example.com\"}").status())
        .as("there already")
        .isEqualTo(200);
    assertThat(api.delete(location + "?why=asked%20for%20it").status()).isEqualTo(204);
    assertThat(api.get(location).problem()).isEqualTo("unknown-suppression");
  }

  @Test
  void whoever_takes_an_address_off_says_why() {
    var added = api.post("/v1/suppressions", "{\"address\":\"bo@example.com\"}");

    var answer = api.delete(added.header("Location").orElseThrow());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/parameter")).isEqualTo("why");
    assertThat(api.get(added.header("Location").orElseThrow()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                            | /address
          {"address":"nobody"}                                          | /address
          {"address":"a@b.example","until":"tomorrow"}                  | /until
          {"address":"a@b.example","until":"2001-01-01T00:00:00Z"}      | /until
          {"address":"a@b.example","note":""}                           | /note
          """)
  void what_is_wrong_with_an_entry_is_pointed_at(String body, String field) {
    var answer = api.post("/v1/suppressions", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void a_policy_is_shown_changed_and_shown_again() {
    assertThat(api.get("/v1/suppressions/policy").at("/rules/mailbox-unknown/suppress"))
        .isEqualTo("at-once");

    var answer =
        api.put(
            "/v1/suppressions/policy",
            """
            {"rules":{"mailbox-full":{"suppress":"after","failures":3,"within":"P30D"},
                      "mailbox-unknown":{"suppress":"never"}}}\
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(api.get("/v1/suppressions/policy").json()).isEqualTo(answer.json());
    assertThat(answer.at("/rules/mailbox-full/failures")).isEqualTo("3");
    assertThat(answer.at("/rules/mailbox-full/within")).isEqualTo("PT720H");
    assertThat(answer.at("/rules/mailbox-unknown/suppress")).isEqualTo("never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"rules":{"reputation-block":{"suppress":"at-once"}}}                           | /rules/reputation-block
          {"rules":{"mailbox-full":{"suppress":"sometimes"}}}                             | /rules/mailbox-full/suppress
          {"rules":{"mailbox-full":{"suppress":"after","within":"P7D"}}}                  | /rules/mailbox-full/failures
          {"rules":{"mailbox-full":{"suppress":"after","failures":1,"within":"P7D"}}}     | /rules/mailbox-full/failures
          {"rules":{"mailbox-full":{"suppress":"after","failures":2,"within":"a week"}}}  | /rules/mailbox-full/within
          {"rules":{"mailbox-full":{"suppress":"after","failures":2,"within":"PT1H"}}}    | /rules/mailbox-full/within
          """)
  void what_is_wrong_with_a_policy_is_pointed_at(String body, String field) {
    var answer = api.put("/v1/suppressions/policy", body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void only_an_admin_takes_addresses_off_decides_and_imports() {
    String entry = "/v1/suppressions/" + entry("bo@example.com").id().value();
    asMember();
    api.importSuppressions = new Taken(new ImportSuppressions.Result.AdminsOnly());

    assertThat(api.get("/v1/suppressions").status()).isEqualTo(200);
    assertThat(api.delete(entry + "?why=x").problem()).isEqualTo("admins-only");
    assertThat(api.put("/v1/suppressions/policy", "{\"rules\":{}}").problem())
        .isEqualTo("admins-only");
    assertThat(importing("address\nbo@example.com\n").problem()).isEqualTo("admins-only");
  }

  private void asMember() {
    api.identifyCaller =
        _ ->
            Optional.of(
                new Caller(new Member(Samples.TEAM, Samples.MEMBER_ID, "Bo", Member.Role.MEMBER)));
  }

  @Test
  void a_message_to_suppressed_recipients_is_refused_with_a_pointer_to_each() {
    SuppressedAddress entry = entry("bert@recipient.example");
    api.acceptMessage =
        command -> {
          assertThat(command.suppressed()).isEqualTo(Suppressed.REFUSE);
          return new AcceptMessage.Result.RecipientsSuppressed(
              Map.of(
                  EmailAddress.parse("bert@recipient.example"),
                  entry,
                  EmailAddress.parse("Eva@recipient.example"),
                  entry));
        };

    var answer =
        api.post(
            "/v1/messages",
            """
            {"identityId":"00000000-0000-0000-0000-000000000002","text":"Hi",
             "to":["dan@recipient.example","Bert <bert@recipient.example>"],
             "cc":"Eva@recipient.example"}\
            """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/errors/0/field")).isEqualTo("/cc");
    assertThat(answer.at("/errors/1/field")).isEqualTo("/to/1");
    assertThat(answer.at("/errors/1/detail"))
        .contains("bert@recipient.example", "called a message spam", entry.id().value().toString());
  }

  @Test
  void who_was_skipped_is_told_with_the_message() {
    api.acceptMessage =
        command -> {
          assertThat(command.suppressed()).isEqualTo(Suppressed.SKIP);
          return new AcceptMessage.Result.Accepted(
              Samples.message(Samples.queued("dan@recipient.example")),
              List.of(EmailAddress.parse("bert@recipient.example")));
        };

    var answer =
        api.post(
            "/v1/messages",
            """
            {"identityId":"00000000-0000-0000-0000-000000000002","text":"Hi","suppressed":"skip",
             "to":["dan@recipient.example","bert@recipient.example"]}\
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/skipped/0")).isEqualTo("bert@recipient.example");
    assertThat(answer.at("/recipients/0/address")).isEqualTo("dan@recipient.example");
  }

  @Test
  void who_is_left_out_of_a_retry_is_told_with_the_message() {
    api.retryMessage =
        (_, _) ->
            new RetryMessage.Result.Queued(
                Samples.message(Samples.queued("dan@recipient.example")), List.of(Samples.BERT));

    var answer = api.post(MESSAGE + "/retry");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.at("/skipped/0")).isEqualTo("bert@recipient.example");
  }

  @Test
  void a_retry_to_suppressed_recipients_alone_is_refused_with_a_pointer_to_each() {
    SuppressedAddress entry = entry("bert@recipient.example");
    api.retryMessage =
        (_, _) ->
            new RetryMessage.Result.RecipientsSuppressed(
                Samples.message(
                    Samples.accepted("dan@recipient.example"),
                    Samples.accepted("bert@recipient.example")),
                Map.of(Samples.BERT, entry));

    var answer = api.post(MESSAGE + "/retry");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/field")).isEqualTo("/recipients/1");
    assertThat(answer.at("/detail"))
        .contains("bert@recipient.example", "called a message spam", entry.id().value().toString());
  }

  @Test
  void a_doubt_about_a_suppressed_recipient_is_not_sent_again() {
    SuppressedAddress entry = entry("bert@recipient.example");
    api.resolveDoubt =
        command -> new ResolveDoubt.Result.RecipientSuppressed(command.recipient(), entry);

    var answer =
        api.post(
            MESSAGE + "/resolve", "{\"recipient\":\"bert@recipient.example\",\"as\":\"resend\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("suppressed-recipient");
    assertThat(answer.at("/field")).isEqualTo("/recipient");
  }

  @Test
  void the_list_is_given_as_a_file_that_can_be_imported() {
    for (int i = 0; i < 1_500; i++) {
      var _ = entry("a" + i + "@recipient.example");
    }

    var taken = new Taken(new ImportSuppressions.Result.UnderWay(progress()));
    api.importSuppressions = taken;

    var answer = api.get("/v1/suppressions/export");

    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/csv");
    List<String> lines = answer.text().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("address,reason,cause,since,until,note");
    assertThat(lines).hasSize(1_501);
    assertThat(importing(answer.text()).status()).isEqualTo(202);
    assertThat(taken.lines).hasSize(1_500).allMatch(line -> line instanceof Line.Named);
  }

  @Test
  void a_spreadsheet_finds_no_formula_in_the_file_and_an_import_finds_the_address_again() {
    var taken = new Taken(new ImportSuppressions.Result.UnderWay(progress()));
    api.importSuppressions = taken;
    var _ =
        api.post(
            "/v1/suppressions", "{\"address\":\"=1+1@example.com\",\"note\":\"=HYPERLINK(A1)\"}");

    String file = api.get("/v1/suppressions/export").text();

    assertThat(file).contains("'=1+1@example.com,", ",'=HYPERLINK(A1)");
    var _ = importing(file);
    assertThat(taken.lines)
        .containsExactly(
            new Line.Named(
                2,
                EmailAddress.parse("=1+1@example.com"),
                Optional.empty(),
                Optional.of("=HYPERLINK(A1)")));
  }

  @Test
  void a_file_is_read_line_by_line_and_a_bad_line_says_what_is_wrong() {
    var taken = new Taken(new ImportSuppressions.Result.UnderWay(progress()));
    api.importSuppressions = taken;

    var answer =
        importing(
            """
            \uFEFFName,E-Mail,until,Note
            Bo,Bo@example.com,2090-01-01T00:00:00Z,"left, they say"
            Eva,eva@example.com
            Nobody,nobody,,
            Dan,dan@example.com,yesterday,
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).contains("/v1/suppressions/imports/" + IMPORT);
    assertThat(answer.at("/state")).isEqualTo("under-way");
    assertThat(taken.lines.subList(0, 2))
        .containsExactly(
            new Line.Named(
                2,
                EmailAddress.parse("Bo@example.com"),
                Optional.of(Instant.parse("2090-01-01T00:00:00Z")),
                Optional.of("left, they say")),
            new Line.Named(
                3, EmailAddress.parse("eva@example.com"), Optional.empty(), Optional.empty()));
    assertThat(taken.lines.get(2)).isInstanceOf(Line.Bad.class);
    assertThat(((Line.Bad) taken.lines.get(2)).words()).contains("an address has an @");
    assertThat(((Line.Bad) taken.lines.get(3)).words()).contains("offset");
  }

  @Test
  void a_file_of_addresses_alone_needs_no_first_line() {
    var taken = new Taken(new ImportSuppressions.Result.UnderWay(progress()));
    api.importSuppressions = taken;

    var _ = importing("bo@example.com\r\neva@example.com\r\n");

    assertThat(taken.lines).extracting(Line::number).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "name,phone\nBo,1\n"})
  void what_is_no_list_of_addresses_is_refused_whole(String file) {
    api.importSuppressions = new Taken(new ImportSuppressions.Result.UnderWay(progress()));

    var answer = importing(file);

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("not-a-list");
  }

  @Test
  void what_a_quote_that_nobody_closes_takes_along_is_one_bad_line() {
    var taken = new Taken(new ImportSuppressions.Result.UnderWay(progress()));
    api.importSuppressions = taken;

    var _ = importing("address\neva@example.com\n\"bo@example.com\ndan@example.com\n");

    assertThat(taken.lines.getFirst()).isInstanceOf(Line.Named.class);
    assertThat(taken.lines.getLast()).isInstanceOf(Line.Bad.class);
  }

  @Test
  void text_that_is_not_in_utf_8_is_refused() {
    api.importSuppressions = new Taken(new ImportSuppressions.Result.UnderWay(progress()));

    var answer = send("text/csv", "address\nö@example.com\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer.problem()).isEqualTo("not-a-list");
    assertThat(answer.at("/detail")).contains("UTF-8");
  }

  @Test
  void a_list_of_another_kind_of_file_is_refused() {
    assertThat(send("application/json", "{}".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(415);
  }

  @Test
  void lines_are_shown_with_what_became_of_them() {
    api.importSuppressions = new Taken(new ImportSuppressions.Result.UnderWay(progress()));

    var answer = api.get("/v1/suppressions/imports/" + IMPORT + "/lines?outcome=bad&cursor=7");

    assertThat(answer.at("/items/0/line")).isEqualTo("8");
    assertThat(answer.at("/items/0/outcome")).isEqualTo("bad");
    assertThat(answer.at("/items/0/words")).isEqualTo("no address");
    assertThat(answer.at("/nextCursor")).isEqualTo("8");
    assertThat(api.get("/v1/suppressions/imports/" + IMPORT).at("/lines")).isEqualTo("10");
    assertThat(api.get("/v1/suppressions/imports/" + new UUID(0, 1)).problem())
        .isEqualTo("unknown-import");
  }

  private TestApi.Answer importing(String file) {
    return send("text/csv; charset=utf-8", file.getBytes(StandardCharsets.UTF_8));
  }

  private TestApi.Answer send(String type, byte[] file) {
    return api.send(
        api.request("/v1/suppressions/imports")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private SuppressedAddress entry(String address) {
    var id = new SuppressionId(UUID.randomUUID());
    var _ =
        api.suppressionList.add(
            new NewSuppression(
                Samples.TEAM,
                id,
                EmailAddress.parse(address),
                SuppressionReason.COMPLAINED,
                Optional.empty(),
                Optional.empty()));
    return api.suppressionList.find(Samples.TEAM, id).orElseThrow();
  }

  private static SuppressionImport progress() {
    return new SuppressionImport(IMPORT, Samples.NOON, Optional.empty(), 10, 1, 0, 0, 1);
  }

  /** Takes every list and keeps its lines. */
  private static final class Taken implements ImportSuppressions {
    private final Result result;
    private final List<Line> lines = new ArrayList<>();

    Taken(Result result) {
      this.result = result;
    }

    @Override
    public Result begin(Caller caller, Iterator<Line> all) {
      all.forEachRemaining(lines::add);
      return result;
    }

    @Override
    public Optional<SuppressionImport> read(Caller caller, UUID id) {
      return id.equals(IMPORT) ? Optional.of(progress()) : Optional.empty();
    }

    @Override
    public Optional<Page<LineResult, Integer>> lines(LinesQuery query) {
      assertThat(query.outcome()).contains(LineResult.Outcome.BAD);
      return Optional.of(
          new Page<>(
              List.of(
                  new LineResult(
                      query.after().orElse(0) + 1,
                      "nobody",
                      Optional.empty(),
                      LineResult.Outcome.BAD,
                      Optional.of("no address"))),
              Optional.of(8)));
    }
  }
}
