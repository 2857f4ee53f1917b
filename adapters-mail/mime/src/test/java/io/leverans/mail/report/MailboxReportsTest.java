package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.TeamId;
import io.leverans.mail.mime.ReturnPathTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is made of mails that lie in somebody's mailbox. */
class MailboxReportsTest {
  private static final ChannelKind KIND = new ChannelKind("somekind");
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final TeamId TEAM = new TeamId(7);
  private static final DeliveryId DELIVERY = new DeliveryId(new UUID(1, 2));

  private final ReturnPathTokens tokens = new ReturnPathTokens(ReturnPathTokens.newKey());
  private final MailboxReports reports = new MailboxReports(KIND, tokens, () -> NOW);

  private Optional<FoundReport> read(String mail) {
    return reports.read(
        mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "sandy@acme.example");
  }

  private String token(Instant handedOver) {
    return tokens.tokenFor(TEAM, DELIVERY, handedOver);
  }

  private static String bounceOf(String header) {
    return """
    From: MAILER-DAEMON@mx.example.net
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.net

    Final-Recipient: rfc822; kim@example.org
    Action: failed
    Status: 5.1.1

    --b
    Content-Type: text/rfc822-headers

    %s
    Message-ID: <one@platform.example>
    --b--
    """
        .formatted(header);
  }

  @Test
  void a_bounce_is_linked_by_our_header_in_the_mail_that_it_is_about() {
    FoundReport found = read(bounceOf("Leverans-Delivery: " + token(NOW))).orElseThrow();

    assertThat(found.report().link()).isEqualTo(new Link.Genuine(TEAM, DELIVERY));
    assertThat(found.report().kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(found.report().source()).isEqualTo(KIND);
    assertThat(found.report().envelopeRecipient()).isEqualTo("sandy@acme.example");
    assertThat(found.report().statements()).hasSize(1);
    assertThat(found.report().readIn()).as("only the core knows whose it is").isEmpty();
  }

  @Test
  void a_token_whose_time_is_over_says_so_and_a_forged_one_says_nothing() {
    Instant longAgo = NOW.minus(Duration.ofDays(31));
    String forged = new ReturnPathTokens(ReturnPathTokens.newKey()).tokenFor(TEAM, DELIVERY, NOW);

    assertThat(read(bounceOf("Leverans-Delivery: " + token(longAgo))).orElseThrow().report().link())
        .isEqualTo(new Link.Expired(TEAM, DELIVERY));
    assertThat(read(bounceOf("Leverans-Delivery: " + forged)).orElseThrow().report().link())
        .isEqualTo(new Link.None());
  }

  @Test
  void the_same_mail_has_the_same_key_and_another_one_another() {
    String bounce = bounceOf("Leverans-Delivery: " + token(NOW));

    assertThat(read(bounce).orElseThrow().key()).isEqualTo(read(bounce).orElseThrow().key());
    assertThat(read(bounce + "\n").orElseThrow().key())
        .isNotEqualTo(read(bounce).orElseThrow().key());
  }

  @Test
  void a_letter_is_nobodys_business_whatever_it_is_called() {
    assertThat(read("From: dan@example.org\nSubject: Re: Undelivered parcel\n\nWhere is it?\n"))
        .isEmpty();
  }

  @Test
  void a_machines_answer_counts_only_if_it_says_to_what() {
    String answer =
        "From: kim@example.org\nAuto-Submitted: auto-replied\nSubject: Away\n%s\nBack on Monday.\n";

    assertThat(read(answer.formatted(""))).isEmpty();
    assertThat(read(answer.formatted("In-Reply-To: <one@platform.example>\n")))
        .hasValueSatisfying(
            found -> assertThat(found.report().kind()).isEqualTo(ReportKind.AUTO_REPLY));
  }
}
