package io.leverans.domain.bounce;

import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A mail that came to where bounces come, read as far as it could be.
 *
 * @param source the kind of channel it came in by
 * @param envelopeRecipient the address it was sent to
 * @param statements what it says, one for each recipient it speaks of
 * @param raw the mail as it came
 */
public record IncomingReport(
    ChannelKind source,
    String envelopeRecipient,
    Link link,
    ReportKind kind,
    Optional<String> subject,
    List<Statement> statements,
    Octets raw) {
  public IncomingReport {
    Objects.requireNonNull(source);
    Objects.requireNonNull(envelopeRecipient);
    Objects.requireNonNull(link);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    statements = List.copyOf(statements);
    Objects.requireNonNull(raw);
  }
}
