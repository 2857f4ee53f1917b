package io.leverans.web.identity;

import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Verification;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An identity as it is told. */
record IdentityJson(
    UUID id,
    String address,
    Optional<String> name,
    Optional<String> signature,
    Identity.Standing standing,
    UUID memberId,
    UUID channelId,
    VerificationJson verification,
    Instant createdAt) {

  static IdentityJson of(Identity identity) {
    return new IdentityJson(
        identity.id().value(),
        identity.mailbox().address().toString(),
        identity.mailbox().name(),
        identity.signature(),
        identity.standing(),
        identity.member().value(),
        identity.channel().value(),
        VerificationJson.of(identity.verification()),
        identity.createdAt());
  }

  static String location(Identity identity) {
    return "/v1/identities/" + identity.id().value();
  }

  /** Whether it may send, and since when. */
  record VerificationJson(State state, Optional<Instant> at) {
    static VerificationJson of(Verification verification) {
      return switch (verification) {
        case Verification.Pending() -> new VerificationJson(State.PENDING, Optional.empty());
        case Verification.Verified(var at) -> new VerificationJson(State.VERIFIED, Optional.of(at));
      };
    }
  }

  /** Whether it may send. */
  enum State {
    PENDING,
    VERIFIED
  }
}
