package io.leverans.mail.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.memory.MemoryBook;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Request;
import io.leverans.mail.gmail.ScriptedGoogle.Security;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a Google account's mailbox is followed. */
class GmailMailboxTest {
  private static final String USER = ScriptedMailbox.USER;
  private static final MailboxMark AT_100 = new MailboxMark("history 100");

  private final ScriptedGoogle google = new ScriptedGoogle(Security.PLAIN);
  private final TestWorld world = new TestWorld();
  private final GmailProvider provider = world.provider(google);
  private final Dispatch dispatch = TestWorld.dispatch("anna@example.com");
  private final MemoryBook book = new MemoryBook(Stay.GO_ON);

  private final ScriptedMailbox mailbox = new ScriptedMailbox();

  @BeforeEach
  void open() {
    google.answer(mailbox::answer);
  }

  @AfterEach
  void close() {
    provider.close();
    google.close();
  }

  private static OpenChannel channel() {
    return TestWorld.channel(
        "bounces", "mailbox", "scopes", "openid email " + TestWorld.SEND + " " + TestWorld.READ);
  }

  private Visit visit(MailboxMark from) {
    return provider.mailbox().orElseThrow().visit(channel(), Optional.of(from), book);
  }

  private Visit visitForTheFirstTime() {
    return provider.mailbox().orElseThrow().visit(channel(), Optional.empty(), book);
  }

  private void arrives(String id, String text) {
    mailbox.put(id, "INBOX", text, text.length());
  }

  private String bounce(String recipient) throws IOException {
    byte[] sent = provider.asSent(dispatch, dispatch.envelopes().getFirst()).toArray();
    return """
    From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
    To: carla@lemon.example
    Auto-Submitted: auto-replied
    X-Failed-Recipients: %s
    Subject: Delivery Status Notification (Failure)
    Return-Path: <>
    Content-Type: multipart/report; boundary="b"; report-type=delivery-status

    --b
    Content-Type: text/plain

    Address not found
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; googlemail.com

    Final-Recipient: rfc822; %s
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550-5.1.1 The email account does not exist.
    --b
    Content-Type: message/rfc822

    %s
    --b--
    """
        .formatted(
            recipient, recipient, new String(sent, StandardCharsets.UTF_8).replace("\r\n", "\n"))
        .replace("\n", "\r\n");
  }

  private static String letter(String subject) {
    return "From: Dan <dan@example.org>\r\nSubject: " + subject + "\r\n\r\nSee you tomorrow.\r\n";
  }

