package io.leverans.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.MailboxBook;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.mail.conversation.ServerKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a mailbox is followed over IMAP. */
class ImapMailboxTest {
  private static final String LETTER =
      "From: Dan <dan@example.org>\nSubject: Lunch\n\nSee you tomorrow.\n";

  private final TestWorld world = new TestWorld();
  private final SmtpProvider provider = world.provider();
  private final TestImap server = new TestImap(false);
  private final DeliveryId delivery = new DeliveryId(new UUID(1, 2));
  private final Book book = new Book();

  /** Keeps what it is told, and lets the visitor stay as often as it is told to. */
  private static final class Book implements MailboxBook {
    private final List<FoundReport> reports = new CopyOnWriteArrayList<>();
    private final List<MailboxMark> marks = new CopyOnWriteArrayList<>();
    private volatile Receipt receipt = Receipt.STORED;
    private volatile Stay stay = Stay.LEAVE;

    @Override
    public Receipt receive(FoundReport report) {
      reports.add(report);
      return receipt;
    }

    @Override
    public Stay reached(MailboxMark mark) {
      marks.add(mark);
      return stay;
    }

    private Optional<MailboxMark> last() {
      return Optional.of(marks.getLast());
    }
  }

  @AfterEach
  void close() {
    provider.close();
    server.close();
    world.close();
  }

  private OpenChannel channel(String... changes) {
    String[] usual = {
      "host", "mail.test",
      "username", "sandy@acme.example",
      "password", "secret",
      "bounces", "mailbox",
      "imap-port", String.valueOf(server.port()),
      "imap-security", "none"
    };
    return TestWorld.channel(
        provider, Stream.of(usual, changes).flatMap(Stream::of).toArray(String[]::new));
  }

  private BounceMailbox mailbox() {
    return provider.mailbox().orElseThrow();
  }

  private Visit visit(Optional<MailboxMark> from) {
    return mailbox().visit(channel(), from, book);
  }

  private Visit visit() {
    return visit(Optional.empty());
  }

  private String bounce(String recipient) {
    return """
    From: MAILER-DAEMON@mail.test (Mail Delivery System)
    Return-Path: <>
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary="b"

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mail.test

    Final-Recipient: rfc822; %s
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 unknown

    --b
    Content-Type: text/rfc822-headers

    Leverans-Delivery: %s
    Message-ID: <%s@platform.test>
    --b--
    """
        .formatted(
            recipient, world.tokens().tokenFor(TestWorld.TEAM, delivery, world.now()), recipient);
  }

  @Test
  void a_bounce_is_handed_over_with_the_link_that_our_header_in_it_is() {
    server.add(bounce("anna@example.com"));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.reports)
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

    assertThat(book.reports).hasSize(2);
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

    assertThat(book.reports).hasSize(2);
    assertThat(book.reports.getFirst().key()).isEqualTo(book.reports.getLast().key());
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

