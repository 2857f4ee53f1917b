package io.leverans.mail.gmail;

import static io.leverans.mail.gmail.FollowedMailbox.AT_100;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.memory.MemoryBook;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What prevents a visit to a Google account's mailbox. */
class GmailMailboxTroubleTest {
  private final FollowedMailbox followed = new FollowedMailbox();
  private final ScriptedGoogle google = followed.google();
  private final MemoryBook book = followed.book();
  private final GmailProvider provider = followed.provider();

  @AfterEach
  void close() {
    followed.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | UNAUTHENTICATED   | authError               | CREDENTIALS_REFUSED | PRESUMED
          403 | PERMISSION_DENIED | insufficientPermissions | CREDENTIALS_REFUSED | CERTAIN
          403 | PERMISSION_DENIED | rateLimitExceeded       | QUOTA_SPENT         | PRESUMED
          429 | RESOURCE_EXHAUSTED| userRateLimitExceeded   | QUOTA_SPENT         | PRESUMED
          503 | UNAVAILABLE       | backendError            | REMOTE_SYSTEM_ERROR | PRESUMED
          """)
  void a_refusal_is_said_of_the_mailbox(
      int status, String word, String reason, Cause cause, Certainty certainty) {
    google.answer(
        _ ->
            Reply.json(
                status,
                """
                {"error": {"code": %d, "status": "%s", "message": "No.",
                           "errors": [{"reason": "%s", "message": "No."}]}}\
                """
                    .formatted(status, word, reason)));

    assertThat(followed.visit(AT_100))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> {
              assertThat(prevented.fault().cause()).isEqualTo(cause);
              assertThat(prevented.fault().certainty()).isEqualTo(certainty);
              assertThat(prevented.fault().words()).contains("No.");
            });
    assertThat(book.marks()).isEmpty();
  }

  @Test
  void google_says_when_to_come_again() {
    google.answer(
        _ ->
            new Reply(
                429,
                Map.of("Content-Type", "application/json", "Retry-After", "300"),
                "{\"error\": {\"code\": 429, \"status\": \"RESOURCE_EXHAUSTED\"}}"));

    assertThat(followed.visit(AT_100))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.until()).contains(Duration.ofMinutes(5)));
  }

  @Test
  void a_google_that_is_not_there_prevents_a_visit() {
    google.vanish();

    assertThat(followed.visit(AT_100))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.NETWORK_FAILURE));
  }

  @Test
  void who_was_not_asked_for_it_is_not_read() {
    for (OpenChannel unasked :
        List.of(TestWorld.readingChannel(), TestWorld.channel("bounces", "mailbox"))) {
      assertThat(provider.mailbox().orElseThrow().visit(unasked, Optional.of(AT_100), book))
          .isInstanceOf(Visit.Prevented.class);
    }
    assertThat(google.requests()).isEmpty();
  }
}
