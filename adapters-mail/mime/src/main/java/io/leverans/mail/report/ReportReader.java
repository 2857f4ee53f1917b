package io.leverans.mail.report;

import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.mail.report.ComplaintReader.Complaint;
import io.leverans.mail.report.KindRules.Sign;
import io.leverans.mail.report.NoticeReader.Confidence;
import io.leverans.mail.report.NoticeReader.Findings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads mail that came back: delivery status notifications (RFC 3464, RFC 6533), notices that
 * programs write in words of their own, complaints (RFC 5965), automatic answers (RFC 3834) and
 * challenges. Pure: no clock, no network, and an answer for any bytes at all, of which the first
 * mebibyte is looked at. Safe for use by many threads.
 */
public final class ReportReader {
  static final int MOST_OCTETS = 1024 * 1024;

  private static final List<String> DELIVERY_STATUS =
      List.of("message/delivery-status", "message/global-delivery-status");
  private static final List<String> ORIGINAL =
      List.of("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers");
  private static final Pattern MESSAGE_ID = Pattern.compile("<[^\\s<>]{1,800}>");

  private final Statements statements = new Statements();
  private final DeliveryStatusReader deliveryStatus = new DeliveryStatusReader(statements);
  private final NoticeStatements notices = new NoticeStatements(statements);

  /**
   * What a mail says, as one of the forms tells.
   *
   * @param original the header of the mail it is about, where that is not where it usually stands
   */
  private record Answer(
      ReportKind kind,
      List<Statement> statements,
      Optional<String> feedbackType,
      Optional<FieldBlock> original) {
    static Answer of(ReportKind kind, List<Statement> statements) {
      return new Answer(kind, statements, Optional.empty(), Optional.empty());
    }

    Answer about(Optional<FieldBlock> mail) {
      return new Answer(kind, statements, feedbackType, mail);
    }

    static Answer of(Complaint complaint) {
      return new Answer(
          ReportKind.COMPLAINT,
          complaint.statements(),
          Optional.of(complaint.type()),
          Optional.empty());
    }

    static Answer of(ReportKind kind) {
      return of(kind, List.of());
    }
  }

  /** Reads one mail; what cannot be read is {@link ReportKind#OTHER}, never an exception. */
  public ReadReport read(byte[] raw) {
    byte[] octets = raw.length > MOST_OCTETS ? Arrays.copyOf(raw, MOST_OCTETS) : raw;
    MailParts mail = MailParts.of(octets);
    String text = mail.ownText();
    Notice notice = Notice.of(text);
    Optional<SesNotification> ses =
        SesNotification.in(text).or(() -> SesNotification.in(mail.raw()));
    Optional<FieldBlock> original =
        originalPart(mail).flatMap(ReportReader::header).or(notice::original);
    Answer answer =
        ses.flatMap(this::byProvider)
            .or(() -> ComplaintReader.inForm(mail, original).map(Answer::of))
            .or(() -> byFields(mail, text, notice))
            .orElseGet(() -> bySigns(mail, text, notice, original));
    Optional<FieldBlock> about = answer.original().or(() -> original);
    Optional<String> messageId =
        ses.flatMap(SesNotification::originalMessageId).or(() -> originalMessageId(mail, about));
    return new ReadReport(
        answer.kind(),
        mail.header().first("Subject").map(Texts::shown),
        answer.statements(),
        messageId,
        tokens(mail),
        ses.flatMap(SesNotification::returnPath).or(() -> returnPath(about)),
        answer.feedbackType(),
        new HintReader(mail, ofTheMail(mail), about)
            .read(answer.kind(), answer.statements(), messageId));
  }

  /** The fields of a delivery status that are about all recipients (RFC 3464 §2.2). */
  private static Optional<FieldBlock> ofTheMail(MailParts mail) {
    return mail.own(DELIVERY_STATUS)
        .flatMap(part -> FieldBlock.blocksOf(part.text()).stream().findFirst());
  }

  private Optional<Answer> byProvider(SesNotification notification) {
    return switch (notification.type()) {
      case "Bounce", "Delivery", "DeliveryDelay" ->
          Optional.of(Answer.of(ReportKind.DELIVERY_STATUS, notification.statements(statements)));
      case "Complaint" -> Optional.of(Answer.of(notification.complaint()));
      default -> Optional.empty();
    };
  }

  /** By the fields of RFC 3464, in a part of their own or where a program left them. */
  private Optional<Answer> byFields(MailParts mail, String text, Notice notice) {
    return mail.own(DELIVERY_STATUS)
        .map(MailParts.Part::text)
        .or(() -> Optional.of(text).filter(DeliveryStatusReader::hasFields))
        .or(() -> mail.enclosed(DELIVERY_STATUS).map(MailParts.Part::text))
        .map(
            fields ->
                deliveryStatus.read(fields, NoticeReader.read(notice).sections(), notice.text()))
        .filter(found -> !found.isEmpty())
        .map(found -> Answer.of(ReportKind.DELIVERY_STATUS, found));
  }

