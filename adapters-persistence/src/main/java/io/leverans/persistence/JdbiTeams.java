package io.leverans.persistence;

import io.leverans.application.port.out.Teams;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Teams and members as rows. */
public final class JdbiTeams implements Teams {
  private final Jdbi jdbi;

  public JdbiTeams(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public TeamId nextNumber() {
    return jdbi.withHandle(
        handle ->
            new TeamId(
                handle.createQuery("SELECT nextval('team_number')").mapTo(Long.class).one()));
  }

  @Override
  public void create(Team team, Member first) {
    if (!first.team().equals(team.id())) {
      throw new IllegalArgumentException("the first member belongs to another team");
    }
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate("INSERT INTO team (team_id, name) VALUES (:team, :name)")
              .bind("team", team.id().value())
              .bind("name", team.name())
              .execute();
          handle
              .createUpdate("INSERT INTO team_event_counter (team_id) VALUES (:team)")
              .bind("team", team.id().value())
              .execute();
          handle
              .createUpdate(
                  """
                  INSERT INTO member (team_id, id, name, role)
                  VALUES (:team, :id, :name, :role)\
                  """)
              .bind("team", first.team().value())
              .bind("id", first.id().value())
              .bind("name", first.name())
              .bind("role", first.role().name())
              .execute();
        });
  }

  @Override
  public Optional<Team> find(TeamId team) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT name FROM team WHERE team_id = :team")
                .bind("team", team.value())
                .map((row, _) -> new Team(team, row.getString("name")))
                .findOne());
  }
}
