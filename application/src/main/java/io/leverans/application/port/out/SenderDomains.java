package io.leverans.application.port.out;

import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.Checked;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The sender domains. What changes one writes its events in the same transaction, by the database's
 * clock. Who has a domain is kept for the whole platform, apart from what is the teams'. Safe for
 * use by many threads.
 */
public interface SenderDomains {
  /**
   * Stores a new domain, unless the team has it already or has {@link SenderDomain#MOST_OF_A_TEAM}.
   */
  Addition add(SenderDomain domain);

  Optional<SenderDomain> find(TeamId team, SenderDomainId domain);

  /** By name. */
  List<SenderDomain> ofTeam(TeamId team);

  /** Those of the team among these names that work or lapse. */
  List<SenderDomain> inUse(TeamId team, Collection<DomainName> names);

  /** Takes note of a look into DNS, by {@link SenderDomain#after}; empty if the domain is gone. */
  Optional<SenderDomain> checked(TeamId team, SenderDomainId domain, Checked found);

  /**
   * Takes a next key in, by {@link DkimKeys#rotationAt}.
   *
   * @param found the secrets that {@code secrets} were made from
   */
  Announcement announce(
      TeamId team,
      SenderDomainId domain,
      String publicKey,
      SealedSecrets found,
      SealedSecrets secrets);

  /** Removes a domain with its secrets; what it was, or empty if it is gone already. */
  Optional<SenderDomain> remove(TeamId team, SenderDomainId domain);

  /** Gives the domain to the team, unless another one has it; never {@link Holder#NOBODY}. */
  Holder claim(TeamId team, DomainName name);

  /** Who has the domain, seen from the team. */
  Holder holder(TeamId team, DomainName name);

  /** Lets a domain go, if the team has it. */
  void release(TeamId team, DomainName name);

  /** Domains whose time to be checked has come; some may be taken by another node by now. */
  List<Due> due(int atMost);

  /**
   * Takes a due domain, so that nobody else checks it for that long. Empty if somebody else was
   * first.
   */
  Optional<SenderDomain> take(Due due, Duration patience);

  /** Lapsing domains whose team has not been told yet. */
  List<SenderDomain> withUntoldLapse(int atMost);

  /** The team was told of this lapse; of the next one they are told again. */
  void lapseTold(TeamId team, SenderDomainId domain);

  /** A domain to be checked. */
  record Due(TeamId team, SenderDomainId id) {
    public Due {
      Objects.requireNonNull(team);
      Objects.requireNonNull(id);
    }
  }

  /** What became of a new domain. */
  sealed interface Addition {
    record Added(SenderDomain domain) implements Addition {}

    record AlreadyThere(SenderDomain domain) implements Addition {}

    record TooMany() implements Addition {}
  }

  /** What became of a next key. */
  sealed interface Announcement {
    record Announced(SenderDomain domain) implements Announcement {}

    /** There is one already. */
    record UnderWay(SenderDomain domain) implements Announcement {}

    record TooEarly(Instant until) implements Announcement {}

    /** The secrets are others by now: nothing was changed. */
    record ChangedMeanwhile() implements Announcement {}

    record Gone() implements Announcement {}
  }
}
