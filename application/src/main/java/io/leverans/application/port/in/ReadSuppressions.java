package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.team.TeamId;
import java.util.Objects;
import java.util.Optional;

/** Shows a team's suppression list, and what puts addresses there, to its members. */
public interface ReadSuppressions {
  /** Newest first, without what is over. */
  Page<SuppressedAddress, SuppressionId> list(Query query);

  Optional<SuppressedAddress> read(Caller caller, SuppressionId id);

  SuppressionPolicy policy(Caller caller);

  /**
   * What to list.
   *
   * @param address this one only, also where only its digest is kept
   * @param containing only addresses in which this text occurs, whatever its case
   * @param limit at most so many, from 1
   * @param before only entries older than this one
   */
  record Query(
      TeamId team,
      Optional<EmailAddress> address,
      Optional<String> containing,
      Optional<SuppressionReason> reason,
      int limit,
      Optional<SuppressionId> before) {
    public Query {
      Objects.requireNonNull(team);
      Objects.requireNonNull(address);
      Objects.requireNonNull(containing);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(before);
    }
  }
}
