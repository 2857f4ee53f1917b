package io.leverans.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.bounce.Statement.Action;
import io.leverans.domain.delivery.Failure;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written after RFC 3464 is read back, in every way in which it may be written. */
class StatusReportProperties {
  private static final String LOCAL =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*-/=?^_`{|}~";

  private final ReportReader reader = new ReportReader();

  /** What a report says of one recipient. */
  record Told(String recipient, Action action, String status, String host) {
    private String word() {
      return action.name().toLowerCase(Locale.ROOT);
    }
  }

  /** How the part with the statuses travels. */
  enum Encoding {
    NONE {
      @Override
      byte[] encoded(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    },
    BASE64 {
      @Override
      byte[] encoded(String text) {
        return Base64.getMimeEncoder().encode(text.getBytes(StandardCharsets.UTF_8));
      }
    },
    QUOTED_PRINTABLE {
      @Override
      byte[] encoded(String text) throws IOException, MessagingException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (OutputStream out = MimeUtility.encode(octets, "quoted-printable")) {
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return octets.toByteArray();
      }
    };

    abstract byte[] encoded(String text) throws IOException, MessagingException;

    private String header() {
      return switch (this) {
        case NONE -> "";
        case BASE64 -> "Content-Transfer-Encoding: base64\n";
        case QUOTED_PRINTABLE -> "Content-Transfer-Encoding: Quoted-Printable\n";
      };
    }
  }

  @Property(tries = 300)
  void what_was_written_is_read(
      @ForAll("told") List<Told> told, @ForAll("lineEnds") String lineEnd, @ForAll Random layout)
      throws Exception {
    assertRead(told, Encoding.NONE, lineEnd, layout);
  }

  @Property(tries = 200)
  void what_was_written_is_read_however_it_travels(
      @ForAll("told") List<Told> told,
      @ForAll Encoding encoding,
      @ForAll("lineEnds") String lineEnd,
      @ForAll Random layout)
      throws Exception {
    assertRead(told, encoding, lineEnd, layout);
  }

  private void assertRead(List<Told> told, Encoding encoding, String lineEnd, Random layout)
      throws Exception {
    ReadReport report = reader.read(mail(told, encoding, lineEnd, layout));

    assertThat(report.kind()).isEqualTo(ReportKind.DELIVERY_STATUS);
    assertThat(report.statements())
        .zipSatisfy(
            told, (statement, one) -> assertThat(statement.recipients()).contains(one.recipient()));
    assertThat(report.statements())
        .extracting(Statement::action)
        .isEqualTo(told.stream().map(Told::action).toList());
    assertThat(report.statements())
        .extracting(statement -> statement.failure().status().orElseThrow())
        .isEqualTo(told.stream().map(Told::status).toList());
    assertThat(report.statements())
        .extracting(Statement::failure)
        .extracting(Failure::remoteHost)
        .allSatisfy(host -> assertThat(host).isPresent());
  }

  @Property(tries = 100)
  void the_original_is_found_behind_it(
      @ForAll("told") List<Told> told,
      @ForAll Encoding encoding,
      @ForAll("lineEnds") String lineEnd,
      @ForAll Random layout)
      throws Exception {
    ReadReport report = reader.read(mail(told, encoding, lineEnd, layout));

    assertThat(report.originalMessageId()).contains("<one@sender.example>");
    assertThat(report.returnPathOfOriginal()).contains("bounces@sender.example");
    assertThat(report.tokens()).containsExactly(SampleReports.TOKEN);
  }

  @Provide
  Arbitrary<List<Told>> told() {
    Arbitrary<String> label =
        Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(12);
    Arbitrary<String> domain =
        label.list().ofMinSize(1).ofMaxSize(3).map(StatusReportProperties::joined);
    Arbitrary<String> address =
        Combinators.combine(
                Arbitraries.strings().withChars(LOCAL).ofMinLength(1).ofMaxLength(30), domain)
            .as((local, host) -> local + "@" + host);
    Arbitrary<Told> one =
        Combinators.combine(
                address,
                Arbitraries.of(Action.class),
                Arbitraries.integers().between(0, 8),
                Arbitraries.integers().between(1, 30),
                domain)
            .as(
                (recipient, action, subject, detail, host) ->
                    new Told(recipient, action, status(action, subject, detail), host));
    return one.list().ofMinSize(1).ofMaxSize(8).uniqueElements(Told::recipient);
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n");
  }

  private static String joined(List<String> labels) {
    return String.join(".", labels) + ".example";
  }

  private static String status(Action action, int subject, int detail) {
    int kind =
        switch (action) {
          case FAILED -> 5;
          case DELAYED -> 4;
          case DELIVERED, RELAYED, EXPANDED -> 2;
        };
    return "%d.%d.%d".formatted(kind, subject, detail);
  }

  private static byte[] mail(List<Told> told, Encoding encoding, String lineEnd, Random layout)
      throws IOException, MessagingException {
    StringBuilder fields = new StringBuilder();
    field("Reporting-MTA", "dns; mx.reporter.example", fields, layout);
    field("Arrival-Date", "Tue, 24 Nov 2026 08:05:09 +0000", fields, layout);
    for (Told one : told) {
      fields.append("\n".repeat(1 + layout.nextInt(2)));
      append(one, fields, layout);
    }
    String status = fields.toString().replace("\n", lineEnd);
    String head =
        """
        From: Mail Delivery System <mailer-daemon@mx.reporter.example>
        To: news@sender.example
        Subject: What became of it
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="=_(x)"

        --=_(x)
        Content-Type: text/plain

        Something is to be told.

        --=_(x)
        Content-Type: %s
        """
                .formatted(
                    layout.nextBoolean()
                        ? "message/delivery-status"
                        : "Message/Global-Delivery-Status; charset=utf-8")
            + encoding.header()
            + "\n";
    String tail =
        """

        --=_(x)
        Content-Type: message/rfc822

        Return-Path: <bounces@sender.example>
        Message-ID: <one@sender.example>
        Leverans-Delivery: %s
        Subject: Hello

        Text
        --=_(x)--
        """
            .formatted(SampleReports.TOKEN);
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    mail.writeBytes(head.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8));
    mail.writeBytes(encoding.encoded(status));
    mail.writeBytes(tail.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8));
    return mail.toByteArray();
  }

  private static void append(Told one, StringBuilder fields, Random layout) {
    if (layout.nextBoolean()) {
      field("Original-Recipient", "rfc822; " + one.recipient(), fields, layout);
      field("Final-Recipient", "rfc822; someone@" + one.host(), fields, layout);
    } else {
      field("Final-Recipient", "RFC822; " + one.recipient(), fields, layout);
    }
    field("Action", one.word() + comment(layout), fields, layout);
    field("Status", one.status() + comment(layout), fields, layout);
    if (layout.nextBoolean()) {
      field("Remote-MTA", "dns; " + one.host(), fields, layout);
    }
    if (layout.nextBoolean()) {
      field("X-Queue-ID", "7F3A: 5.9.9", fields, layout);
    }
  }

  private static String comment(Random layout) {
    return layout.nextInt(4) == 0 ? " (as it seems)" : "";
  }

  /** Names in any case, folded anywhere between words (RFC 5322 §2.2.3). */
  private static void field(String name, String value, StringBuilder fields, Random layout) {
    String written =
        switch (layout.nextInt(3)) {
          case 0 -> name.toLowerCase(Locale.ROOT);
          case 1 -> name.toUpperCase(Locale.ROOT);
          default -> name;
        };
    fields.append(written).append(layout.nextBoolean() ? ": " : ":");
    for (String word : value.split("(?<= )", -1)) {
      fields.append(word).append(layout.nextInt(6) == 0 && word.endsWith(" ") ? "\n\t" : "");
    }
    fields.append('\n');
  }
}
