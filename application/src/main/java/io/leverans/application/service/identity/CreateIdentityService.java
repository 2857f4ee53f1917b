package io.leverans.application.service.identity;

import io.leverans.application.port.in.CreateIdentity;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Identities.Creation;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.Member;

/** Makes an identity, decides on its channel, and asks for its proof. */
public final class CreateIdentityService implements CreateIdentity {
  private final Identities identities;
  private final Ids ids;
  private final Choosing choosing;
  private final VerificationMail verificationMail;

  public CreateIdentityService(
      Identities identities, Ids ids, Choosing choosing, VerificationMail verificationMail) {
    this.identities = identities;
    this.ids = ids;
    this.choosing = choosing;
    this.verificationMail = verificationMail;
  }

  @Override
  public Result create(Command command) {
    EmailAddress address = command.mailbox().address();
    if (address.localPartCharset() == EmailAddress.LocalPartCharset.UTF_8) {
      return new Result.LocalPartNotAscii(address);
    }
    Member member = command.caller().member();
    var identity =
        new NewIdentity(
            member.team(),
            new IdentityId(ids.next()),
            member.id(),
            command.mailbox(),
            command.signature(),
            command.replies(),
            NewIdentity.Proof.PENDING);
    Creation creation = identities.create(identity, choosing.terms());
    Identity stored =
        identities.find(member.team(), member.id(), command.mailbox().address()).orElseThrow();
    return switch (creation) {
      case CREATED -> {
        verificationMail.send(member.team(), stored.id(), stored.mailbox().address());
        yield new Result.Created(stored);
      }
      case ADDRESS_TAKEN -> new Result.AddressTaken(stored);
    };
  }
}
