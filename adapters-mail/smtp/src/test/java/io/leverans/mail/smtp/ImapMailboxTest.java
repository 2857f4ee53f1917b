package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxBook.Stay;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.delivery.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a mailbox is followed over IMAP. */
class ImapMailboxTest extends ImapVisits {
  @Test
  void a_bounce_is_handed_over_with_the_link_that_our_header_in_it_is() {
    server.add(bounce("anna@example.com"));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.reports())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.report().link())
                  .isEqualTo(new Link.Genuine(TestWorld.TEAM, delivery));
              assertThat(found.report().envelopeRecipient()).isEqualTo("sandy@acme.example");
            });
  }

  @Test
  void the_folder_is_examined_and_mails_are_peeked_at() {
    server.add(bounce("anna@example.com"));
    server.add(LETTER);

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(server.commands())
        .extracting(command -> command.replaceFirst("(UID \\w+|\\w+).*", "$1"))
        .containsOnly("CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID SEARCH", "UID FETCH", "LOGOUT");
    assertThat(server.commands("UID FETCH")).allMatch(command -> command.contains("BODY.PEEK["));
  }

  @Test
  void of_letters_only_some_lines_of_the_header_are_fetched() {
    server.add(LETTER);
    server.add(bounce("anna@example.com"));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(server.commands("UID FETCH"))
        .hasSize(2)
        .last()
        .isEqualTo("UID FETCH 2 (UID BODY.PEEK[]<0.1048576>)");
  }

  @Test
  void the_next_visit_reads_what_came_since() {
    server.add(bounce("anna@example.com"));
    assertThat(visit()).isEqualTo(new Visit.Over());
    server.add(bounce("bea@example.com"));

    assertThat(visit(book.last())).isEqualTo(new Visit.Over());
    assertThat(visit(book.last())).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(2);
    assertThat(server.commands("UID SEARCH SINCE")).hasSize(1);
  }

  @Test
  void a_server_that_gave_new_numbers_is_read_anew_and_shows_the_same_keys() {
    server.add(LETTER);
    server.add(bounce("anna@example.com"));
    assertThat(visit()).isEqualTo(new Visit.Over());
    server.remove(1);
    server.renumber();

    assertThat(visit(book.last())).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(2);
    assertThat(book.reports().getFirst().key()).isEqualTo(book.reports().getLast().key());
    assertThat(server.commands("UID SEARCH SINCE"))
        .hasSize(2)
        .first()
        .isEqualTo("UID SEARCH SINCE 24-Oct-2026 1:2");
  }

  @Test
  void a_mark_of_another_folder_counts_for_nothing() {
    server.add(bounce("anna@example.com"));
    assertThat(
            mailbox()
                .visit(
                    channel("imap-username", "bo@acme.example", "imap-password", "secret"),
                    Optional.empty(),
                    book))
        .isEqualTo(new Visit.Over());

    assertThat(visit(book.last())).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(2);
  }

  @Test
  void a_report_that_is_not_stored_is_read_again() {
    server.add(LETTER);
    server.add(bounce("anna@example.com"));
    server.add(bounce("bea@example.com"));
    book.say(Receipt.NOT_STORED);
    assertThat(visit()).isEqualTo(new Visit.Over());
    assertThat(book.reports()).hasSize(1);
    assertThat(book.marks()).isEmpty();

    book.say(Receipt.STORED);
    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(3);
  }

  @Test
  void a_full_mailbox_is_noted_bit_by_bit() {
    for (int i = 0; i < 250; i++) {
      server.add(LETTER);
    }
    server.add(bounce("anna@example.com"));
    server.capabilities = "IMAP4rev1";
    book.say(Stay.GO_ON);

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.marks())
        .extracting(mark -> mark.text().replaceFirst("\\S+ ", ""))
        .containsExactly("7 100", "7 200", "7 251", "7 251");
    assertThat(book.reports()).hasSize(1);
  }

  @Test
  void only_mails_that_were_found_are_asked_for() {
    for (int i = 0; i < 6; i++) {
      server.add(bounce("r%d@example.com".formatted(i)));
    }
    server.old.addAll(List.of(2L, 4L));
    server.unasked = true;

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(server.commands("UID FETCH").getFirst()).startsWith("UID FETCH 1,3,5:6 (");
    assertThat(book.reports()).hasSize(4);
  }

  @Test
  void a_slow_mailbox_is_noted_mail_by_mail() {
    server.capabilities = "IMAP4rev1";
    book.say(Stay.GO_ON);
    server.add(bounce("anna@example.com"));
    server.add(bounce("bea@example.com"));
    server.beforeEach = () -> world.pass(Duration.ofSeconds(31));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.marks())
        .extracting(mark -> mark.text().replaceFirst("\\S+ ", ""))
        .startsWith("7 1", "7 2");
  }

  @Test
  void who_is_sent_away_in_between_goes_on_from_there() {
    server.add(bounce("anna@example.com"));
    server.add(bounce("bea@example.com"));
    server.beforeEach = () -> world.pass(Duration.ofSeconds(31));

    assertThat(visit()).isEqualTo(new Visit.Over());
    assertThat(book.reports()).hasSize(1);
    assertThat(visit(book.last())).isEqualTo(new Visit.Over());

    assertThat(book.reports()).hasSize(2);
  }

  @Test
  void a_visitor_waits_where_the_server_tells_of_news() throws Exception {
    book.say(Stay.GO_ON);
    CompletableFuture<Visit> visit = CompletableFuture.supplyAsync(this::visit);
    await().until(() -> server.waiting() == 1);

    server.add(bounce("anna@example.com"));

    await().until(() -> book.reports().size() == 1);
    await().until(() -> server.waiting() == 1);
    book.say(Stay.LEAVE);
    server.add(LETTER);
    assertThat(visit.get(10, TimeUnit.SECONDS)).isEqualTo(new Visit.Over());
    assertThat(server.commands("LOGOUT")).hasSize(1);
  }

  @Test
  void where_the_server_does_not_tell_of_news_the_visit_ends() {
    server.capabilities = "IMAP4rev1 AUTH=PLAIN";
    book.say(Stay.GO_ON);

    assertThat(visit()).isEqualTo(new Visit.Over());
  }

  @Test
  void a_server_that_hangs_up_while_somebody_waits_prevents_the_visit() throws Exception {
    book.say(Stay.GO_ON);
    CompletableFuture<Visit> visit = CompletableFuture.supplyAsync(this::visit);
    await().until(() -> server.waiting() == 1);

    server.drop();

    assertThat(visit.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.NETWORK_FAILURE));
    assertThat(book.marks()).isNotEmpty();
  }

  @Test
  void a_visitor_who_is_interrupted_leaves_at_once() throws Exception {
    book.say(Stay.GO_ON);
    var ended = new CompletableFuture<Visit>();
    Thread visitor = Thread.ofVirtual().start(() -> ended.complete(visit()));
    await().until(() -> server.waiting() == 1);

    visitor.interrupt();

    assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(Visit.Prevented.class);
  }
}
