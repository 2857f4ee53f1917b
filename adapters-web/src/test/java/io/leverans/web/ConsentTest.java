package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.BeginConsent.Aim;
import io.leverans.application.port.in.ConcludeConsent;
import io.leverans.application.port.in.ConcludeConsent.Answer;
import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.in.LeadToConsent;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API and the pages by which the owner of an account gives access. */
class ConsentTest {
  private static final String CONNECT = "/v1/channels/connect";
  private static final LinkCode TICKET =
      new LinkCode(Samples.TEAM, "abcdefghijklmnopqrstuvwxyz234567");
  private static final LinkCode STATE =
      new LinkCode(Samples.TEAM, "bbcdefghijklmnopqrstuvwxyz234567");
  private static final LinkCode BROWSER =
      new LinkCode(Samples.TEAM, "cbcdefghijklmnopqrstuvwxyz234567");
  private static final String COOKIE = "leverans-connect-bbcdefghijkl";
  private static final URI PAGE = URI.create("https://accounts.example/ask?a=1&state=x");
  private static final Optional<URI> BACK =
      Optional.of(URI.create("https://crm.example/done?tab=2"));
  private static final String CALLBACK = "/connect/callback?state=" + STATE.text() + "&code=4%2F0A";

  private final TestApi api = new TestApi();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  @Test
  void a_consent_begins_with_a_link_to_a_page_of_ours() {
    var asked = new ArrayList<BeginConsent.Command>();
    api.beginConsent =
        command -> {
          asked.add(command);
          return new BeginConsent.Result.Begun(TICKET, Samples.NOON);
        };
    var answer =
        api.post(
            CONNECT,
            """
            {"kind":"post","label":"Mine","owner":"team","settings":{"read-access":"on","x":null},
             "redirect":"https://crm.example/done?tab=2"}\
            """);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.at("/consentPage"))
        .isEqualTo("https://leverans.example/connect/" + TICKET.text());
    assertThat(answer.at("/endsAt")).isEqualTo(Samples.NOON.toString());
    assertThat(asked)
        .containsExactly(
            new BeginConsent.Command(
                Samples.CALLER,
                TestApi.KEY,
                new Aim.Connect(
                    ChannelSamples.POST, "Mine", Ownership.TEAM, Map.of("read-access", "on")),
                BACK));
  }

  @Test
  void a_channel_is_reconnected_under_its_own_address() {
    var asked = new ArrayList<BeginConsent.Command>();
    api.beginConsent =
        command -> {
          asked.add(command);
          return new BeginConsent.Result.Begun(TICKET, Samples.NOON);
        };
    assertThat(api.post(ChannelSamples.PATH + "/connect", "{}").status()).isEqualTo(201);
    assertThat(asked)
        .extracting(BeginConsent.Command::aim)
        .containsExactly(new Aim.Reconnect(Samples.CHANNEL_ID, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "ftp://crm.example/",
        "/done",
        "https://crm.example/done#part",
        "https://user@crm.example/",
        "https://",
        "no address",
        "http://crm.example/done",
        "http://localhost.crm.example/",
        "http://10.0.0.1/",
        "http://leverans.example/"
      })
  void a_redirect_is_the_address_of_a_page_and_nothing_else(String redirect) {
    var answer = api.post(CONNECT, "{\"kind\":\"post\",\"redirect\":\"%s\"}".formatted(redirect));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/field")).isEqualTo("/redirect");
    assertThat(answer.at("/detail")).containsIgnoringCase("redirect").contains("https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://crm.example/done?tab=2",
        "HTTPS://crm.example",
        "http://localhost:3000/done",
        "http://127.0.0.1/done",
        "http://[::1]:8080/"
      })
  void a_browser_is_led_back_over_https_or_within_its_own_machine(String redirect) {
    api.beginConsent = _ -> new BeginConsent.Result.Begun(TICKET, Samples.NOON);
    var answer = api.post(CONNECT, "{\"kind\":\"post\",\"redirect\":\"%s\"}".formatted(redirect));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  @Test
  void what_the_operator_took_out_says_whom_to_ask() {
    api.leadToConsent = new TakenOut();
    var page = api.get("/connect/" + TICKET.text());
    assertThat(page.status()).isEqualTo(409);
    assertThat(page.text())
        .contains("The platform is not registered.", "Anna &lt;Sales&gt;")
        .contains("whoever runs this service");
    assertThat(api.post("/connect/" + TICKET.text(), "").status()).isEqualTo(409);
  }

  @Test
  void two_tabs_do_not_disturb_each_other() throws Exception {
    var concluded = new ArrayList<ConcludeConsent.Command>();
    api.concludeConsent =
        command -> {
          concluded.add(command);
          return new ConcludeConsent.Result.Connected(ChannelSamples.CONNECTED, List.of(), BACK);
        };
    var other = new LinkCode(Samples.TEAM, "dbcdefghijklmnopqrstuvwxyz234567");
    var answer =
        client.send(
            HttpRequest.newBuilder(api.uri(CALLBACK))
                .header(
                    "Cookie",
                    "leverans-connect-dbcdefghijkl=%s; %s=%s"
                        .formatted(other.text(), COOKIE, BROWSER.text()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(concluded).extracting(ConcludeConsent.Command::browser).containsExactly(BROWSER);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith(COOKIE);
  }

  @Test
  void what_needs_no_consent_says_how_it_is_connected() {
    api.beginConsent = _ -> new BeginConsent.Result.NoConsentNeeded(ChannelSamples.POST);
    var answer = api.post(CONNECT, "{\"kind\":\"post\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("no-consent-needed");
    assertThat(answer.at("/detail")).contains("POST /v1/channels");
  }

  @Test
  void the_page_tells_who_asks_for_what_and_leads_on_by_its_button_only() {
    api.leadToConsent = new Led("Anna <Sales>");
    var page = api.get("/connect/" + TICKET.text());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("Anna &lt;Sales&gt;", "accounts.example", "<form method=\"post\">")
        .doesNotContain("state=");
    assertThat(page.header("Set-Cookie")).isEmpty();
  }

  @Test
  void setting_out_gives_the_browser_a_secret_and_leads_to_the_provider() throws Exception {
    api.leadToConsent = new Led("Anna");
    var answer =
        client.send(
            HttpRequest.newBuilder(api.uri("/connect/" + TICKET.text()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Refresh")).contains("0; url=" + PAGE);
    assertThat(answer.body()).contains("href=\"https://accounts.example/ask?a=1&amp;state=x\"");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(COOKIE + "=" + BROWSER.text())
        .contains("HttpOnly", "SameSite=Lax", "Path=/connect/callback;", "Max-Age=1800", "Secure");
  }

  @Test
  void a_form_on_a_page_elsewhere_leads_to_the_question_and_no_further() throws Exception {
    api.leadToConsent = new Led("Anna");
    var answer =
        client.send(
            HttpRequest.newBuilder(api.uri("/connect/" + TICKET.text()))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("Anna", "<form method=\"post\">");
    assertThat(answer.headers().firstValue("Refresh")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void a_link_that_is_over_says_what_to_do() {
    assertThat(api.get("/connect/" + TICKET.text()).status()).isEqualTo(410);
    assertThat(api.get("/connect/rubbish").status()).isEqualTo(410);
  }

  @Test
  void the_answer_is_concluded_with_the_state_and_the_browsers_secret() throws Exception {
    var concluded = new ArrayList<ConcludeConsent.Command>();
    api.concludeConsent =
        command -> {
          concluded.add(command);
          return new ConcludeConsent.Result.Connected(ChannelSamples.CONNECTED, List.of(), BACK);
        };
    var answer = comeBack(CALLBACK, BROWSER);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .contains(
            "https://crm.example/done?tab=2&outcome=connected&channel="
                + Samples.CHANNEL_ID.value());
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).startsWith(COOKIE + "=;");
    assertThat(concluded)
        .containsExactly(new ConcludeConsent.Command(STATE, BROWSER, new Answer.Code("4/0A")));
  }

  @Test
  void a_refusal_of_the_owner_goes_back_to_the_application() throws Exception {
    api.concludeConsent = _ -> new ConcludeConsent.Result.Declined("access_denied", BACK);
    var answer =
        comeBack("/connect/callback?state=" + STATE.text() + "&error=access_denied", BROWSER);
    assertThat(answer.headers().firstValue("Location"))
        .contains("https://crm.example/done?tab=2&outcome=declined&error=access_denied");
  }

  @Test
  void without_a_redirect_a_page_says_what_is_wrong_and_what_to_do() throws Exception {
    var fault =
        new ChannelFault(
            Cause.CREDENTIALS_REFUSED,
            "This is another account <b>.",
            "Sign in as anna@sender.example.",
            Certainty.CERTAIN);
    api.concludeConsent = _ -> new ConcludeConsent.Result.Refused(fault, Optional.empty());
    var answer = comeBack(CALLBACK, BROWSER);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("This is another account &lt;b&gt;.", "Sign in as anna@sender.example.");
  }

  @Test
  void what_has_to_begin_again_says_so() throws Exception {
    api.concludeConsent = _ -> new ConcludeConsent.Result.Gone(Optional.empty());
    var page = comeBack(CALLBACK, BROWSER);
    assertThat(page.statusCode()).isEqualTo(410);
    assertThat(page.body()).contains("Begin again in the application that led you here.");

    api.concludeConsent = _ -> new ConcludeConsent.Result.Gone(BACK);
    assertThat(comeBack(CALLBACK, BROWSER).headers().firstValue("Location"))
        .contains("https://crm.example/done?tab=2&outcome=gone");
  }

  @Test
  void without_the_browsers_secret_nothing_is_concluded() throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(api.uri(CALLBACK)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("stay in one browser", "or the keys of this service were replaced");
  }

  private HttpResponse<String> comeBack(String path, LinkCode browser) throws Exception {
    return client.send(
        HttpRequest.newBuilder(api.uri(path))
            .header("Cookie", COOKIE + "=" + browser.text())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private record Led(String asker) implements LeadToConsent {
    @Override
    public Shown show(LinkCode ticket) {
      return new Question("Post", asker, new ChannelOwner.OfTeam(Samples.TEAM), "accounts.example");
    }

    @Override
    public Departing depart(LinkCode ticket) {
      return new Way(PAGE, STATE, BROWSER);
    }
  }

  private static final class TakenOut implements LeadToConsent {
    private static final NotOffered NOT_OFFERED =
        new NotOffered("Anna <Sales>", "The platform is not registered.");

    @Override
    public Shown show(LinkCode ticket) {
      return NOT_OFFERED;
    }

    @Override
    public Departing depart(LinkCode ticket) {
      return NOT_OFFERED;
    }
  }
}
