package io.leverans.application.port.out;

import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedSelection;

/**
 * What failed and bounced, as it stands now: what is tried again is not among it any more. Mail of
 * the system never is. The time of each is that of its end, by the database's clock. Safe for use
 * by many threads.
 */
@FunctionalInterface
public interface FailedDeliveries {
  /**
   * Groups what is selected.
   *
   * @param atMost so many groups
   */
  FailedGroups group(FailedSelection selection, FailedGroups.By by, int atMost);
}
