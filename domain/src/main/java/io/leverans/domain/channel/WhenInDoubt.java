package io.leverans.domain.channel;

/** What becomes of mail that was handed over, when nobody can find out whether it was taken. */
public enum WhenInDoubt {
  /** It stays in doubt until a person decides: nothing arrives twice, and nothing by itself. */
  HOLD,
  /** It is sent again: it arrives, perhaps twice. */
  RESEND,
  /** It is taken for sent: it arrives once or never, and nobody is asked. */
  ASSUME_SENT
}
