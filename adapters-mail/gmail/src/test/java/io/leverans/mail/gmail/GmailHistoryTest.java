package io.leverans.mail.gmail;

import static io.leverans.mail.gmail.FollowedMailbox.AT_100;
import static io.leverans.mail.gmail.MailboxSamples.letter;
import static io.leverans.mail.gmail.ScriptedMailbox.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.memory.MemoryBook;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.Visit;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where in a Google account's mailbox a visit begins, and how it goes on from page to page. */
class GmailHistoryTest {
  private final FollowedMailbox followed = new FollowedMailbox();
  private final ScriptedGoogle google = followed.google();
  private final ScriptedMailbox mailbox = followed.mailbox();
  private final MemoryBook book = followed.book();
  private final TestWorld world = followed.world();
  private final MailboxSamples samples = followed.samples();

  @AfterEach
  void close() {
    followed.close();
  }

  @Test
  void a_long_history_is_read_page_by_page_and_each_page_noted() throws IOException {
    mailbox.page(1);
    followed.arrives("m1", samples.bounce("anna@example.com"));
    followed.arrives("m2", letter("Lunch"));
    followed.arrives("m3", samples.bounce("bea@example.com"));

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(2);
    assertThat(book.marks())
        .extracting(MailboxMark::text)
        .containsExactly("history 101", "history 102", "history 103");
  }

  @Test
  void the_first_visit_looks_for_reports_some_weeks_back_and_then_follows() throws IOException {
    followed.arrives("m1", samples.bounce("anna@example.com"));

    assertThat(followed.visitForTheFirstTime()).isEqualTo(new Visit.ToBeContinued());

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
    followed.arrives("m1", samples.bounce("anna@example.com"));
    mailbox.forgetBefore(101);

    assertThat(followed.visit(new MailboxMark("history 7"))).isEqualTo(new Visit.ToBeContinued());

    assertThat(book.reports()).hasSize(1);
    assertThat(query()).startsWith("newer_than:30d ");
    assertThat(book.marks()).containsExactly(new MailboxMark("history 101"));
  }

  @Test
  void a_search_that_was_broken_off_goes_on_where_it_was() throws IOException {
    mailbox.page(1);
    followed.arrives("m1", samples.bounce("anna@example.com"));
    followed.arrives("m2", samples.bounce("bea@example.com"));
    book.say(Stay.LEAVE);

    assertThat(followed.visitForTheFirstTime()).isEqualTo(new Visit.ToBeContinued());
    assertThat(book.marks()).containsExactly(new MailboxMark("search 102 1"));
    book.say(Stay.GO_ON);
    assertThat(followed.visit(book.marks().getLast())).isEqualTo(new Visit.ToBeContinued());

    assertThat(book.reports()).extracting(FoundReport::key).hasSize(2).doesNotHaveDuplicates();
    assertThat(book.marks().getLast()).isEqualTo(new MailboxMark("history 102"));
  }

  @Test
  void who_reads_slowly_tells_now_and_then_that_they_are_there() {
    for (int i = 1; i <= 4; i++) {
      followed.arrives("m" + i, letter("Lunch"));
    }
    google.answer(
        request -> {
          if (request.place().contains("/messages/")) {
            world.pass(Duration.ofSeconds(16));
          }
          return mailbox.answer(request);
        });

    assertThat(followed.visit(AT_100)).isEqualTo(new Visit.Over());

    assertThat(book.marks())
        .extracting(MailboxMark::text)
        .containsExactly("history 100", "history 100", "history 104");
  }
}
