package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.CheckDomain;
import io.leverans.application.port.in.RemoveDomain;
import io.leverans.application.port.in.RotateDomainKey;
import io.leverans.domain.senderdomain.DnsAnswer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DomainsTest {
  private static final String PATH = "/v1/domains/" + DomainSamples.DOMAIN.id().value();

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void an_added_domain_is_told_with_its_records_ready_to_paste() {
    api.addDomain =
        command -> {
          assertThat(command.name()).isEqualTo("example.com");
          return new AddDomain.Result.Added(DomainSamples.VIEW);
        };

    var answer = api.ask("POST", "/v1/domains", "{\"name\":\"example.com\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(PATH);
    assertDescribed(answer.json());
    JsonNode proof = answer.json().at("/records/0");
    assertThat(proof.path("name").asText()).isEqualTo("_leverans.example.com");
    assertThat(proof.path("type").asText()).isEqualTo("TXT");
    assertThat(proof.path("value").asText()).isEqualTo("leverans-proof=abc");
    assertThat(proof.path("need").asText()).isEqualTo("required");
    assertThat(proof.path("verdict").asText()).isEqualTo("missing");
  }

  @Test
  void a_check_says_what_dns_says() {
    api.checkDomain =
        _ ->
            new CheckDomain.Result.Done(
                DomainSamples.seen(
                    DomainSamples.DOMAIN, new DnsAnswer.Found(List.of("something else"))));

    var answer = api.ask("POST", PATH + "/check", "");

    assertThat(answer.status()).isEqualTo(200);
    assertDescribed(answer.json());
    assertThat(answer.json().at("/records/0/verdict").asText()).isEqualTo("different");
    assertThat(answer.json().at("/records/0/found/0").asText()).isEqualTo("something else");
  }

  @Test
  void a_dns_that_cannot_be_asked_is_told_as_such() {
    api.checkDomain =
        _ ->
            new CheckDomain.Result.Done(
                DomainSamples.seen(DomainSamples.DOMAIN, new DnsAnswer.Untold("no answer")));

    JsonNode record = api.ask("POST", PATH + "/check", "").json().at("/records/1");

    assertThat(record.path("verdict").asText()).isEqualTo("untold");
    assertThat(record.path("untold").asText()).isEqualTo("no answer");
  }

  @Test
  void a_rotation_that_comes_too_early_says_from_when() {
    Instant until = Instant.parse("2026-12-06T12:00:00Z");
    api.rotateDomainKey = _ -> new RotateDomainKey.Result.TooEarly(until);

    var answer = api.ask("POST", PATH + "/rotate", "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/rotation-too-early");
    assertThat(answer.json().path("until").asText()).isEqualTo("2026-12-06T12:00:00Z");
    assertThat(answer.json().path("detail").asText()).contains("2026-12-06T12:00:00Z");
  }

  @Test
  void only_an_admin_changes_domains() {
    api.addDomain = _ -> new AddDomain.Result.AdminsOnly();
    api.rotateDomainKey = _ -> new RotateDomainKey.Result.AdminsOnly();
    api.removeDomain = _ -> RemoveDomain.Result.ADMINS_ONLY;

    assertThat(api.ask("POST", "/v1/domains", "{\"name\":\"a.example\"}").status()).isEqualTo(403);
    assertThat(api.ask("POST", PATH + "/rotate", "").status()).isEqualTo(403);
    assertThat(api.ask("DELETE", PATH, "").status()).isEqualTo(403);
  }

  @Test
  void a_domain_of_nobody_is_not_there() {
    api.removeDomain = _ -> RemoveDomain.Result.UNKNOWN_DOMAIN;

    assertThat(api.get(PATH).status()).isEqualTo(404);
    assertThat(api.get("/v1/domains/nonsense").status()).isEqualTo(404);
    assertThat(api.ask("DELETE", PATH, "").json().path("type").asText())
        .isEqualTo("/problems/unknown-domain");
  }

  @Test
  void what_is_no_domain_name_is_refused_in_words() {
    api.addDomain = command -> new AddDomain.Result.NotADomain(command.name());

    var answer = api.ask("POST", "/v1/domains", "{\"name\":\"not a domain\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").asText()).contains("'not a domain'", "example.com");
    assertThat(answer.json().path("field").asText()).isEqualTo("/name");
  }

  @Test
  void a_domain_that_the_team_has_is_named() {
    api.addDomain = _ -> new AddDomain.Result.AlreadyThere(DomainSamples.DOMAIN);

    var answer = api.ask("POST", "/v1/domains", "{\"name\":\"example.com\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("existing").asText())
        .isEqualTo(DomainSamples.DOMAIN.id().value().toString());
  }

  @Test
  void a_team_with_too_many_domains_is_told_what_to_do() {
    api.addDomain = _ -> new AddDomain.Result.TooMany(100);

    var answer = api.ask("POST", "/v1/domains", "{\"name\":\"example.com\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("too-many-domains");
    assertThat(answer.json().path("detail").asText()).contains("100", "DELETE /v1/domains");
  }

  private void assertDescribed(JsonNode json) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes("Domain", json);
  }
}
