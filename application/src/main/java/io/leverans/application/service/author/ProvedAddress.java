package io.leverans.application.service.author;

import io.leverans.application.port.out.Identities;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.Member;
import java.util.Optional;

/** Where a member reads mail, and writes from: their default identity's address, once proved. */
public final class ProvedAddress {
  private ProvedAddress() {}

  public static Optional<EmailAddress> of(Member member, Identities identities) {
    return identities
        .findDefault(member.team(), member.id())
        .filter(identity -> identity.verification() instanceof Verification.Verified)
        .map(identity -> identity.mailbox().address());
  }
}
