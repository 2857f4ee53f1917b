package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.CancelMessage;
import io.leverans.application.port.in.RescheduleMessage.Command;
import io.leverans.application.port.in.RescheduleMessage.Result;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Schedule.Objection;
import io.leverans.domain.message.TimeChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulingTest {
  private static final String MESSAGE = "/v1/messages/00000000-0000-0000-0000-000000000004";
  private static final Instant EIGHT = Instant.parse("2026-12-01T08:00:00Z");
  private static final Instant NINE = Instant.parse("2026-12-01T09:00:00Z");

  private final TestApi api = new TestApi();
  private final MessageView scheduled =
      Samples.scheduled(
          new Schedule(Optional.of(EIGHT), Optional.of(NINE)), DeliveryState.SCHEDULED);
  private final List<AcceptMessage.Command> accepted = new ArrayList<>();
  private final List<Command> asked = new ArrayList<>();

  @AfterEach
  void stop() {
    api.close();
  }

  private Answer accept(String more) {
    api.acceptMessage =
        command -> {
          accepted.add(command);
          return new AcceptMessage.Result.Accepted(scheduled, List.of());
        };
    return api.post(
        "/v1/messages",
        """
        {"identityId":"00000000-0000-0000-0000-000000000002","to":"bert@recipient.example",
         "text":"Hi",%s}\
        """
            .formatted(more));
  }

  private Answer patch(String body) {
    api.rescheduleMessage =
        command -> {
          asked.add(command);
          return new Result.Rescheduled(scheduled);
        };
    return api.patch(MESSAGE, body);
  }

  @Test
  void a_message_may_have_times_in_any_offset_and_is_answered_in_utc() {
    var answer =
        accept(
            """
            "sendAt":"2026-12-01T09:00:00+01:00","expiresAt":"2026-12-01T09:00:00Z"\
            """);

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(accepted.getFirst().schedule()).isEqualTo(scheduled.schedule());
    assertThat(answer.at("/sendAt")).isEqualTo("2026-12-01T08:00:00Z");
    assertThat(answer.at("/expiresAt")).isEqualTo("2026-12-01T09:00:00Z");
    assertThat(answer.at("/folder")).isEqualTo("scheduled");
    new ApiDescription(api.get("/openapi.yaml").text()).assertDescribes("Message", answer.json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-12-01T09:00:00\"",
        "\"2026-12-01\"",
        "\"tomorrow\"",
        "\"\"",
        "\"2026-13-01T09:00:00Z\"",
        "\"+12026-12-01T09:00:00Z\"",
        "1796112000"
      })
  void a_time_that_is_none_is_refused_by_its_field(String time) {
    for (String field : List.of("sendAt", "expiresAt")) {
      var answer = accept("\"%s\":%s".formatted(field, time));
      assertThat(answer.status()).as(answer.text()).isEqualTo(422);
      assertThat(answer.at("/field")).isEqualTo("/" + field);
      assertThat(patch("{\"%s\":%s}".formatted(field, time)).at("/field")).isEqualTo("/" + field);
    }
    assertThat(accepted).isEmpty();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void each_objection_names_its_field(Objection objection) {
    String field =
        switch (objection) {
          case SEND_AT_PAST, SEND_AT_TOO_FAR -> "/sendAt";
          case EXPIRES_AT_PAST, EXPIRES_BEFORE_SENDING, EXPIRES_AT_TOO_FAR -> "/expiresAt";
        };
    api.acceptMessage = _ -> new AcceptMessage.Result.Unschedulable(objection);
    var refused =
        api.post(
            "/v1/messages",
            """
            {"identityId":"00000000-0000-0000-0000-000000000002","to":"b@c.example","text":"Hi"}\
            """);
    api.rescheduleMessage = _ -> new Result.Unschedulable(objection);
    for (var answer : List.of(refused, api.patch(MESSAGE, "{\"sendAt\":null}"))) {
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.problem()).isEqualTo("invalid-field");
      assertThat(answer.at("/field")).isEqualTo(field);
    }
  }

  @Test
  void what_is_left_out_is_kept_and_null_clears() {
    assertThat(patch("{\"sendAt\":\"2026-12-01T08:00:00Z\"}").status()).isEqualTo(200);
    assertThat(patch("{\"sendAt\":null,\"expiresAt\":\"2026-12-01T09:00:00Z\"}").status())
        .isEqualTo(200);
    assertThat(patch("{\"expiresAt\":null}").at("/sendAt")).isEqualTo("2026-12-01T08:00:00Z");

    var keep = new TimeChange.Keep();
    var clear = new TimeChange.Clear();
    assertThat(asked)
        .containsExactly(
            new Command(Samples.CALLER, Samples.MESSAGE_ID, new TimeChange.To(EIGHT), keep),
            new Command(Samples.CALLER, Samples.MESSAGE_ID, clear, new TimeChange.To(NINE)),
            new Command(Samples.CALLER, Samples.MESSAGE_ID, keep, clear));
  }

  @Test
  void a_change_of_nothing_and_of_what_cannot_change_is_refused() {
    assertThat(patch("{}").problem()).isEqualTo("missing-field");
    assertThat(patch("{\"subject\":\"Other\"}").problem()).isEqualTo("unknown-field");
    assertThat(patch("{\"sendAt\":null,\"subject\":\"Other\"}").problem())
        .isEqualTo("unknown-field");
    assertThat(patch("[]").problem()).isEqualTo("wrong-json-type");
    assertThat(asked).isEmpty();
  }

  @Test
  void what_is_handed_over_cannot_be_given_another_time() {
    api.rescheduleMessage =
        _ -> new Result.NothingLeft(Samples.message(Samples.accepted("b@c.example")));
    var answer = api.patch(MESSAGE, "{\"sendAt\":null}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("nothing-to-reschedule");
    assertThat(answer.at("/detail")).contains("GET " + MESSAGE);
  }

  @Test
  void an_unknown_message_is_told_so() {
    api.rescheduleMessage = _ -> new Result.UnknownMessage();
    api.cancelMessage = (_, _) -> new CancelMessage.Result.UnknownMessage();
    assertThat(api.patch(MESSAGE, "{\"sendAt\":null}").problem()).isEqualTo("unknown-message");
    assertThat(api.patch("/v1/messages/17", "{\"sendAt\":null}").problem())
        .isEqualTo("unknown-message");
    assertThat(api.post(MESSAGE + "/cancel").problem()).isEqualTo("unknown-message");
  }

  @Test
  void a_message_is_withdrawn() {
    api.cancelMessage =
        (_, _) ->
            new CancelMessage.Result.Cancelled(
                Samples.scheduled(Schedule.AT_ONCE, DeliveryState.CANCELLED));
    var answer = api.post(MESSAGE + "/cancel");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/recipients/0/state")).isEqualTo("cancelled");
    assertThat(answer.at("/folder")).isEqualTo("cancelled");
  }

  @Test
  void what_cannot_be_withdrawn_is_told_why() {
    assertNothingToCancel(Samples.message(Samples.accepted("b@c.example")), "GET " + MESSAGE);
    assertNothingToCancel(
        Samples.scheduled(Schedule.AT_ONCE, DeliveryState.CANCELLED), "withdrawn already");
    assertNothingToCancel(Samples.logged(), "Not sent by us");
  }

  private void assertNothingToCancel(MessageView message, String words) {
    api.cancelMessage = (_, _) -> new CancelMessage.Result.NothingToCancel(message);
    var answer = api.post(MESSAGE + "/cancel");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("nothing-to-cancel");
    assertThat(answer.at("/detail")).contains(words);
  }

  @Test
  void what_expired_is_not_said_to_have_been_tried_for_long() {
    var failure = Failure.of(Cause.DELIVERY_EXPIRED, "It was not handed over by the time.");
    DeliveryView lost =
        Samples.ended(DeliveryState.FAILED, DeliveryFact.LEASE_LOST, Optional.empty());
    var message =
        Samples.message(
            new DeliveryView(
                lost.id(),
                lost.recipient(),
                lost.state(),
                lost.evidence(),
                Optional.of(failure),
                lost.nextAttemptAt(),
                lost.attempts(),
                lost.laterWords()));
    api.readMessage = (_, _) -> Optional.of(message);
    assertThat(api.get(MESSAGE).at("/recipients/0/stateInWords"))
        .isEqualTo("It was not handed over by the time that its sender had set.");
  }
}
