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
 * @param readIn the mailbox that it was read in, if it did not come in by a listener
 * @param hints what it tells, without proof, of the mail that it is about
 */
public record IncomingReport(
    ChannelKind source,
    String envelopeRecipient,
    Link link,
    ReportKind kind,
    Optional<String> subject,
    List<Statement> statements,
    Octets raw,
    Optional<MailboxPlace> readIn,
    Hints hints) {
  public IncomingReport {
    Objects.requireNonNull(source);
    Objects.requireNonNull(envelopeRecipient);
    Objects.requireNonNull(link);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(subject);
    statements = List.copyOf(statements);
    Objects.requireNonNull(raw);
    Objects.requireNonNull(readIn);
    Objects.requireNonNull(hints);
  }

  /** One that came in by a listener and hints at nothing. */
  public IncomingReport(
      ChannelKind source,
      String envelopeRecipient,
      Link link,
      ReportKind kind,
      Optional<String> subject,
      List<Statement> statements,
      Octets raw) {
    this(
        source,
        envelopeRecipient,
        link,
        kind,
        subject,
        statements,
        raw,
        Optional.empty(),
        Hints.NONE);
  }

  /** The same, read in that mailbox. */
  public IncomingReport in(MailboxPlace place) {
    return new IncomingReport(
        source, envelopeRecipient, link, kind, subject, statements, raw, Optional.of(place), hints);
  }

  /** The same, with what it hints at. */
  public IncomingReport hinting(Hints other) {
    return new IncomingReport(
        source, envelopeRecipient, link, kind, subject, statements, raw, readIn, other);
  }
}
