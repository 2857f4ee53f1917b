package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.port.in.VerifyIdentity;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.identity.Verification;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitiesTest {
  private static final String IDENTITY = "/v1/identities/00000000-0000-0000-0000-000000000002";
  private static final String LINK = "/verify/1-abcdefghijklmnopqrstuvwxyz";

  private final TestApi api = new TestApi();

  @AfterEach
  void stop() {
    api.close();
  }

  private void assertDescribed(Answer answer) {
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes("Identity", answer.json());
  }

  @Test
  void an_identity_is_made() {
    var asked = new ArrayList<CreateIdentity.Command>();
    api.createIdentity =
        command -> {
          asked.add(command);
          return new CreateIdentity.Result.Created(Samples.identity(new Verification.Pending()));
        };
    var answer =
        api.post(
            "/v1/identities",
            "{\"address\":\"anna@sender.example\",\"name\":\"Anna\",\"signature\":\"Bye\",\"replies\":\"to-identity\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(IDENTITY);
    assertThat(answer.at("/verification/state")).isEqualTo("pending");
    assertDescribed(answer);
    assertThat(asked)
        .containsExactly(
            new CreateIdentity.Command(
                Samples.CALLER, Samples.ANNA, Optional.of("Bye"), Replies.TO_IDENTITY));
  }

  @Test
  void an_address_that_is_taken_leads_to_its_identity() {
    api.createIdentity =
        _ -> new CreateIdentity.Result.AddressTaken(Samples.identity(new Verification.Pending()));
    var answer = api.post("/v1/identities", "{\"address\":\"anna@sender.example\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("identity-exists");
    assertThat(answer.at("/existing")).isEqualTo(IDENTITY);
    assertThat(answer.at("/field")).isEqualTo("/address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                 | missing-field   | /address
          {"address":""}                                     | invalid-address | /address
          {"address":"a@b"}                                  | invalid-address | /address
          {"address":"a@b.example","name":"a\\u0001"}        | invalid-address | /name
          {"address":"a@b.example","default":true}           | unknown-field   | /default
          {"address":"Anna <a@b.example>"}                   | invalid-address | /address
          """)
  void what_is_wrong_is_told_with_its_place(String body, String type, String field) {
    var answer = api.post("/v1/identities", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.problem()).as(answer.text()).isEqualTo(type);
    assertThat(answer.at("/field")).isEqualTo(field);
  }

  @Test
  void an_endless_signature_is_refused() {
    var body = "{\"address\":\"a@b.example\",\"signature\":\"%s\"}".formatted("x".repeat(10_001));
    var answer = api.post("/v1/identities", body);
    assertThat(answer.at("/field")).isEqualTo("/signature");
  }

  @Test
  void identities_are_listed_part_by_part() {
    api.readIdentities =
        new Known(
            LongStream.rangeClosed(1, 5)
                .mapToObj(
                    n ->
                        Samples.identity(
                            new IdentityId(new UUID(9, n)),
                            new Verification.Verified(Samples.NOON)))
                .toList());
    var seen = new ArrayList<String>();
    var path = "/v1/identities?limit=2";
    var next = Optional.of(path);
    while (next.isPresent()) {
      var answer = api.get(next.get());
      answer.json().path("items").forEach(item -> seen.add(item.path("id").asText().substring(35)));
      var cursor = answer.at("/nextCursor");
      next = cursor.isEmpty() ? Optional.empty() : Optional.of(path + "&cursor=" + cursor);
    }
    assertThat(seen).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void an_identity_is_shown() {
    api.readIdentities =
        new Known(List.of(Samples.identity(new Verification.Verified(Samples.NOON))));
    var answer = api.get(IDENTITY);
    assertThat(answer.at("/address")).isEqualTo("anna@sender.example");
    assertThat(answer.at("/verification/state")).isEqualTo("verified");
    assertThat(answer.at("/standing")).isEqualTo("default");
    assertThat(answer.at("/channel/reason")).isEqualTo("team-channel");
    assertThat(answer.at("/channel/id")).isEqualTo(answer.at("/channelId"));
    assertDescribed(answer);
    var other = api.get("/v1/identities/" + new UUID(7, 7));
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.problem()).isEqualTo("unknown-identity");
  }

  @Test
  void the_link_is_mailed_again() {
    api.requestVerification =
        (_, _) -> new RequestVerification.Result.Sent(Samples.identity(new Verification.Pending()));
    var answer = api.post(IDENTITY + "/verification");
    assertThat(answer.status()).isEqualTo(202);
    assertDescribed(answer);
  }

  @Test
  void no_link_is_mailed_where_nothing_is_left_to_prove() {
    var identity = Samples.identity(new Verification.Verified(Samples.NOON));
    api.requestVerification = (_, _) -> new RequestVerification.Result.VerifiedAlready(identity);
    var answer = api.post(IDENTITY + "/verification");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("already-verified");
  }

  @Test
  void no_link_is_mailed_for_an_unknown_identity() {
    api.requestVerification = (_, _) -> new RequestVerification.Result.UnknownIdentity();
    assertThat(api.post(IDENTITY + "/verification").problem()).isEqualTo("unknown-identity");
  }

  @Test
  void looking_at_the_link_verifies_nothing_and_pressing_the_button_does() {
    var links = new OneLink(new Mailbox(Optional.of("<b>\"&'"), Samples.ANNA.address()));
    api.verifyIdentity = links;
    var page = person(LINK);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.text())
        .contains("<form method=\"post\">")
        .contains("&lt;b&gt;", "&amp;&#39;", "&lt;anna@sender.example&gt;")
        .doesNotContain("<b>");
    assertThat(links.verified).isEmpty();

    var thanks = api.send(HttpRequest.newBuilder(api.uri(LINK)).POST(BodyPublishers.noBody()));
    assertThat(thanks.status()).isEqualTo(200);
    assertThat(thanks.text()).contains("anna@sender.example");
    assertThat(links.verified).containsExactly(LinkCode.parse(LINK.substring(8)));
  }

  @Test
  void a_page_lets_nothing_in_from_elsewhere() {
    api.verifyIdentity = new OneLink(Samples.ANNA);
    var page = person(LINK);
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .containsPattern("style-src 'sha256-[A-Za-z0-9+/]{43}='");
    assertThat(page.header("Referrer-Policy")).contains("no-referrer");
    assertThat(page.header("X-Robots-Tag").orElseThrow()).contains("noindex");
    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.header("Cache-Control")).contains("no-store");
  }

  @Test
  void a_link_that_is_over_says_what_to_do() {
    for (var answer :
        List.of(
            person(LINK),
            api.send(HttpRequest.newBuilder(api.uri(LINK)).POST(BodyPublishers.noBody())))) {
      assertThat(answer.status()).isEqualTo(410);
      assertThat(answer.text()).contains("<h1>This link does not work any more</h1>");
    }
  }

  @Test
  void a_link_that_was_cut_says_what_to_do() {
    for (var path : List.of("/verify/1-abc", "/verify/x", "/verify/0-abcdefghijklmnopqrstuvwxyz")) {
      var answer = person(path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).contains("Copy the whole link");
    }
  }

  @Test
  void the_start_page_says_what_runs() {
    api.mode = Mode.SANDBOX;
    var page = person("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(
            "Sandbox.",
            "/openapi.yaml",
            "/sandbox/inbox",
            "/sandbox/mail-servers",
            "/sandbox/accounts")
        .contains("https://leverans.example/v1");
  }

  private Answer person(String path) {
    return api.send(HttpRequest.newBuilder(api.uri(path)));
  }

  private record Known(List<Identity> identities) implements ReadIdentities {
    @Override
    public List<Identity> list(Caller caller) {
      return identities;
    }

    @Override
    public Optional<Identity> read(Caller caller, IdentityId id) {
      return identities.stream().filter(identity -> identity.id().equals(id)).findFirst();
    }
  }

  private static final class OneLink implements VerifyIdentity {
    private final Identity identity;
    private final List<LinkCode> verified = new ArrayList<>();

    OneLink(Mailbox mailbox) {
      var plain = Samples.identity(new Verification.Pending());
      identity =
          new Identity(
              plain.team(),
              plain.id(),
              plain.member(),
              mailbox,
              plain.signature(),
              plain.replies(),
              plain.standing(),
              plain.choice(),
              plain.verification(),
              plain.createdAt());
    }

    @Override
    public Optional<Identity> lookUp(LinkCode code) {
      return Optional.of(identity);
    }

    @Override
    public Optional<Identity> verify(LinkCode code) {
      verified.add(code);
      return Optional.of(identity);
    }
  }
}