  @Test
  void a_bounce_is_handed_over_with_the_link_that_our_header_in_it_is() throws IOException {
    arrives("m1", bounce("anna@example.com"));

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.reports())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.report().kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
              assertThat(found.report().link())
                  .isEqualTo(
                      new Link.Genuine(TestWorld.TEAM, dispatch.envelopes().getFirst().delivery()));
              assertThat(found.report().envelopeRecipient()).isEqualTo(TestWorld.ADDRESS);
              assertThat(found.report().statements())
                  .singleElement()
                  .satisfies(
                      statement ->
                          assertThat(statement.failure().cause()).isEqualTo(Cause.MAILBOX_UNKNOWN));
            });
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @Test
  void of_a_letter_only_some_lines_of_the_header_are_asked_for() {
    arrives("m1", letter("Lunch"));

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.reports()).isEmpty();
    assertThat(google.requestsTo(USER + "messages/m1"))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.parameter("format")).isEqualTo("metadata");
              assertThat(request.path()).contains("metadataHeaders=From");
            });
  }

  @Test
  void what_looks_like_a_report_and_is_none_is_let_go_of() {
    arrives("m1", letter("Re: Undelivered parcel"));

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requestsTo(USER + "messages/m1")).hasSize(2);
    assertThat(book.reports()).isEmpty();
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @Test
  void what_the_account_sends_itself_is_not_looked_at() throws IOException {
    mailbox.put("m1", "SENT", bounce("anna@example.com"), 1000);

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requestsTo(USER + "messages/m1")).isEmpty();
  }

  @Test
  void everything_is_only_read() throws IOException {
    arrives("m1", bounce("anna@example.com"));
    arrives("m2", letter("Lunch"));

    assertThat(visitForTheFirstTime()).isEqualTo(new Visit.ToBeContinued());
    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requests()).extracting(Request::method).containsOnly("GET");
  }

  @Test
  void a_long_history_is_read_page_by_page_and_each_page_noted() throws IOException {
    mailbox.page(1);
    arrives("m1", bounce("anna@example.com"));
    arrives("m2", letter("Lunch"));
    arrives("m3", bounce("bea@example.com"));

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(2);
    assertThat(book.marks())
        .extracting(MailboxMark::text)
        .containsExactly("history 101", "history 102", "history 103");
  }

  @Test
  void a_report_that_is_not_stored_is_read_again() throws IOException {
    arrives("m1", bounce("anna@example.com"));
    book.say(Receipt.NOT_STORED);

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.marks()).isEmpty();
  }

  @Test
  void the_same_mail_has_the_same_key_each_time() throws IOException {
    arrives("m1", bounce("anna@example.com"));
    arrives("m2", bounce("bea@example.com"));

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());
    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    List<String> keys = book.reports().stream().map(FoundReport::key).toList();
    assertThat(keys.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(keys.subList(2, 4));
  }

  @Test
  void the_first_visit_looks_for_reports_some_weeks_back_and_then_follows() throws IOException {
    arrives("m1", bounce("anna@example.com"));

    assertThat(visitForTheFirstTime()).isEqualTo(new Visit.ToBeContinued());

    assertThat(book.reports()).hasSize(1);
    assertThat(query()).startsWith("newer_than:30d ").contains("from:mailer-daemon");
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  private String query() {
    return URLDecoder.decode(
        google.requestsTo(USER + "messages").getLast().parameter("q"), StandardCharsets.UTF_8);
  }

  @Test
  void where_google_has_forgotten_the_place_it_looks_some_weeks_back_again() throws IOException {
    arrives("m1", bounce("anna@example.com"));
    mailbox.forgetBefore(101);

    assertThat(visit(new MailboxMark("history 7"))).isEqualTo(new Visit.ToBeContinued());

    assertThat(book.reports()).hasSize(1);
    assertThat(query()).startsWith("newer_than:30d ");
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @Test
  void a_search_that_was_broken_off_goes_on_where_it_was() throws IOException {
    mailbox.page(1);
    arrives("m1", bounce("anna@example.com"));
    arrives("m2", bounce("bea@example.com"));
    book.say(Stay.LEAVE);

    assertThat(visitForTheFirstTime()).isEqualTo(new Visit.ToBeContinued());
    assertThat(book.marks()).containsExactly(new MailboxMark("search 102 1"));
    book.say(Stay.GO_ON);
    assertThat(visit(book.marks().getLast())).isEqualTo(new Visit.ToBeContinued());

    assertThat(book.reports()).extracting(FoundReport::key).hasSize(2).doesNotHaveDuplicates();
    assertThat(book.marks().getLast()).isEqualTo(new MailboxMark("history 102"));
  }

  @Test
  void a_report_that_encloses_a_large_message_is_read_without_its_attachments() throws IOException {
    mailbox.put("m1", "INBOX", bounce("anna@example.com"), 20_000_000);

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requestsTo(USER + "messages/m1"))
        .extracting(request -> request.parameter("format"))
        .containsExactly("metadata", "full");
    assertThat(book.reports())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.report().link()).isInstanceOf(Link.Genuine.class);
              assertThat(found.report().statements()).hasSize(1);
            });
  }

  @Test
  void a_message_that_is_gone_is_passed_over() {
    arrives("m1", letter("Lunch"));
    google.answer(
        request ->
            request.place().endsWith("/messages/m1")
                ? Reply.json(404, "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\"}}")
                : mailbox.answer(request));

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata", "raw"})
  void a_message_that_google_shows_in_no_readable_form_holds_up_no_other(String form)
      throws IOException {
    arrives("m1", bounce("anna@example.com"));
    arrives("m2", bounce("bea@example.com"));
    for (String senseless :
        List.of(
            "{\"raw\": \"" + "a".repeat(5_000_000) + "\"}",
            "{\"raw\": \"?\", \"sizeEstimate\": \"?\"}",
            "not json")) {
      book.forget();
      google.answer(
          request ->
              request.place().endsWith("/messages/m1") && request.parameter("format").equals(form)
                  ? Reply.json(200, senseless)
                  : mailbox.answer(request));

      assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

      assertThat(book.reports()).hasSize(1);
      assertThat(book.marks().getLast()).isEqualTo(new MailboxMark("history 102"));
    }
  }

  @Test
  void who_reads_slowly_tells_now_and_then_that_they_are_there() {
    for (int i = 1; i <= 4; i++) {
      arrives("m" + i, letter("Lunch"));
    }
    google.answer(
        request -> {
          if (request.place().contains("/messages/")) {
            world.pass(Duration.ofSeconds(16));
          }
          return mailbox.answer(request);
        });

    assertThat(visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.marks())
        .extracting(MailboxMark::text)
        .containsExactly("history 100", "history 100", "history 104");
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

    assertThat(visit(AT_100))
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

    assertThat(visit(AT_100))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.until()).contains(Duration.ofMinutes(5)));
  }

  @Test
  void a_google_that_is_not_there_prevents_a_visit() {
    google.vanish();

    assertThat(visit(AT_100))
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
