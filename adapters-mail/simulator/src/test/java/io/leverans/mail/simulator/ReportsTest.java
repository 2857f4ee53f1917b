package io.leverans.mail.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
  private static final String COMPLAINTS = "abuse@bounces.platform.test";
  private static final String RETURN_PATH = "b.token@bounces.platform.test";

  private SimulatedWorld world;
  private SimulatedWorld platform;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    world = Samples.fastWorld();
    platform = Samples.fastWorld();
    world.leadMail("bounces.platform.test", platform.smtpAddress());
    client = RawClient.greeted(world);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    world.close();
    platform.close();
  }

  @ParameterizedTest
  @CsvSource({
    "bounce-postfix@c.test,  failed, 5.1.1,  Undelivered Mail Returned to Sender",
    "bounce-exchange@c.test, failed, 5.1.10, Undeliverable: Offer no. 7",
    "bounce-gmail@c.test,    failed, 5.1.1,  Delivery Status Notification (Failure)"
  })
  void a_bounce_report_parses_in_each_shape(
      String recipient, String action, String status, String subject) throws Exception {
    client.send(RETURN_PATH, recipient, Samples.message("m"));

    MimeMessage report = onlyReport();

    assertThat(report.getSubject()).isEqualTo(subject);
    assertThat(report.getHeader("To", ",")).contains(RETURN_PATH);
    assertThat(report.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
    var parts = (MultipartReport) report.getContent();
    var delivery = (DeliveryStatus) parts.getReport();
    assertThat(delivery.getMessageDSN().getHeader("Reporting-MTA", null)).startsWith("dns;");
    assertThat(delivery.getRecipientDSNCount()).isEqualTo(1);
    var fields = delivery.getRecipientDSN(0);
    assertThat(fields.getHeader("Final-Recipient", null)).matches("rfc822; ?" + recipient);
    assertThat(fields.getHeader("Action", null)).isEqualTo(action);
    assertThat(fields.getHeader("Status", null)).isEqualTo(status);
    assertThat(fields.getHeader("Diagnostic-Code", null)).contains("550").contains(status);
    assertThat(text(parts)).contains(recipient);
    assertThat(parts.getReturnedMessage().getHeader("Message-ID", null)).isEqualTo("<m@acme.test>");
  }

  @ParameterizedTest
  @CsvSource({
    "delay-then-bounce+1@c.test",
    "delay-then-bounce+2@c.test",
    "delay-then-bounce+3@c.test"
  })
  void a_delay_report_comes_before_the_bounce_report(String recipient) throws Exception {
    client.send(RETURN_PATH, recipient, Samples.message("m"));

    List<ArrivedMail> reports = platformMail(2);

    assertThat(deliveryFields(reports.get(1), "Action")).isEqualTo("delayed");
    assertThat(deliveryFields(reports.get(1), "Will-Retry-Until")).isNotBlank();
    assertThat(deliveryFields(reports.get(0), "Action")).isEqualTo("failed");
    assertThat(deliveryFields(reports.get(0), "Status")).isEqualTo("5.4.7");
  }

  @Test
  void the_three_shapes_take_turns_by_address() {
    assertThat(List.of("bounce-later+1@c.test", "bounce-later+2@c.test", "bounce-later+3@c.test"))
        .extracting(ReportShape::of)
        .containsExactlyInAnyOrder(ReportShape.values());
  }

  @Test
  void a_delivery_report_tells_that_the_mail_lies_in_the_mailbox() throws Exception {
    client.send(RETURN_PATH, "delivery-report@c.test", Samples.message("m"));

    assertThat(deliveryFields(platformMail(1).getFirst(), "Action")).isEqualTo("delivered");
  }

  @Test
  void a_full_mailbox_bounces_with_its_own_status() throws Exception {
    client.send(RETURN_PATH, "bounce-full@c.test", Samples.message("m"));

    assertThat(deliveryFields(platformMail(1).getFirst(), "Status")).isEqualTo("5.2.2");
  }

  @Test
  void an_international_recipient_gets_the_types_of_rfc_6533() throws Exception {
    client.command("MAIL FROM:<" + RETURN_PATH + "> SMTPUTF8 BODY=8BITMIME");
    client.command("RCPT TO:<bounce-postfix+jörg@c.test>");
    client.command("DATA");
    client.say(Samples.message("m").replace("Offer", "Grüße") + "\r\n.\r\n");
    client.reply();

    String raw = new String(platformMail(1).getFirst().raw(), StandardCharsets.UTF_8);

    assertThat(raw)
        .contains("Content-Type: message/global-delivery-status")
        .contains("Final-Recipient: utf-8; bounce-postfix+jörg@c.test")
        .contains("Content-Type: message/global\r\n");
  }

  @Test
  void an_absent_recipient_replies_by_itself() throws Exception {
    client.send(RETURN_PATH, "auto-reply@c.test", Samples.message("m"));

    MimeMessage reply = onlyReport();

    assertThat(reply.getSubject()).isEqualTo("Automatic reply: Offer no. 7");
    assertThat(reply.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
    assertThat(reply.getHeader("In-Reply-To", null)).isEqualTo("<m@acme.test>");
    assertThat(reply.getFrom()[0]).hasToString("auto-reply@c.test");
  }

  @Test
  void a_complaint_is_a_feedback_report_with_the_mail() throws Exception {
    client.send(RETURN_PATH, "complaint@c.test", Samples.message("m"));

    MimeMessage complaint = onlyComplaint();

    assertThat(complaint.getHeader("To", ",")).isEqualTo(COMPLAINTS);
    assertThat(complaint.getContentType()).contains("report-type=feedback-report");
    var parts = new MimeMultipart(complaint.getDataHandler().getDataSource());
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("message/feedback-report");
    assertThat(
            new String(
                parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .contains("Feedback-Type: abuse", "Original-Rcpt-To: <complaint@c.test>");
    assertThat(((MimeMessage) parts.getBodyPart(2).getContent()).getMessageID())
        .isEqualTo("<m@acme.test>");
  }

  @Test
  void a_complaint_may_not_say_whose_it_is() throws Exception {
    String message = Samples.message("m").replace("someone@example", "complaint-redacted@c");
    client.send(RETURN_PATH, "complaint-redacted@c.test", message);

    String raw = new String(complaints(1).getFirst().raw(), StandardCharsets.US_ASCII);

    assertThat(raw)
        .contains("Feedback-Type: abuse", "To: redacted@c.test", "<m@acme.test>")
        .doesNotContain("complaint-redacted@c.test", "Original-Rcpt-To");
  }

  @Test
  void hotmails_complaint_is_the_mail_itself_attached() throws Exception {
    client.send(RETURN_PATH, "complaint-hotmail@c.test", Samples.message("m"));

    MimeMessage complaint = onlyComplaint();

    assertThat(complaint.getFrom()[0]).hasToString("staff@hotmail.com");
    assertThat(complaint.getSubject()).isEqualTo("complaint about message from 127.0.0.1");
    var parts = (MimeMultipart) complaint.getContent();
    assertThat(parts.getCount()).isEqualTo(1);
    var original = (MimeMessage) parts.getBodyPart(0).getContent();
    assertThat(original.getMessageID()).isEqualTo("<m@acme.test>");
    assertThat(original.getHeader("X-HmXmrOriginalRecipient", null))
        .isEqualTo("<complaint-hotmail@c.test>");
  }

  @Test
  void a_challenge_asks_for_proof_that_a_person_wrote() throws Exception {
    client.send(RETURN_PATH, "challenge@c.test", Samples.message("m"));

    MimeMessage challenge = onlyReport();

    assertThat(challenge.getSubject()).isEqualTo("Please confirm your message: Offer no. 7");
    assertThat(challenge.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
    assertThat(challenge.getHeader("In-Reply-To", null)).isEqualTo("<m@acme.test>");
    assertThat(challenge.getContent().toString()).contains("https://challenge.c.test/confirm/");
  }

  @Test
  void every_report_has_a_null_return_path_and_clean_line_ends() throws Exception {
    client.send(RETURN_PATH, "bounce-postfix@c.test", Samples.message("m") + "\nbare\r.");
    client.send(RETURN_PATH, "bounce-exchange@c.test", Samples.message("m"));
    client.send(RETURN_PATH, "bounce-gmail@c.test", Samples.message("m"));
    client.send(RETURN_PATH, "complaint@c.test", Samples.message("m"));
    client.send(RETURN_PATH, "complaint-hotmail@c.test", Samples.message("m"));
    client.send(RETURN_PATH, "challenge@c.test", Samples.message("m"));

    assertThat(Stream.concat(platformMail(4).stream(), complaints(2).stream()))
        .allSatisfy(
            mail -> {
              assertThat(mail.returnPath()).isEmpty();
              assertThat(mail.lineEnds()).isEqualTo(new ArrivedMail.LineEnds(0, 0));
            });
  }

  @Test
  void a_report_is_tried_again_when_it_is_put_off() throws IOException {
    client.send("greylisted@elsewhere.test", "bounce-postfix@c.test", Samples.message("m"));

    ReportDelivery delivery = onlyDelivery();

    assertThat(delivery.state()).isEqualTo(ReportDelivery.State.TAKEN);
    assertThat(delivery.attempts()).isEqualTo(2);
    assertThat(world.inbox().mailFor("greylisted@elsewhere.test")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "defer@elsewhere.test, GIVEN_UP, 5, 451 4.3.0",
    "user-unknown@elsewhere.test, REFUSED, 1, 550 5.1.1",
    "a@nowhere.invalid, GIVEN_UP, 5, no mail server",
    "a@no-address.test, GIVEN_UP, 5, no address",
    "auto-reply@elsewhere.test, TAKEN, 1, 250"
  })
  void what_became_of_a_report_can_be_seen(
      String returnPath, ReportDelivery.State state, int attempts, String reply)
      throws IOException {
    client.send(returnPath, "bounce-gmail@c.test", Samples.message("m"));

    ReportDelivery delivery = onlyDelivery();

    assertThat(delivery.kind()).isEqualTo("failed report");
    assertThat(delivery.to()).isEqualTo(returnPath);
    assertThat(delivery.state()).isEqualTo(state);
    assertThat(delivery.attempts()).isEqualTo(attempts);
    assertThat(delivery.lastReply()).startsWith(reply);
  }

  @Test
  void nobody_writes_back_to_the_null_return_path_or_to_machines() throws Exception {
    client.send("", "bounce-postfix@c.test", Samples.message("m"));
    client.send(
        RETURN_PATH,
        "auto-reply@c.test",
        "Auto-Submitted: auto-generated\r\n" + Samples.message("m"));
    client.send(
        RETURN_PATH,
        "challenge@c.test",
        "Auto-Submitted: auto-generated\r\n" + Samples.message("m"));
    client.send(RETURN_PATH, "bounce-gmail@c.test", Samples.message("m"));

    assertThat(onlyReport().getSubject()).startsWith("Delivery Status Notification");
  }

  private ReportDelivery onlyDelivery() {
    await().until(() -> !world.reports().isEmpty());
    return world.reports().getFirst();
  }

  private List<ArrivedMail> platformMail(int count) {
    await().until(() -> platform.inbox().mailFor(RETURN_PATH).size() >= count);
    return platform.inbox().mailFor(RETURN_PATH);
  }

  private List<ArrivedMail> complaints(int count) {
    await().until(() -> platform.inbox().mailFor(COMPLAINTS).size() >= count);
    return platform.inbox().mailFor(COMPLAINTS);
  }

  private MimeMessage onlyComplaint() throws Exception {
    return parse(complaints(1).getFirst());
  }

  private MimeMessage onlyReport() throws Exception {
    return parse(platformMail(1).getFirst());
  }

  private static MimeMessage parse(ArrivedMail mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mail.raw()));
  }

  private static String deliveryFields(ArrivedMail mail, String field) throws Exception {
    var parts = (MultipartReport) parse(mail).getContent();
    return ((DeliveryStatus) parts.getReport()).getRecipientDSN(0).getHeader(field, null);
  }

  private static String text(MultipartReport parts) throws Exception {
    Object first = parts.getBodyPart(0).getContent();
    while (first instanceof Multipart inner) {
      first = inner.getBodyPart(0).getContent();
    }
    return String.valueOf(first);
  }
}
