package io.leverans.mail.report;

import io.leverans.mail.report.KindRules.Sign;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells by a few fields of its header whether a mail may be a report, so that letters need not be
 * fetched, let alone read.
 */
public final class ReportSigns {
  private static final String RETURN_PATH = "Return-Path";
  private static final String CONTENT_TYPE = "Content-Type";

  /** The names of the fields to ask for. */
  public static final List<String> FIELDS =
      Stream.concat(Stream.of(RETURN_PATH, CONTENT_TYPE), KindRules.fields().stream())
          .distinct()
          .sorted()
          .toList();

  private static final Set<Sign> ENOUGH =
      EnumSet.of(Sign.DAEMON, Sign.BOUNCE_SUBJECT, Sign.COMPLAINT, Sign.AUTO_REPLY, Sign.CHALLENGE);

  private ReportSigns() {}

  /** What a header promises. */
  public enum Promise {
    MAYBE_A_REPORT,
    A_LETTER
  }

  /**
   * Looks at those fields of a header.
   *
   * @param header lines as in a mail (RFC 5322 §2.2)
   */
  public static Promise of(String header) {
    FieldBlock fields =
        FieldBlock.blocksOf(header).stream().findFirst().orElseGet(() -> new FieldBlock(List.of()));
    Set<Sign> signs = KindRules.signsIn(fields, "");
    boolean mayBe =
        signs.stream().anyMatch(ENOUGH::contains)
            || fromNobody(fields)
            || isInForm(fields)
            || isNotification(fields);
    boolean isReceipt = signs.contains(Sign.RECEIPT) && !signs.contains(Sign.DAEMON);
    return mayBe && !isReceipt ? Promise.MAYBE_A_REPORT : Promise.A_LETTER;
  }

  /** What Amazon SES writes to whoever wants it by mail says so in its text alone. */
  private static boolean isNotification(FieldBlock fields) {
    return fields.first("Subject").map(String::strip).stream()
        .anyMatch("AWS Notification Message"::equalsIgnoreCase);
  }

  /** Reports come from nobody, so that none is sent on a report (RFC 5321 §4.5.5). */
  private static boolean fromNobody(FieldBlock fields) {
    return fields.first(RETURN_PATH).map(path -> path.replaceAll("\\s", "")).stream()
        .anyMatch("<>"::equals);
  }

  private static boolean isInForm(FieldBlock fields) {
    return fields
        .first(CONTENT_TYPE)
        .map(type -> type.strip().toLowerCase(Locale.ROOT))
        .filter(type -> type.startsWith("multipart/report"))
        .isPresent();
  }
}
