package io.leverans.application.port.out;

import io.leverans.application.port.in.ReadSuppressions;
import io.leverans.application.view.Page;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The lists of addresses that teams do not write to. What fails and what is complained about gets
 * there by itself, in the transaction that moves the delivery, as {@link SuppressionPolicy} says;
 * an entry whose time is over counts no more. Addresses are compared as {@link
 * EmailAddress#sameMailbox}. Safe for use by many threads.
 */
public interface Suppressions {
  /** Those of the addresses that the team does not write to now, as they were asked for. */
  Map<EmailAddress, SuppressedAddress> among(TeamId team, Collection<EmailAddress> addresses);

  /**
   * Puts an address on the list, with its event, unless it is there for a reason as grave and for
   * as long. Where it is there, it never ends earlier by this.
   *
   * @return what is on the list from now on
   */
  Addition add(NewSuppression suppression);

  /** What is on the list, over or not. */
  Optional<SuppressedAddress> find(TeamId team, SuppressionId id);

  /** Newest first, without what is over. */
  Page<SuppressedAddress, SuppressionId> list(ReadSuppressions.Query query);

  /**
   * Takes an entry off the list, with its event. Failures counted against the address are
   * forgotten.
   *
   * @param why in a person's words
   */
  Removal remove(TeamId team, SuppressionId id, MemberId by, String why);

  SuppressionPolicy policy(TeamId team);

  /** Decides on what happens from now on, with its event; what is on the list stays there. */
  void decide(TeamId team, SuppressionPolicy policy);

  /**
   * An address to be put on a team's list.
   *
   * @param until when it may be written to again by itself; empty: never
   */
  record NewSuppression(
      TeamId team,
      SuppressionId id,
      EmailAddress address,
      SuppressionReason reason,
      Optional<Instant> until,
      Optional<String> note) {
    public NewSuppression {
      Objects.requireNonNull(team);
      Objects.requireNonNull(id);
      Objects.requireNonNull(address);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(until);
      Objects.requireNonNull(note);
    }
  }

  /** What became of an addition. */
  sealed interface Addition {
    record Added(SuppressedAddress entry) implements Addition {}

    /** It was on the list, for a reason as grave; nothing changed. */
    record AlreadyThere(SuppressedAddress entry) implements Addition {}
  }

  /** What became of a removal. */
  enum Removal {
    REMOVED,
    NOT_THERE
  }
}
