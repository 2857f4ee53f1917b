package io.leverans.domain.bounce;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report tells of the mail that it is about. Anyone can write it, so it proves nothing.
 *
 * @param messageId the mail's Message-ID, with its brackets
 * @param envelopeId what its sender named the envelope by (RFC 3461 §4.4)
 * @param recipients whom the report is about; of a machine's answer, who answered
 * @param at when the mail was sent, or came to where it failed
 * @param loop by what it shows to be no report on a mail of ours at all
 */
public record Hints(
    Optional<String> messageId,
    Optional<String> envelopeId,
    List<String> recipients,
    Optional<Instant> at,
    Optional<Loop> loop) {
  /** Of a report that hints at nothing. */
  public static final Hints NONE =
      new Hints(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  public Hints {
    Objects.requireNonNull(messageId);
    Objects.requireNonNull(envelopeId);
    recipients = List.copyOf(recipients);
    Objects.requireNonNull(at);
    Objects.requireNonNull(loop);
  }

  /** How a mail goes round in circles. */
  public enum Loop {
    /** It is mail of ours as it left, and came to where bounces come. */
    OWN_MAIL,
    /** The mail that it returns was a report itself, and none of ours. */
    REPORT_ON_A_REPORT,
    /** It passed more servers than any mail that gets anywhere. */
    TOO_MANY_HOPS
  }
}
