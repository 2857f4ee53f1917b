package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Google's answers to a request that it had in whole mean. The reasons are those of <a
 * href="https://developers.google.com/workspace/gmail/api/guides/handle-errors">Google's guide</a>
 * and <a href="https://cloud.google.com/apis/design/errors">error model</a>, looked up on
 * 2026-11-29; the messages are such as the API gives with them.
 */
class VerdictsTest {
  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final GmailProvider provider = new TestWorld().provider(google);

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | authError                | Invalid Credentials                         | CREDENTIALS_REFUSED | PRESUMED
          403 | insufficientPermissions  | Request had insufficient scopes             | CREDENTIALS_REFUSED | CERTAIN
          403 | domainPolicy             | The domain administrators have disabled it  | RELAY_DENIED        | CERTAIN
          403 | accessNotConfigured      | Gmail API has not been used in this project | RELAY_DENIED        | CERTAIN
          400 | failedPrecondition       | Mail service not enabled                    | RELAY_DENIED        | CERTAIN
          400 | failedPrecondition       | Precondition check failed.                  | RELAY_DENIED        | PRESUMED
          404 | notFound                 | Requested entity was not found.             | RELAY_DENIED        | PRESUMED
          403 | dailyLimitExceeded       | Daily Limit Exceeded                        | QUOTA_SPENT         | CERTAIN
          403 | userRateLimitExceeded    | User Rate Limit Exceeded                    | QUOTA_SPENT         | CERTAIN
          403 | rateLimitExceeded        | Rate Limit Exceeded                         | QUOTA_SPENT         | CERTAIN
          403 | quotaExceeded            | The user has exceeded their quota           | QUOTA_SPENT         | CERTAIN
          429 | rateLimitExceeded        | Too many concurrent requests for user       | QUOTA_SPENT         | CERTAIN
          429 | never heard of           | Slower                                      | QUOTA_SPENT         | CERTAIN
          400 | failedPrecondition       | 550 5.4.5 Daily user sending quota exceeded | QUOTA_SPENT         | CERTAIN
          """)
  void the_channel_is_at_fault_and_no_message_fails(
      int status, String reason, String message, Cause cause, Certainty certainty) {
    assertThat(outcome(error(status, reason, message)))
        .isInstanceOfSatisfying(
            Outcome.NotTried.class,
            outcome -> {
              assertThat(outcome.fault().cause()).isEqualTo(cause);
              assertThat(outcome.fault().certainty()).isEqualTo(certainty);
              assertThat(outcome.fault().words()).contains(message);
              assertThat(outcome.fault().remedy()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | invalidArgument | Recipient address required            | CONTENT_REJECTED
          400 | invalidArgument | Invalid To header                     | CONTENT_REJECTED
          400 | invalidArgument | Invalid From header                   | SENDER_REJECTED
          400 | badRequest      | The attachment is invalid             | CONTENT_REJECTED
          400 | badRequest      | Something else                        | PROTOCOL_ERROR
          400 | invalidArgument | Message too large                     | MESSAGE_TOO_LARGE
          413 | uploadTooLarge  | The upload is too large               | MESSAGE_TOO_LARGE
          413 | never heard of  | Request Entity Too Large              | MESSAGE_TOO_LARGE
          """)
  void the_message_is_refused_for_good(int status, String reason, String message, Cause cause) {
    assertThat(outcome(error(status, reason, message)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            outcome -> assertThat(outcome.failure().cause()).isEqualTo(cause));
  }

  @ParameterizedTest
  @CsvSource({
    "503, backendError, REMOTE_SYSTEM_ERROR",
    "503, never heard of, REMOTE_SYSTEM_ERROR",
    "418, never heard of, PROTOCOL_ERROR"
  })
  void what_google_says_it_did_not_do_is_tried_later(int status, String reason, Cause cause) {
    assertThat(outcome(error(status, reason, "Backend Error")))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            outcome -> assertThat(outcome.failure().cause()).isEqualTo(cause));
  }

  @ParameterizedTest
  @CsvSource({"500, backendError", "500, internalError", "502, backendError", "500, unheard of"})
  void what_failed_at_google_may_have_been_sent_before(int status, String reason) {
    assertThat(outcome(error(status, reason, "Backend Error"))).isInstanceOf(Outcome.InDoubt.class);
  }

  @Test
  void an_answer_that_may_mean_either_leaves_it_in_doubt() {
    assertThat(outcome(error(504, "backendError", "Backend Error")))
        .as("whoever is not answered in time knows no more than we do")
        .isInstanceOf(Outcome.InDoubt.class);
    assertThat(outcome(error(504, "DEADLINE_EXCEEDED", "Deadline exceeded")))
        .isInstanceOf(Outcome.InDoubt.class);
    assertThat(outcome(new Reply(502, Map.of(), "<html><title>Error 502</title></html>")))
        .as("a page of a server before the API")
        .isInstanceOf(Outcome.InDoubt.class);
    assertThat(outcome(new Reply(302, Map.of("Location", google.root() + "/elsewhere"), "")))
        .as("a redirect is not followed")
        .isInstanceOf(Outcome.InDoubt.class);
    assertThat(outcome(Reply.json(200, "{\"threadId\": \"t1\"}")))
        .as("no id")
        .isInstanceOf(Outcome.InDoubt.class);
    assertThat(outcome(Reply.json(200, "<html>Welcome</html>")))
        .isInstanceOf(Outcome.InDoubt.class);
    assertThat(google.requests()).as("each request was made once").hasSize(6);
  }

  @Test
  void a_gateways_refusal_is_a_refusal() {
    assertThat(outcome(new Reply(403, Map.of(), "<html>Blocked by your proxy</html>")))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            outcome ->
                assertThat(outcome.failure().words())
                    .isEqualTo("Google said: 403 Blocked by your proxy"));
  }

  @Test
  void a_quota_closes_the_channel_until_the_time_that_is_told() {
    String told = "User-rate limit exceeded.  Retry after 2026-11-29T15:30:00.000Z";
    assertThat(pause(error(429, "rateLimitExceeded", told))).contains(Duration.ofMinutes(210));
    assertThat(pause(error(429, "userRateLimitExceeded", told + " (Mail sending)")))
        .contains(Duration.ofMinutes(210));
    assertThat(pause(withRetryAfter("120"))).contains(Duration.ofMinutes(2));
    assertThat(pause(withRetryAfter("Sun, 29 Nov 2026 12:10:00 GMT")))
        .contains(Duration.ofMinutes(10));
  }

  @Test
  void a_time_that_makes_no_sense_is_bounded() {
    assertThat(pause(error(429, "rateLimitExceeded", "Retry after 2026-11-29T11:00:00Z")))
        .as("it has passed")
        .contains(Duration.ofSeconds(5));
    assertThat(pause(error(429, "rateLimitExceeded", "Retry after 2036-11-29T11:00:00Z")))
        .contains(Duration.ofHours(25));
  }

  @Test
  void a_quota_without_a_time_is_looked_at_again() {
    assertThat(pause(error(403, "dailyLimitExceeded", "Daily Limit Exceeded")))
        .contains(Duration.ofHours(1));
    assertThat(
            pause(error(400, "failedPrecondition", "550 5.4.5 Daily user sending quota exceeded")))
        .contains(Duration.ofHours(1));
    assertThat(pause(error(403, "userRateLimitExceeded", "User Rate Limit Exceeded")))
        .contains(Duration.ofMinutes(1));
  }

  @Test
  void a_missing_permission_waits_for_its_owner() {
    assertThat(pause(error(403, "insufficientPermissions", "Insufficient Permission"))).isEmpty();
  }

  @Test
  void the_newer_form_of_errors_is_read_too() {
    Reply reply =
        Reply.json(
            403,
            """
            {"error": {"code": 403, "status": "PERMISSION_DENIED",
              "message": "Request had insufficient authentication scopes.",
              "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com"}]}}\
            """);
    assertThat(outcome(reply))
        .isInstanceOfSatisfying(
            Outcome.NotTried.class,
            outcome ->
                assertThat(outcome.fault())
                    .isEqualTo(Faults.scopeMissing(outcome.fault().words())));
  }

  private Optional<Duration> pause(Reply reply) {
    assertThat(outcome(reply)).isInstanceOf(Outcome.NotTried.class);
    return ((Outcome.NotTried) outcome(reply)).until();
  }

  private Outcome outcome(Reply reply) {
    google.answer(_ -> reply);
    return provider
        .transport()
        .attempt(TestWorld.dispatch("anna@example.com"), TestWorld.channel(), _ -> Permission.GO)
        .outcomes()
        .values()
        .iterator()
        .next();
  }

  private static Reply withRetryAfter(String value) {
    Reply reply = error(429, "rateLimitExceeded", "Rate Limit Exceeded");
    return new Reply(429, Map.of("Retry-After", value), reply.body());
  }

  private static Reply error(int status, String reason, String message) {
    return Reply.json(
        status,
        """
        {"error": {"errors": [{"domain": "global", "reason": "%s", "message": "%s"}],
          "code": %d, "message": "%s"}}\
        """
            .formatted(reason, message, status, message));
  }
}
