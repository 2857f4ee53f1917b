package io.leverans.mail.msc;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.ReportVerdict;
import io.leverans.domain.bounce.ReportVerdict.Moves;
import io.leverans.domain.bounce.ReportVerdict.Note;
import io.leverans.domain.bounce.ReportVerdict.OfSomebodyElse;
import io.leverans.domain.bounce.ReportVerdict.SaysNothing;
import io.leverans.domain.bounce.ReportVerdict.Tells;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Suppression;
import io.leverans.domain.identity.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over SMTP and is no bounce, from the first octet to the verdict. */
class ComplaintAddressTest {
  private static final DeliveryId DELIVERY = new DeliveryId(UUID.randomUUID());
  private static final Link OURS = new Link.Genuine(TestWorld.TEAM, DELIVERY);
  private static final EmailAddress BO = EmailAddress.parse("bo@example.com");

  private final TestWorld world = new TestWorld();
  private final List<IncomingReport> stored = new CopyOnWriteArrayList<>();
  private final MscProvider provider = world.provider("complaints", "FBL");
  private AutoCloseable open = () -> {};

  @BeforeEach
  void open() {
    open =
        provider
            .bounces()
            .orElseThrow()
            .open(
                report -> {
                  stored.add(report);
                  return Receipt.STORED;
                });
  }

  @AfterEach
  void close() throws Exception {
    open.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fbl@mail.test", "Fbl@MAIL.test", "abuse@mail.test", "postmaster@mail.test"})
  void a_complaint_finds_its_delivery_by_the_header_in_the_mail_that_it_holds(String address) {
    IncomingReport report = receive(address, complaint("", marked(token(Duration.ZERO))));

    assertThatItIsOurSpam(report);
  }

  @Test
  void a_complaint_finds_its_delivery_by_the_return_path_of_the_mail_that_it_holds() {
    String original = "Return-Path: <" + token(Duration.ZERO) + "@mail.test>\r\nSubject: hi\r\n";

    IncomingReport report = receive("fbl@mail.test", complaint("", original));

    assertThat(report.link()).isEqualTo(OURS);
    assertThat(verdict(report)).isInstanceOf(Moves.class);
  }

  @Test
  void a_complaint_finds_its_delivery_by_its_own_address_too() {
    IncomingReport report =
        receive(token(Duration.ZERO) + "@mail.test", complaint("", "Subject: hi\r\n"));

    assertThat(report.link()).isEqualTo(OURS);
    assertThat(verdict(report)).isInstanceOf(Moves.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Original-Rcpt-To: <bo@example.com>\r\n",
        "Original-Rcpt-To: redacted\r\n",
        "Original-Rcpt-To: <xxxxxxxx@example.com>\r\n",
        "Original-Rcpt-To: <pT4gL3AvVyzWGsfjKLwJL2YTTwk=@example.com>\r\n"
      })
  void a_complaint_counts_whether_or_not_its_recipient_can_be_read(String field) {
    IncomingReport report =
        receive("fbl@mail.test", complaint(field, marked(token(Duration.ZERO))));

    assertThat(verdict(report)).isInstanceOf(Moves.class);
  }

  @Test
  void hotmails_complaint_finds_its_delivery_by_the_header_in_the_mail_that_it_is() {
    IncomingReport report = receive("fbl@mail.test", hotmail("bo@example.com"));

    assertThatItIsOurSpam(report);
  }

  @Test
  void hotmails_complaint_of_somebody_else_changes_nothing() {
    IncomingReport report = receive("fbl@mail.test", hotmail("cy@example.com"));

    assertThat(report.link()).isEqualTo(OURS);
    assertThat(verdict(report)).isEqualTo(new OfSomebodyElse());
  }

  @Test
  void a_complaint_of_somebody_the_mail_was_passed_on_to_changes_nothing() {
    IncomingReport report =
        receive(
            "fbl@mail.test",
            complaint("Original-Rcpt-To: <cy@example.com>\r\n", marked(token(Duration.ZERO))));

    assertThat(report.link()).isEqualTo(OURS);
    assertThat(verdict(report)).isEqualTo(new OfSomebodyElse());
  }

  @Test
  void a_complaint_about_an_old_mail_is_told_apart() {
    IncomingReport report =
        receive("fbl@mail.test", complaint("", marked(token(Duration.ofDays(40)))));

    assertThat(report.link()).isEqualTo(new Link.Expired(TestWorld.TEAM, DELIVERY));
  }

  @Test
  void a_complaint_about_a_mail_of_others_is_linked_to_nobody() {
    String forged = "b." + "a".repeat(55);

    IncomingReport report = receive("fbl@mail.test", complaint("", marked(forged)));

    assertThat(report.kind()).isEqualTo(ReportKind.COMPLAINT);
    assertThat(report.link()).isEqualTo(new Link.None());
  }

  @Test
  void that_mail_was_no_spam_is_no_complaint() {
    String notSpam =
        complaint("", marked(token(Duration.ZERO)))
            .replace("Feedback-Type: abuse", "Feedback-Type: not-spam");

    assertThat(verdict(receive("fbl@mail.test", notSpam))).isEqualTo(new SaysNothing());
  }

  @Test
  void an_automatic_reply_is_told_with_its_subject_and_moves_nothing() {
    String reply =
        """
        From: <bo@example.com>\r
        Subject: =?utf-8?Q?Tillbaka_p=C3=A5_m=C3=A5ndag?=\r
        Auto-Submitted: auto-replied\r
        \r
        I am away.\r
        """;

    IncomingReport report = receive(token(Duration.ZERO) + "@mail.test", reply);

    assertThat(report.kind()).isEqualTo(ReportKind.AUTO_REPLY);
    assertThat(report.subject()).contains("Tillbaka på måndag");
    assertThat(verdict(report)).isEqualTo(new Tells(Note.AUTO_REPLIED, Optional.empty()));
  }

  @Test
  void a_challenge_is_told_with_its_subject_and_moves_nothing() {
    String challenge =
        """
        From: <bo@example.com>\r
        Subject: Please confirm your message: Offer\r
        In-Reply-To: <one@example.com>\r
        Auto-Submitted: auto-replied\r
        \r
        Your message has not been delivered yet. Confirm that you are a\r
        person and not a machine: https://challenge.example.com/1\r
        """;

    IncomingReport report = receive(token(Duration.ZERO) + "@mail.test", challenge);

    assertThat(report.kind()).isEqualTo(ReportKind.CHALLENGE);
    assertThat(report.link()).isEqualTo(OURS);
    assertThat(report.subject()).contains("Please confirm your message: Offer");
    assertThat(verdict(report)).isEqualTo(new Tells(Note.CHALLENGED, Optional.empty()));
  }

  private ReportVerdict verdict(IncomingReport report) {
    return ReportVerdict.of(report.kind(), report.statements(), BO);
  }

  private IncomingReport receive(String recipient, String mail) {
    try (RawClient client = new RawClient(provider.bounceAddress().orElseThrow())) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<" + recipient + ">")).startsWith("250");
      assertThat(client.say("DATA")).startsWith("354");
      client.write(mail + ".\r\n");
      assertThat(client.reply()).startsWith("250");
    }
    assertThat(stored).hasSize(1);
    return stored.getFirst();
  }

