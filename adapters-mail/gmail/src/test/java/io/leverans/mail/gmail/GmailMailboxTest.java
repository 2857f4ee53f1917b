package io.leverans.mail.gmail;

import static io.leverans.mail.gmail.FollowedMailbox.AT_100;
import static io.leverans.mail.gmail.MailboxSamples.letter;
import static io.leverans.mail.gmail.ScriptedMailbox.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.memory.MemoryBook;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.mail.gmail.ScriptedGoogle.Reply;
import io.leverans.mail.gmail.ScriptedGoogle.Request;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a Google account's mailbox and handed over. */
class GmailMailboxTest {
  private final FollowedMailbox followed = new FollowedMailbox();
  private final ScriptedGoogle google = followed.google();
  private final ScriptedMailbox mailbox = followed.mailbox();
  private final MemoryBook book = followed.book();
  private final Dispatch dispatch = followed.dispatch();
  private final MailboxSamples samples = followed.samples();

  @AfterEach
  void close() {
    followed.close();
  }

  @Test
  void a_bounce_is_handed_over_with_the_link_that_our_header_in_it_is() throws IOException {
    followed.arrives("m1", samples.bounce("anna@example.com"));

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

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
    followed.arrives("m1", letter("Lunch"));

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

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
    followed.arrives("m1", letter("Re: Undelivered parcel"));

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requestsTo(USER + "messages/m1")).hasSize(2);
    assertThat(book.reports()).isEmpty();
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @Test
  void what_the_account_sends_itself_is_not_looked_at() throws IOException {
    mailbox.put("m1", "SENT", samples.bounce("anna@example.com"), 1000);

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requestsTo(USER + "messages/m1")).isEmpty();
  }

  @Test
  void everything_is_only_read() throws IOException {
    followed.arrives("m1", samples.bounce("anna@example.com"));
    followed.arrives("m2", letter("Lunch"));

    assertThat(followed.visitForTheFirstTime()).isEqualTo(new Visit.ToBeContinued());
    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(google.requests()).extracting(Request::method).containsOnly("GET");
  }

  @Test
  void a_report_that_is_not_stored_is_read_again() throws IOException {
    followed.arrives("m1", samples.bounce("anna@example.com"));
    book.say(Receipt.NOT_STORED);

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.marks()).isEmpty();
  }

  @Test
  void the_same_mail_has_the_same_key_each_time() throws IOException {
    followed.arrives("m1", samples.bounce("anna@example.com"));
    followed.arrives("m2", samples.bounce("bea@example.com"));

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());
    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    List<String> keys = book.reports().stream().map(FoundReport::key).toList();
    assertThat(keys.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(keys.subList(2, 4));
  }

  @Test
  void a_report_that_encloses_a_large_message_is_read_without_its_attachments() throws IOException {
    mailbox.put("m1", "INBOX", samples.bounce("anna@example.com"), 20_000_000);

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

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
    followed.arrives("m1", letter("Lunch"));
    google.answer(
        request ->
            request.place().endsWith("/messages/m1")
                ? Reply.json(404, "{\"error\": {\"code\": 404, \"status\": \"NOT_FOUND\"}}")
                : mailbox.answer(request));

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata", "raw"})
  void a_message_that_google_shows_in_no_readable_form_holds_up_no_other(String form)
      throws IOException {
    followed.arrives("m1", samples.bounce("anna@example.com"));
    followed.arrives("m2", samples.bounce("bea@example.com"));
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

      assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

      assertThat(book.reports()).hasSize(1);
      assertThat(book.marks().getLast()).isEqualTo(new MailboxMark("history 102"));
    }
  }
}
