package io.leverans.persistence;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Tables that are a multiple of what PostgreSQL's statistics know of them. Plans are made once for
 * a connection: those made while a table was nearly empty read all rows of a team, and new
 * statistics are what ends them, on all nodes. PostgreSQL by itself looks after a minute, when a
 * first load has come and gone (ADR 75).
 */
public final class GrowingTables {
  /** What even a bad plan gets through quickly; counted in rows, whatever changes them. */
  private static final int FEW = 500;

  /** From here on a plan does not change with the size. */
  private static final int LARGE = 100_000;

  private final Jdbi jdbi;

  GrowingTables(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Takes their statistics anew, but for those that somebody has locked.
   *
   * @return their names
   */
  public List<String> analyze() {
    List<String> grown = grown();
    grown.forEach(
        table -> jdbi.useHandle(handle -> handle.execute("ANALYZE (SKIP_LOCKED) " + table)));
    return grown;
  }

  private List<String> grown() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT format('%I.%I', s.schemaname, s.relname)
                      FROM pg_stat_user_tables s
                      JOIN pg_class c ON c.oid = s.relid
                     WHERE s.schemaname = current_schema()
                       AND s.n_live_tup > :few + 2 * greatest(c.reltuples, 0)
                       AND c.reltuples < :large
                       AND pg_has_role(c.relowner, 'USAGE')
                     ORDER BY 1\
                    """)
                .bind("few", FEW)
                .bind("large", LARGE)
                .mapTo(String.class)
                .list());
  }
}
