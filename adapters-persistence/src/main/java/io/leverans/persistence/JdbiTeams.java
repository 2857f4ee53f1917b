package io.leverans.persistence;

import io.leverans.application.port.out.Teams;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.Team;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Teams and members as rows, which stay when they are removed. */
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
          var _ = insert(handle, first);
        });
  }

  @Override
  public Optional<Team> find(TeamId team) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT team_id, name FROM team WHERE team_id = :team AND removed_at IS NULL")
                .bind("team", team.value())
                .map((row, _) -> team(row))
                .findOne());
  }

  @Override
  public List<Team> list() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT team_id, name FROM team WHERE removed_at IS NULL ORDER BY team_id")
                .map((row, _) -> team(row))
                .list());
  }

  private static Team team(ResultSet row) throws SQLException {
    return new Team(new TeamId(row.getLong("team_id")), row.getString("name"));
  }

  @Override
  public Removal remove(TeamId team) {
    int removed =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE team SET removed_at = now()
                         WHERE team_id = :team AND removed_at IS NULL\
                        """)
                    .bind("team", team.value())
                    .execute());
    return removed == 1 ? Removal.REMOVED : Removal.UNKNOWN;
  }

  @Override
  public Addition add(Member member) {
    int added = jdbi.withHandle(handle -> insert(handle, member));
    return added == 1 ? Addition.ADDED : Addition.UNKNOWN_TEAM;
  }

  private static int insert(Handle handle, Member member) {
    return handle
        .createUpdate(
            """
            INSERT INTO member (team_id, id, name, role)
            SELECT team_id, :id, :name, :role FROM team
             WHERE team_id = :team AND removed_at IS NULL\
            """)
        .bind("team", member.team().value())
        .bind("id", member.id().value())
        .bind("name", member.name())
        .bind("role", member.role().name())
        .execute();
  }

  @Override
  public Optional<Member> findMember(TeamId team, MemberId member) {
    return members(team).stream().filter(known -> known.id().equals(member)).findFirst();
  }

  @Override
  public List<Member> members(TeamId team) {
    return jdbi.withHandle(handle -> members(handle, team));
  }

  private static List<Member> members(Handle handle, TeamId team) {
    return handle
        .createQuery(
            """
            SELECT m.id, m.name, m.role FROM member m JOIN team t ON t.team_id = m.team_id
             WHERE m.team_id = :team AND m.removed_at IS NULL AND t.removed_at IS NULL
             ORDER BY m.created_at, m.id\
            """)
        .bind("team", team.value())
        .map((row, _) -> member(row, team))
        .list();
  }

  /** From columns {@code id}, {@code name} and {@code role}. */
  static Member member(ResultSet row, TeamId team) throws SQLException {
    return new Member(
        team,
        new MemberId(Columns.uuid(row, "id")),
        row.getString("name"),
        Columns.constant(row, "role", Member.Role.class));
  }

  /** One at a time in each team: of the last two admins, who remove each other, one stays. */
  @Override
  public Removal removeMember(TeamId team, MemberId member) {
    return jdbi.inTransaction(
        handle -> {
          lock(handle, team);
          List<Member> all = members(handle, team);
          if (all.stream().noneMatch(known -> known.id().equals(member))) {
            return Removal.UNKNOWN;
          }
          if (all.stream()
              .filter(known -> known.role() == Member.Role.ADMIN)
              .allMatch(admin -> admin.id().equals(member))) {
            return Removal.LAST_ADMIN;
          }
          handle
              .createUpdate(
                  "UPDATE member SET removed_at = now() WHERE team_id = :team AND id = :id")
              .bind("team", team.value())
              .bind("id", member.value())
              .execute();
          return Removal.REMOVED;
        });
  }

  /** Lets nobody else lock it until the transaction ends. */
  static void lock(Handle handle, TeamId team) {
    var _ =
        handle
            .createQuery("SELECT team_id FROM team WHERE team_id = :team FOR NO KEY UPDATE")
            .bind("team", team.value())
            .mapTo(Long.class)
            .list();
  }
}
