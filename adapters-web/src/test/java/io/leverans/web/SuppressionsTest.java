package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.ImportSuppressions;
import io.leverans.application.view.Caller;
import io.leverans.domain.team.Member;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionsTest extends SuppressionRequests {
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
}
