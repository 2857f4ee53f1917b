package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.port.in.ImportSuppressions.Line;
import io.leverans.domain.identity.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionFilesTest extends SuppressionRequests {
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
}
