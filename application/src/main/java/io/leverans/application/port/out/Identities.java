package io.leverans.application.port.out;

import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The identities. Safe for use by many threads. */
public interface Identities {
  /** Stores a new identity and its event, unless its member has the address already. */
  Creation create(NewIdentity identity);

  Optional<Identity> find(TeamId team, IdentityId identity);

  Optional<Identity> find(TeamId team, MemberId member, EmailAddress address);

  /** Oldest first. */
  List<Identity> list(TeamId team);

  /** Replaces the code that proves an identity. Only a hash is kept. */
  void replaceCode(IdentityId identity, VerificationCode code, Duration validFor);

  /** Whose valid code it is. */
  Optional<Identity> findByCode(VerificationCode code);

  /** Verifies the identity whose valid code it is, uses the code up and writes the event. */
  Optional<Identity> verify(VerificationCode code);

  /** Whether an identity was stored. */
  enum Creation {
    CREATED,
    ADDRESS_TAKEN
  }
}
