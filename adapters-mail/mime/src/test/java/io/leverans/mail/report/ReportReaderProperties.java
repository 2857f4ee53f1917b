package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leverans.domain.bounce.ReportKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any bytes at all have an answer, soon and in little memory. */
class ReportReaderProperties {
  private static final List<byte[]> SEEDS =
      List.of(
          SampleReports.failed(
              """
              Original-Recipient: utf-8; jos\\x{E9}+2Bx@xn--bcher-kva.example
              Final-Recipient: rfc822; bo@example.org
              Action: failed
              Status: 5.1.1
              Diagnostic-Code: smtp; 550 5.1.1 unknown
              """),
          SampleReports.complaint("abuse"),
          SampleReports.octets(
              """
              From: b@c.de
              Content-Type: text/plain; charset*0*=utf-8''x; charset*1=y
              Content-Transfer-Encoding: base64
              Auto-Submitted: auto-replied

              QUJD
              """));

  private final ReportReader reader = new ReportReader();

  @Property(tries = 100)
  void noise_has_an_answer(@ForAll byte[] noise) {
    assertThat(reader.read(noise).statements()).isEmpty();
  }

  @Property(tries = 400)
  void a_damaged_report_has_an_answer(@ForAll Random random) {
    byte[] damaged = SEEDS.get(random.nextInt(SEEDS.size())).clone();
    for (int i = random.nextInt(30); i >= 0; i--) {
      int at = random.nextInt(damaged.length);
      int from = random.nextInt(damaged.length);
      int length = random.nextInt(40);
      switch (random.nextInt(3)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 ->
            System.arraycopy(
                damaged, from, damaged, at, Math.min(length, damaged.length - Math.max(at, from)));
        default -> damaged = Arrays.copyOf(damaged, Math.max(1, damaged.length - length));
      }
    }

    assertThat(reader.read(damaged).kind()).isNotNull();
  }

  @Example
  void nothing_is_an_answerable_mail() {
    assertThat(reader.read(new byte[0]).kind()).isEqualTo(ReportKind.OTHER);
  }

  @Example
  void deep_nesting_ends() {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=\"b").append(i).append("\"\n\n--b");
      mail.append(i).append('\n');
    }
    answersSoon(mail.toString());
    answersSoon("Content-Type: message/rfc822\n\n".repeat(20_000));
  }

  @Example
  void floods_end() {
    answersSoon("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n".repeat(300_000));
    answersSoon("a: b\n".repeat(400_000));
    answersSoon("Subject: " + "=?utf-8?q?x?= ".repeat(100_000) + "\n\n");
    answersSoon("Content-Type: text/plain; " + "a*0=b; ".repeat(100_000) + "\n\n");
    answersSoon("x".repeat(3_000_000));
    answersSoon("=\n".repeat(500_000));
    answersSoon(
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n"
            + "Final-Recipient: rfc822; a@b.co\nAction: failed\n\n".repeat(20_000));
    answersSoon("Content-Type: message/delivery-status\n\n" + "a: b\n ".repeat(200_000));
  }

  private void answersSoon(String mail) {
    byte[] octets = mail.getBytes(StandardCharsets.ISO_8859_1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertThat(reader.read(octets).kind()).isNotNull());
  }
}
