package io.leverans.domain.identity;

import java.time.Instant;

/** Whether the person behind an identity has shown that its mail reaches them. */
public sealed interface Verification {
  /** The link in the verification mail has not been confirmed: the identity may not send. */
  record Pending() implements Verification {}

  /** The button behind the link was pressed at that time. */
  record Verified(Instant at) implements Verification {}
}
