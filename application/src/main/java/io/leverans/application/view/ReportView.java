package io.leverans.application.view;

import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportId;
import io.leverans.domain.bounce.ReportKind;
import io.leverans.domain.bounce.Statement;
import io.leverans.domain.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stored report.
 *
 * @param message whose delivery it is linked to, if it is
 * @param effect what it did
 * @param rawPurgedAt since when its mail is not kept any more as it came
 * @param suggestions what it may be about, the best first; only told of what lies in the tray
 */
public record ReportView(
    ReportId id,
    Instant receivedAt,
    String envelopeRecipient,
    ReportKind kind,
    Optional<String> subject,
    Link link,
    Optional<MessageId> message,
    List<Statement> statements,
    Effect effect,
    Optional<Instant> rawPurgedAt,
    Handling handling,
    List<Suggestion> suggestions) {
  public ReportView {
    Objects.requireNonNull(id);
    Objects.requireNonNull(receivedAt);
    Objects.requireNonNull(envelopeRecipient);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(link);
    Objects.requireNonNull(message);
    statements = List.copyOf(statements);
    Objects.requireNonNull(effect);
    Objects.requireNonNull(rawPurgedAt);
    Objects.requireNonNull(handling);
    suggestions = List.copyOf(suggestions);
  }

  /** The same, with what it may be about. */
  public ReportView suggesting(List<Suggestion> others) {
    return new ReportView(
        id,
        receivedAt,
        envelopeRecipient,
        kind,
        subject,
        link,
        message,
        statements,
        effect,
        rawPurgedAt,
        handling,
        others);
  }

  /** What a report did to the delivery that it is about. */
  public enum Effect {
    /** It moved the delivery to another state. */
    MOVED,
    /** It was added to what is known of the delivery. */
    ADDED,
    /** Nothing; {@link Handling#unapplied} says why. */
    NONE
  }
}
