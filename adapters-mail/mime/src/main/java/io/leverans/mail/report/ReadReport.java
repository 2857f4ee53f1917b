package io.leverans.mail.report;

import io.leverans.domain.bounce.Hints;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What could be read from a mail that came back. Nothing in it is proved: anyone can write such a
 * mail, and only a genuine token ties it to a delivery.
 *
 * @param subject the report's own subject, decoded
 * @param statements what it says, one for each recipient it speaks of
 * @param originalMessageId the Message-ID of the mail that the report is about, with its brackets
 * @param tokens every text anywhere in the mail that has the shape of a return path's local part,
 *     in lower case, each once, in order of appearance; none of them is verified
 * @param returnPathOfOriginal where the original's bounces were to go, without brackets
 * @param feedbackType what a complaint is about, in lower case, such as {@code abuse} (RFC 5965
 *     §7.3)
 * @param hints what it tells of the mail that it is about
 */
public record ReadReport(
    ReportKind kind,
    Optional<String> subject,
    List<Statement> statements,
    Optional<String> originalMessageId,
    List<String> tokens,
    Optional<String> returnPathOfOriginal,
    Optional<String> feedbackType,
    Hints hints) {
  public ReadReport {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    statements = List.copyOf(statements);
    Objects.requireNonNull(originalMessageId);
    tokens = List.copyOf(tokens);
    Objects.requireNonNull(returnPathOfOriginal);
    Objects.requireNonNull(feedbackType);
    Objects.requireNonNull(hints);
  }
}