  private Answer bySigns(
      MailParts mail, String text, Notice notice, Optional<FieldBlock> original) {
    Set<Sign> signs = KindRules.signsIn(mail.header(), notice.text());
    if (signs.contains(Sign.RECEIPT)) {
      return Answer.of(ReportKind.OTHER);
    }
    if (signs.contains(Sign.COMPLAINT)) {
      return Answer.of(ComplaintReader.bySigns(mail, original));
    }
    return machinesAnswer(signs)
        .or(() -> byNotice(mail.header(), notice, original, signs))
        .or(() -> Forwarded.in(text).flatMap(this::byForwarded))
        .or(() -> Forwarded.attachedTo(mail).flatMap(this::byForwarded))
        .orElseGet(() -> Answer.of(ReportKind.OTHER));
  }

  private static Optional<Answer> machinesAnswer(Set<Sign> signs) {
    if (isFromProgram(signs)) {
      return Optional.empty();
    }
    if (signs.contains(Sign.CHALLENGE)) {
      return Optional.of(Answer.of(ReportKind.CHALLENGE));
    }
    return signs.contains(Sign.AUTO_REPLY)
        ? Optional.of(Answer.of(ReportKind.AUTO_REPLY))
        : Optional.empty();
  }

  private Optional<Answer> byForwarded(Forwarded forwarded) {
    Notice notice = Notice.of(forwarded.text());
    return byNotice(
            forwarded.header(),
            notice,
            notice.original(),
            KindRules.signsIn(forwarded.header(), notice.text()))
        .map(answer -> answer.about(notice.original()));
  }

  private Optional<Answer> byNotice(
      FieldBlock header, Notice notice, Optional<FieldBlock> original, Set<Sign> signs) {
    Findings findings = NoticeReader.read(notice);
    return isNotice(signs, findings, original)
        ? Optional.of(
            Answer.of(
                ReportKind.DELIVERY_STATUS, notices.of(header, notice, findings, original, signs)))
        : Optional.empty();
  }

  private static boolean isFromProgram(Set<Sign> signs) {
    return signs.contains(Sign.DAEMON)
        || (signs.contains(Sign.BOUNCE_SUBJECT) && !signs.contains(Sign.REPLY));
  }

  private static boolean isNotice(
      Set<Sign> signs, Findings findings, Optional<FieldBlock> original) {
    boolean says = signs.contains(Sign.BOUNCE_TEXT) || signs.contains(Sign.DELAY);
    boolean sure = findings.confidence() == Confidence.SURE && !signs.contains(Sign.REPLY);
    return (says && (sure || (isFromProgram(signs) && isOfAMail(signs, findings, original))))
        || (signs.contains(Sign.DAEMON)
            && (signs.contains(Sign.BOUNCE_SUBJECT) || findings.confidence() == Confidence.SURE));
  }

  /** A parcel, too, is not delivered, and newsletters write of bounces. */
  private static boolean isOfAMail(
      Set<Sign> signs, Findings findings, Optional<FieldBlock> original) {
    boolean namesOne = !findings.sections().isEmpty() || original.isPresent();
    return signs.contains(Sign.DAEMON) || (namesOne && !signs.contains(Sign.BULK));
  }

  /** In a report that was passed on, it is not the report itself. */
  private static Optional<MailParts.Part> originalPart(MailParts mail) {
    boolean passedOn =
        mail.own(DELIVERY_STATUS).isEmpty() && mail.enclosed(DELIVERY_STATUS).isPresent();
    return Optional.of(mail)
        .filter(_ -> passedOn)
        .flatMap(report -> report.enclosed(ORIGINAL))
        .or(() -> mail.own(ORIGINAL));
  }

  /** The header of the mail that is reported on. */
  private static Optional<FieldBlock> header(MailParts.Part part) {
    return part.text().isEmpty()
        ? Optional.of(part.header())
        : FieldBlock.blocksOf(part.text()).stream().findFirst();
  }

  private static Optional<String> originalMessageId(MailParts mail, Optional<FieldBlock> original) {
    return Stream.of(
            original.flatMap(header -> header.first("Message-ID")),
            mail.header().first("In-Reply-To"),
            mail.header().first("References"))
        .flatMap(Optional::stream)
        .flatMap(value -> MESSAGE_ID.matcher(value).results().map(match -> match.group()).limit(1))
        .findFirst();
  }

  private static Optional<String> returnPath(Optional<FieldBlock> original) {
    return original
        .flatMap(header -> header.first("Return-Path"))
        .map(ReportReader::withoutBrackets);
  }

  private static List<String> tokens(MailParts mail) {
    Tokens tokens = new Tokens();
    tokens.lookInto(mail.raw());
    for (MailParts.Part part : mail.parts()) {
      part.header().fields().forEach(field -> tokens.lookInto(field.value()));
      tokens.lookInto(part.text());
    }
    return tokens.all();
  }

  private static String withoutBrackets(String path) {
    String text = Texts.shown(path);
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }
}