  private String token(Duration age) {
    return world.tokens().tokenFor(TestWorld.TEAM, DELIVERY, TestWorld.NOW.minus(age));
  }

  private static String marked(String token) {
    return "Leverans-Delivery: " + token + "\r\nSubject: Offer\r\nTo: [redacted]\r\n";
  }

  /** As Microsoft's Junk Mail Reporting Program has it: nothing but the mail, attached. */
  private String hotmail(String recipient) {
    return """
    From: <staff@hotmail.com>\r
    Subject: complaint about message from 192.0.2.1\r
    MIME-Version: 1.0\r
    Content-Type: multipart/mixed; boundary=edge\r
    \r
    --edge\r
    Content-Type: message/rfc822\r
    Content-Disposition: inline\r
    \r
    X-HmXmrOriginalRecipient: <%s>\r
    %s\r
    Buy now.\r
    --edge--\r
    """
        .formatted(recipient, marked(token(Duration.ZERO)));
  }

  /** In the format of RFC 5965. */
  private static String complaint(String fields, String original) {
    return """
    From: <fbl@provider.example>\r
    Subject: Email Feedback Report\r
    MIME-Version: 1.0\r
    Content-Type: multipart/report; report-type=feedback-report; boundary=edge\r
    \r
    --edge\r
    Content-Type: text/plain\r
    \r
    Somebody pressed the button.\r
    --edge\r
    Content-Type: message/feedback-report\r
    \r
    Feedback-Type: abuse\r
    User-Agent: Provider/1.0\r
    Version: 1\r
    %s\r
    --edge\r
    Content-Type: message/rfc822\r
    \r
    %s\r
    Buy now.\r
    --edge--\r
    """
        .formatted(fields, original);
  }

  private void assertThatItIsOurSpam(IncomingReport report) {
    assertThat(report.kind()).isEqualTo(ReportKind.COMPLAINT);
    assertThat(report.link()).isEqualTo(OURS);
    assertThat(verdict(report))
        .isInstanceOfSatisfying(
            Moves.class,
            moves -> {
              assertThat(moves.fact()).isEqualTo(DeliveryFact.COMPLAINT_REPORTED);
              assertThat(moves.failure().cause()).isEqualTo(Cause.MARKED_AS_SPAM);
              assertThat(moves.failure().suppression()).isEqualTo(Suppression.SUPPRESSES);
            });
  }
}
