package io.leverans.persistence;

import io.leverans.domain.team.TeamId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** All teams in order, those that were removed too, for whoever goes from one to the next. */
final class TeamPages {
  private final Jdbi jdbi;

  TeamPages(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  List<TeamId> after(Optional<TeamId> last, int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.team_id FROM team t
                     WHERE t.team_id > :after
                     ORDER BY t.team_id
                     LIMIT :atMost\
                    """)
                .bind("after", last.map(TeamId::value).orElse(0L))
                .bind("atMost", atMost)
                .map((row, _) -> new TeamId(row.getLong("team_id")))
                .list());
  }
}
