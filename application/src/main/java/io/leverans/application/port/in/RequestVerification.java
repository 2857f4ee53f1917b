package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;

/** Mails the link that proves an identity once more; earlier links stop working. */
@FunctionalInterface
public interface RequestVerification {
  Result request(Caller caller, IdentityId identity);

  /** The answer. */
  sealed interface Result {
    record Sent(Identity identity) implements Result {}

    record UnknownIdentity() implements Result {}

    record VerifiedAlready(Identity identity) implements Result {}
  }
}
