package io.leverans.application.service.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.in.Preflight.Extent;
import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.service.identity.Presentations;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.domain.senderdomain.RecordType;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the domain of an address says about mail in its name. */
class PreflightOfDomainsTest extends PreflightTrial {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          v=DMARC1; p=reject,           STOP
          v=DMARC1; p=reject; pct=50,   WARNING
          v=DMARC1;p=QUARANTINE; pct=50, WARNING
          v=DMARC1; p=none,             WARNING
          v=DMARC1; p=quarantine; t=y,  WARNING
          v=spf1 -all,                  WARNING
          -,                            WARNING
          """)
  void mail_that_nothing_proves_is_stopped_only_by_a_policy(
      @Nullable String record, Verdict verdict) {
    own.pigeon.proofs = NEITHER;
    if (record != null) {
      var _ = deployment.dns.publish("_dmarc.mail.example.com", RecordType.TXT, record);
    }
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).isEqualTo(verdict);
    assertThat(point.next()).isPresent();
  }

  @Test
  void a_stop_names_the_policy_and_where_it_was_found() {
    own.pigeon.proofs = NEITHER;
    var _ =
        deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=none; sp=reject");
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).isEqualTo(Verdict.STOP);
    assertThat(point.words())
        .contains("The DMARC record of example.com is \"v=DMARC1; p=none; sp=reject\"")
        .contains("refuse such mail");
  }

  @Test
  void the_same_stop_is_refused_at_acceptance_with_the_same_words() {
    own.pigeon.proofs = NEITHER;
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=reject");
    assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point(Topic.DMARC)));
    assertThat(deployment.messages.accepted()).isEmpty();
  }

  @Test
  void where_one_proof_stands_or_nobody_knows_nothing_is_stopped() {
    var _ = deployment.dns.publish("_dmarc.example.com", RecordType.TXT, "v=DMARC1; p=reject");
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
    own.pigeon.proofs = new SenderAuthentication(Alignment.NOT_ALIGNED, Alignment.EXACT);
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.OK);
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
  }

  @Test
  void a_policy_for_a_part_of_the_mail_says_for_how_much() {
    own.pigeon.proofs = NEITHER;
    publish("v=DMARC1; p=reject; pct=20");
    assertThat(point(Topic.DMARC).words()).contains("refuse 20 of 100 such mails");
  }

  @Test
  void the_record_is_shown_where_the_sender_is_proved_too() {
    own.pigeon.proofs = new SenderAuthentication(Alignment.EXACT, Alignment.NOT_ALIGNED);
    assertThat(point(Topic.DMARC).words()).contains("example.com has no DMARC record");
    deployment.pass(Duration.ofHours(2));
    publish("v=DMARC1; p=reject");
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.OK);
    assertThat(point(Topic.DMARC).words())
        .contains("SPF aligned, DKIM not aligned", "\"v=DMARC1; p=reject\"");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v=DMARC1; p=reject,                    OK
          v=DMARC1; p=reject; adkim=s,           OK
          v=DMARC1; p=reject; adkim=s; aspf=s,   STOP
          v=DMARC1; p=none; adkim=s; aspf=s,     WARNING
          """)
  void proofs_of_the_organization_count_unless_the_record_is_strict(
      String record, Verdict verdict) {
    own.pigeon.proofs =
        new SenderAuthentication(Alignment.ORGANIZATIONAL, Alignment.ORGANIZATIONAL);
    publish(record);
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).as(point.words()).isEqualTo(verdict);
    if (verdict == Verdict.STOP) {
      assertThat(point.words()).contains("another domain of the organization");
      assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point));
    } else {
      assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
    }
  }

  @Test
  void a_mailbox_providers_address_is_stopped_whatever_its_record_says() {
    own.pigeon.proofs = NEITHER;
    own.pigeon.returnPathTarget = Optional.of("bounces.example.org");
    own.pigeon.mailboxProvider = Optional.of("Example Post");
    publish("v=DMARC1; p=none");
    PreflightPoint point = point(Topic.DMARC);
    assertThat(point.verdict()).isEqualTo(Verdict.STOP);
    assertThat(point.words()).contains("mailboxes of Example Post");
    assertThat(point.next().orElseThrow().deed()).contains(Deed.CONNECT_CHANNEL);
    assertThat(accept()).isEqualTo(new AcceptMessage.Result.Objected(point));
    assertThat(check(new Extent.Messages(1)).points())
        .extracting(PreflightPoint::topic)
        .doesNotContain(Topic.RECORDS);
  }

  @Test
  void a_mailbox_providers_address_passes_where_the_sender_is_proved() {
    own.pigeon.proofs = new SenderAuthentication(Alignment.EXACT, Alignment.EXACT);
    own.pigeon.mailboxProvider = Optional.of("Example Post");
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.OK);
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
  }

  @Test
  void a_lapse_of_the_sender_domain_warns_here_and_where_it_is_shown() {
    own.pigeon.returnPathTarget = Optional.of("bounces.example.org");
    deployment.aligned =
        Optional.of(
            new AlignedDomain(
                "example.com",
                Optional.empty(),
                Optional.empty(),
                Optional.of(deployment.now().plus(Duration.ofDays(3)))));

    PreflightPoint point = point(Topic.RECORDS);

    assertThat(point.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(point.words()).contains("records of example.com are gone", "the platform's domain");
    assertThat(
            Presentations.view(
                    deployment.authors.of(identity, own.pigeon), own.stored(channel), own.pigeon)
                .warning())
        .contains(point.words() + " " + point.next().orElseThrow().words());
  }

  @Test
  void silent_dns_stops_nothing() {
    own.pigeon.proofs = NEITHER;
    deployment.dns.fallSilent();
    assertThat(point(Topic.DMARC).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(point(Topic.DMARC).words()).contains("no name server answered in time");
    assertThat(accept()).isInstanceOf(AcceptMessage.Result.Accepted.class);
  }

  @Test
  void records_to_publish_are_pointed_at_where_the_kind_writes_for_domains() {
    own.pigeon.proofs = NEITHER;
    assertThat(check(new Extent.Messages(1)).points())
        .extracting(PreflightPoint::topic)
        .doesNotContain(Topic.RECORDS);
    own.pigeon.returnPathTarget = Optional.of("bounces.example.org");
    assertThat(point(Topic.RECORDS).next().orElseThrow().deed()).contains(Deed.ADD_SENDER_DOMAIN);
  }
}
