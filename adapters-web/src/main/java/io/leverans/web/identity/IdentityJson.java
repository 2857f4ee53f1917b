package io.leverans.web.identity;

import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.identity.Verification;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An identity as it is told.
 *
 * @param channelId the same as in {@code channel}
 */
record IdentityJson(
    UUID id,
    String address,
    Optional<String> name,
    Optional<String> signature,
    Replies replies,
    Identity.Standing standing,
    UUID memberId,
    UUID channelId,
    ChannelChoiceJson channel,
    VerificationJson verification,
    Instant createdAt) {

  static IdentityJson of(Identity identity) {
    return new IdentityJson(
        identity.id().value(),
        identity.mailbox().address().toString(),
        identity.mailbox().name(),
        identity.signature(),
        identity.replies(),
        identity.standing(),
        identity.member().value(),
        identity.channel().value(),
        new ChannelChoiceJson(identity.channel().value(), identity.choice().reason()),
        VerificationJson.of(identity.verification()),
        identity.createdAt());
  }

  static String location(Identity identity) {
    return "/v1/identities/" + identity.id().value();
  }

  /** The channel that it sends through, and why that one. */
  record ChannelChoiceJson(UUID id, ChannelChoice.Reason reason) {}

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
