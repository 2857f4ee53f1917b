package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.FailedFilter;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedView;
import java.util.Objects;

/**
 * Tells what failed and bounced, by cause, recipients' domain or channel, with whose fault it is,
 * who can mend it, and what to do. What is in doubt or was complained about is counted apart: the
 * one may have arrived, the other did. A member is told of their own mail, an admin of the team's.
 */
@FunctionalInterface
public interface ListFailedDeliveries {
  FailedView list(Query query);

  /**
   * What is asked.
   *
   * @param limit at most so many groups, from 1
   */
  record Query(Caller caller, FailedFilter filter, FailedGroups.By by, int limit) {
    public Query {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(filter);
      Objects.requireNonNull(by);
    }
  }
}