    assertThat(book.reports).hasSize(2);
  }

  @Test
  void a_report_that_is_not_stored_is_read_again() {
    server.add(LETTER);
    server.add(bounce("anna@example.com"));
    server.add(bounce("bea@example.com"));
    book.receipt = Receipt.NOT_STORED;
    assertThat(visit()).isEqualTo(new Visit.Over());
    assertThat(book.reports).hasSize(1);
    assertThat(book.marks).isEmpty();

    book.receipt = Receipt.STORED;
    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.reports).hasSize(3);
  }

  @Test
  void a_full_mailbox_is_noted_bit_by_bit() {
    for (int i = 0; i < 250; i++) {
      server.add(LETTER);
    }
    server.add(bounce("anna@example.com"));
    server.capabilities = "IMAP4rev1";
    book.stay = MailboxBook.Stay.GO_ON;

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.marks)
        .extracting(mark -> mark.text().replaceFirst("\\S+ ", ""))
        .containsExactly("7 100", "7 200", "7 251", "7 251");
    assertThat(book.reports).hasSize(1);
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
    assertThat(book.reports).hasSize(4);
  }

  @Test
  void a_slow_mailbox_is_noted_mail_by_mail() {
    server.capabilities = "IMAP4rev1";
    book.stay = MailboxBook.Stay.GO_ON;
    server.add(bounce("anna@example.com"));
    server.add(bounce("bea@example.com"));
    server.beforeEach = () -> world.pass(Duration.ofSeconds(31));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.marks)
        .extracting(mark -> mark.text().replaceFirst("\\S+ ", ""))
        .startsWith("7 1", "7 2");
  }

  @Test
  void who_is_sent_away_in_between_goes_on_from_there() {
    server.add(bounce("anna@example.com"));
    server.add(bounce("bea@example.com"));
    server.beforeEach = () -> world.pass(Duration.ofSeconds(31));

    assertThat(visit()).isEqualTo(new Visit.Over());
    assertThat(book.reports).hasSize(1);
    assertThat(visit(book.last())).isEqualTo(new Visit.Over());

    assertThat(book.reports).hasSize(2);
  }

  @Test
  void a_visitor_waits_where_the_server_tells_of_news() throws Exception {
    book.stay = MailboxBook.Stay.GO_ON;
    CompletableFuture<Visit> visit = CompletableFuture.supplyAsync(this::visit);
    await().until(() -> server.waiting() == 1);

    server.add(bounce("anna@example.com"));

    await().until(() -> book.reports.size() == 1);
    await().until(() -> server.waiting() == 1);
    book.stay = MailboxBook.Stay.LEAVE;
    server.add(LETTER);
    assertThat(visit.get(10, TimeUnit.SECONDS)).isEqualTo(new Visit.Over());
    assertThat(server.commands("LOGOUT")).hasSize(1);
  }

  @Test
  void where_the_server_does_not_tell_of_news_the_visit_ends() {
    server.capabilities = "IMAP4rev1 AUTH=PLAIN";
    book.stay = MailboxBook.Stay.GO_ON;

    assertThat(visit()).isEqualTo(new Visit.Over());
  }

  @Test
  void a_server_that_hangs_up_while_somebody_waits_prevents_the_visit() throws Exception {
    book.stay = MailboxBook.Stay.GO_ON;
    CompletableFuture<Visit> visit = CompletableFuture.supplyAsync(this::visit);
    await().until(() -> server.waiting() == 1);

    server.drop();

    assertThat(visit.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.NETWORK_FAILURE));
    assertThat(book.marks).isNotEmpty();
  }

  @Test
  void a_visitor_who_is_interrupted_leaves_at_once() throws Exception {
    book.stay = MailboxBook.Stay.GO_ON;
    var ended = new CompletableFuture<Visit>();
    Thread visitor = Thread.ofVirtual().start(() -> ended.complete(visit()));
    await().until(() -> server.waiting() == 1);

    visitor.interrupt();

    assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(Visit.Prevented.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NO [AUTHENTICATIONFAILED] Wrong | CREDENTIALS_REFUSED
          NO wrong                        | CREDENTIALS_REFUSED
          NO [UNAVAILABLE] try later      | REMOTE_SYSTEM_ERROR
          NO [LIMIT] too many             | REMOTE_SYSTEM_ERROR
          """)
  void a_refused_sign_in_is_told_in_the_servers_words(String refusal, Cause cause) {
    server.password = "another";
    server.refusal = refusal;

    assertThat(visit())
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> {
              assertThat(prevented.fault().cause()).isEqualTo(cause);
              assertThat(prevented.fault().words()).contains(refusal).doesNotContain("secret");
            });
  }

  @Test
  void who_offers_no_better_way_is_told_user_and_password_by_login() {
    server.capabilities = "IMAP4rev1";
    server.add(bounce("anna@example.com"));

    assertThat(visit()).isEqualTo(new Visit.Over());

    assertThat(book.reports).hasSize(1);
    assertThat(server.commands("LOGIN")).hasSize(1);
  }

  @Test
  void a_folder_that_is_not_there_is_told() {
    assertThat(mailbox().visit(channel("imap-folder", "Bounces"), Optional.empty(), book))
        .isInstanceOfSatisfying(
            Visit.Prevented.class,
            prevented -> assertThat(prevented.fault().words()).contains("Bounces", "no such"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000000000", "9999999999"})
  void what_a_server_announces_takes_no_memory(String announced) {
    server.add(bounce("anna@example.com"));
    server.announced = announced;

    assertThat(visit()).isInstanceOf(Visit.Prevented.class);
    assertThat(book.reports).isEmpty();
  }

  @Test
  void encryption_is_demanded_of_a_server_that_proves_who_it_is() {
    try (var encrypting = new TestImap(true)) {
      encrypting.add(bounce("anna@example.com"));
      String port = String.valueOf(encrypting.port());
      List<Visit> visits = new ArrayList<>();
      for (String[] trust :
          List.of(
              new String[] {"imap-security", "tls", "imap-port", port},
              new String[] {
                "imap-security",
                "tls",
                "imap-port",
                port,
                "imap-certificate-sha256",
                ServerKeys.OF_THE_COMPANY.fingerprint()
              })) {
        visits.add(mailbox().visit(channel(trust), Optional.empty(), book));
      }

      assertThat(visits.getFirst())
          .isInstanceOfSatisfying(
              Visit.Prevented.class,
              prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.TLS_FAILURE));
      assertThat(visits.getLast()).isEqualTo(new Visit.Over());
      assertThat(book.reports).hasSize(1);
    }
  }

  @Test
  void starttls_is_demanded_where_it_was_chosen() {
    server.capabilities = "IMAP4rev1 AUTH=PLAIN STARTTLS";
    server.add(bounce("anna@example.com"));
    String pin = ServerKeys.OF_THE_COMPANY.fingerprint();

    assertThat(
            mailbox()
                .visit(
                    channel("imap-security", "starttls", "imap-certificate-sha256", pin),
                    Optional.empty(),
                    book))
        .isEqualTo(new Visit.Over());
    server.capabilities = "IMAP4rev1 AUTH=PLAIN";
    assertThat(
            mailbox()
                .visit(
                    channel("imap-security", "starttls", "imap-certificate-sha256", pin),
                    Optional.empty(),
                    book))
        .isInstanceOf(Visit.Prevented.class);

    assertThat(book.reports).hasSize(1);
    assertThat(server.commands("AUTHENTICATE")).hasSize(1);
  }

  @Test
  void a_host_in_a_network_of_the_platforms_is_not_connected_to() {
    try (SmtpProvider strict = world.provider("networks", "public")) {
      assertThat(strict.mailbox().orElseThrow().visit(channel(), Optional.empty(), book))
          .isInstanceOfSatisfying(
              Visit.Prevented.class,
              prevented -> assertThat(prevented.fault().cause()).isEqualTo(Cause.POLICY));
      assertThat(server.commands()).isEmpty();
    }
  }

  @Test
  void nobody_looks_into_the_mailbox_of_a_channel_whose_owner_did_not_say_so() {
    OpenChannel unasked =
        TestWorld.channel(
            provider,
            "host",
            "mail.test",
            "username",
            "sandy@acme.example",
            "password",
            "secret",
            "imap-port",
            String.valueOf(server.port()));

    assertThat(mailbox().visit(unasked, Optional.empty(), book)).isEqualTo(new Visit.Over());
    assertThat(server.commands()).isEmpty();
  }
}
