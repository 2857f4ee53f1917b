package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.AddDomain;
import io.leverans.application.port.in.BeginConsent;
import io.leverans.application.port.in.ChangeChannel;
import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.port.in.ConnectChannel;
import io.leverans.application.port.in.CorrectReport;
import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.LinkReport;
import io.leverans.application.port.in.LogMessage;
import io.leverans.application.port.in.MoveWaitingMail;
import io.leverans.application.port.in.Preflight;
import io.leverans.application.port.in.RescheduleMessage;
import io.leverans.application.port.in.ResolveDoubt;
import io.leverans.application.port.in.RetryFailedDeliveries;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.view.Erasure.State;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightView;
import io.leverans.application.view.RetryView;
import io.leverans.application.view.Suggestion;
import io.leverans.application.view.SuppressionImport.LineResult;
import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Cure;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Mender;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.web.json.Words;
import io.leverans.web.problem.ProblemType;
import io.leverans.web.sandbox.SandboxView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenApiTest {
  private final TestApi api = new TestApi();
  private ApiDescription description;

  @BeforeEach
  void read() {
    api.sandbox =
        Optional.of(
            new SandboxView(
                (_, _) -> List.of(), List::of, List::of, new DomainSamples.NoRecords()));
    api.acceptMessage =
        _ ->
            new AcceptMessage.Result.Accepted(
                Samples.message(Samples.queued("b@c.example")), List.of());
    api.createIdentity =
        _ -> new CreateIdentity.Result.Created(Samples.identity(new Verification.Pending()));
    api.rescheduleMessage =
        _ -> new RescheduleMessage.Result.Rescheduled(Samples.message(Samples.queued("b@c.se")));
    api.resolveDoubt =
        _ -> new ResolveDoubt.Result.Resolved(Samples.message(Samples.queued("b@c.example")));
    api.connectChannel =
        _ -> new ConnectChannel.Result.Connected(ChannelSamples.CONNECTED, List.of(), List.of());
    api.addDomain = _ -> new AddDomain.Result.Added(DomainSamples.VIEW);
    api.changeChannel = _ -> new ChangeChannel.Result.Changed(ChannelSamples.CONNECTED, List.of());
    api.moveWaitingMail =
        _ ->
            new MoveWaitingMail.Result.Shown(
                new MoveWaitingMail.Account(0, 0, List.of(), List.of()));
    api.beginConsent =
        _ ->
            new BeginConsent.Result.Begun(
                new LinkCode(Samples.TEAM, "abcdefghijklmnopqrstuvwxyz234567"), Samples.NOON);
    api.chooseChannel =
        _ ->
            new ChooseChannel.Result.Chosen(
                Samples.identity(new Verification.Pending()), ChannelSamples.PRESENTATION);
    api.preflight =
        _ ->
            new Preflight.Result.Checked(
                new PreflightView(
                    Samples.IDENTITY_ID, Samples.CHANNEL_ID, List.of(), Optional.empty()));
    api.linkReport =
        _ -> new LinkReport.Result.Linked(ReportSamples.report(ReportSamples.CORRECTED));
    api.erasePerson = _ -> new ErasePerson.Result.Ordered(PersonsTest.erasure(State.DONE, 0));
    api.correctReport =
        (_, _, _) ->
            new CorrectReport.Result.Corrected(ReportSamples.report(ReportSamples.CORRECTED));
    api.retryFailedDeliveries =
        _ -> new RetryFailedDeliveries.Result.Ordered(FailedSamples.underWay());
    api.logMessage = _ -> new LogMessage.Result.Logged(Samples.logged());
    description = new ApiDescription(api.get("/openapi.yaml").text());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void every_route_is_described_and_every_description_has_its_route() {
    assertThat(description.routes()).isEqualTo(api.server().routes());
  }

  @Test
  void every_problem_is_described_and_no_other() {
    var types = Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList();
    assertThat(
            description
                .at("/components/schemas/Problem/properties/type/enum")
                .valueStream()
                .map(JsonNode::asText))
        .containsExactlyInAnyOrderElementsOf(types);
  }

  @ParameterizedTest
  @EnumSource
  void every_problem_has_a_page_and_is_named_with_an_answer(ProblemType type) {
    var page = api.get(type.uri());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.text()).contains(type.uri());
    if (type != ProblemType.METHOD_NOT_ALLOWED) {
      assertThat(api.get("/openapi.yaml").text()).contains("`" + Words.of(type) + "`");
    }
  }

  @Test
  void all_words_are_described() {
    assertThat(description.words("Folder"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Folder.class));
    assertThat(description.words("Evidence"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Evidence.class));
    assertThat(description.words("Fact"))
        .containsExactlyInAnyOrderElementsOf(Words.all(DeliveryFact.class));
    assertThat(description.words("EventKind"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventKind.values()).map(EventKind::word).toList());
    assertThat(description.words("Cause"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Cause.class));
    assertThat(description.words("DeliveryState"))
        .containsExactlyInAnyOrderElementsOf(Words.all(DeliveryState.class));
    assertThat(description.words("Purpose"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Purpose.class));
    assertThat(description.words("PreflightPoint"))
        .containsExactlyInAnyOrderElementsOf(Words.all(PreflightPoint.Topic.class));
    assertThat(description.words("Verdict"))
        .containsExactlyInAnyOrderElementsOf(Words.all(PreflightPoint.Verdict.class));
    assertThat(description.words("Unapplied"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Unapplied.class));
    assertThat(description.words("LinkedBy"))
        .containsExactlyInAnyOrderElementsOf(Words.all(LinkedBy.class));
    assertThat(description.words("SuggestionReason"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Suggestion.Why.class));
    assertThat(description.words("ReadAs"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Correction.As.class));
    assertThat(description.words("SuppressionReason"))
        .containsExactlyInAnyOrderElementsOf(Words.all(SuppressionReason.class));
    assertThat(description.words("LineOutcome"))
        .containsExactlyInAnyOrderElementsOf(Words.all(LineResult.Outcome.class));
    assertThat(description.words("ReportKind"))
        .containsExactlyInAnyOrderElementsOf(Words.all(ReportKind.class));
    assertThat(description.words("Mender"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Mender.class));
    assertThat(description.words("Cure"))
        .containsExactlyInAnyOrderElementsOf(Words.all(Cure.class));
    assertThat(description.words("Refusal"))
        .containsExactlyInAnyOrderElementsOf(Words.all(RetryView.Refusal.class));
    assertThat(description.words("ChoiceReason"))
        .containsExactlyInAnyOrderElementsOf(Words.all(ChannelChoice.Reason.class));
  }

  /** The words of a capability are an enum of the domain, each beside its name in the schema. */
  @Test
  void all_words_of_capabilities_are_described() {
    var words =
        Map.of(
            "senderShown", Words.all(Capabilities.SenderShown.class),
            "via", Words.all(Capabilities.Via.class),
            "allowListing", Words.all(Capabilities.AllowListing.class),
            "sentCopy", Words.all(Capabilities.SentCopy.class),
            "bounceCapture", Words.all(Capabilities.BounceCapture.class),
            "unsubscribing", Words.all(Capabilities.Unsubscribing.class),
            "identities", Words.all(Capabilities.Identities.class),
            "reputation", Words.all(Capabilities.Reputation.class),
            "grouping", Words.all(Grouping.class));
    var properties = description.at("/components/schemas/Capabilities/properties");
    words.forEach(
        (name, all) ->
            assertThat(properties.path(name).path("enum").valueStream().map(JsonNode::asText))
                .as(name)
                .containsExactlyInAnyOrderElementsOf(all));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          POST,  /v1/messages,                                               NewMessage
          POST,  /v1/identities/00000000-0000-0000-0000-000000000002/preflight, PreflightRequest
          POST,  /v1/messages/logged,                                        MessageToLog
          POST,  /v1/failed-deliveries/retry,                                FailedFilter
          POST,  /v1/identities,                                             NewIdentity
          PUT,   /v1/identities/00000000-0000-0000-0000-000000000002/channel, ChannelToUse
          POST,  /v1/domains,                                                NewDomain
          POST,  /v1/suppressions,                                           NewSuppression
          PUT,   /v1/suppressions/policy,                                    SuppressionDecision
          POST,  /sandbox/dns,                                               SandboxRecord
          POST,  /v1/channels,                                               NewChannel
          PATCH, /v1/channels/00000000-0000-0000-0000-000000000003,          ChannelChange
          POST,  /v1/channels/00000000-0000-0000-0000-000000000003/move-waiting, Move
          POST,  /v1/messages/00000000-0000-0000-0000-000000000004/resolve,  Resolution
          POST,  /v1/reports/00000000-0000-0000-0000-000000000005/link,      ReportLink
          POST,  /v1/reports/00000000-0000-0000-0000-000000000005/verdict,   ReportReading
          """)
  void the_fields_of_requests_are_those_described(String method, String path, String schema) {
    var answer = api.ask(method, path, "{\"x\":1}");
    assertThat(answer.text())
        .contains("There are: " + String.join(", ", description.fields(schema)) + ".");
  }

  /** Which requests there are with a body, and where that is described with examples. */
  @TestFactory
  Stream<DynamicTest> the_examples_of_requests_are_taken() {
    return description.requests().stream()
        .flatMap(
            request ->
                request.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                request.method() + " " + request.path() + " " + example,
                                () -> assertTaken(request, example))));
  }

  private void assertTaken(ApiDescription.Request request, JsonNode example) {
    String path = request.path().replace("{id}", "00000000-0000-0000-0000-000000000004");
    assertThat(example.isObject()).isTrue();
    assertThat(api.ask(request.method(), path, example.toString()).status()).isBetween(200, 202);
  }

  /** An example of an answer whose schema is named, in any of the answers there are. */
  @Test
  void the_examples_of_answers_are_as_described() {
    var examples = description.answerExamples();
    assertThat(examples).hasSizeGreaterThan(10);
    examples.forEach(example -> description.assertDescribes(example.schema(), example.value()));
  }

  @Test
  void the_example_of_a_message_is_as_described() {
    JsonNode example =
        description.at(
            "/paths/~1v1~1messages~1{id}/get/responses/200/content/application~1json/example");
    description.assertDescribes("Message", example);
  }
}
