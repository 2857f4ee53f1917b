package io.leverans.application.service.identity;

import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.RequestVerification;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Verification;
import java.util.Optional;

/** Mails the proof's link again. */
public final class RequestVerificationService implements RequestVerification {
  private final ReadIdentities identities;
  private final VerificationMail verificationMail;

  public RequestVerificationService(ReadIdentities identities, VerificationMail verificationMail) {
    this.identities = identities;
    this.verificationMail = verificationMail;
  }

  @Override
  public Result request(Caller caller, IdentityId id) {
    Optional<Identity> found = identities.read(caller, id);
    if (found.isEmpty()) {
      return new Result.UnknownIdentity();
    }
    Identity identity = found.get();
    return switch (identity.verification()) {
      case Verification.Verified _ -> new Result.VerifiedAlready(identity);
      case Verification.Pending _ -> {
        verificationMail.send(identity.team(), identity.id(), identity.mailbox().address());
        yield new Result.Sent(identity);
      }
    };
  }
}
