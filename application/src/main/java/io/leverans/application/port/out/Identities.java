package io.leverans.application.port.out;

import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.ChannelId;
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
  /**
   * Decides for a new identity's channel and stores it with its events, unless its member has the
   * address already.
   */
  Creation create(NewIdentity identity, ChoiceTerms terms);

  Optional<Identity> find(TeamId team, IdentityId identity);

  Optional<Identity> find(TeamId team, MemberId member, EmailAddress address);

  /** Oldest first. */
  List<Identity> list(TeamId team);

  /** Replaces the code that proves an identity. Only a hash is kept. */
  void replaceCode(IdentityId identity, LinkCode code, Duration validFor);

  /** The identity that a member's mail goes out from when none is named. */
  Optional<Identity> findDefault(TeamId team, MemberId member);

  /**
   * Stores which channel somebody chose for an identity, or that nobody chooses any more, and
   * decides by it.
   *
   * @return what changed, with its event; absent if nothing did
   */
  Optional<Rechosen> choose(
      TeamId team, IdentityId identity, Optional<ChannelId> chosen, ChoiceTerms terms);

  /**
   * Makes it its member's default identity, in place of the one before, and decides anew for both.
   *
   * @return whose channel is another now
   */
  List<Rechosen> makeDefault(TeamId team, IdentityId identity, ChoiceTerms terms);

  /** Whose valid code it is. */
  Optional<Identity> findByCode(LinkCode code);

  /** Verifies the identity whose valid code it is, uses the code up and writes the event. */
  Optional<Identity> verify(LinkCode code);

  /** Whether an identity was stored. */
  enum Creation {
    CREATED,
    ADDRESS_TAKEN
  }
}
