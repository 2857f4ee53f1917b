package io.leverans.persistence;

import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.Checked;
import io.leverans.domain.senderdomain.Checked.Holder;
import io.leverans.domain.senderdomain.DkimKeys.Rotation;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Sender domains as rows; who has which, in a table of the platform's and a statement apart. */
public final class JdbiSenderDomains implements SenderDomains {
  private final Jdbi jdbi;

  public JdbiSenderDomains(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Addition add(SenderDomain domain) {
    return jdbi.inTransaction(
        handle -> {
          lockTeam(handle, domain.team());
          if (isFull(handle, domain)) {
            return new Addition.TooMany();
          }
          int added =
              SenderDomainRows.bind(
                      handle.createUpdate(
                          """
                          INSERT INTO sender_domain
                                 (team_id, id, name, proof_token, standing, standing_since,
                                  proof_sight, proof_missed_at, key_sight, key_missed_at,
                                  active_selector, active_key, next_selector, next_key,
                                  previous_selector, previous_key, previous_until, alias,
                                  secrets, checked_at, due_at)
                          VALUES (:team, :id, :name, :proofToken, :standing, :since,
                                  :proofSight, :proofMissedAt, :keySight, :keyMissedAt,
                                  :activeSelector, :activeKey, :nextSelector, :nextKey,
                                  :previousSelector, :previousKey, :previousUntil, :alias,
                                  :secrets, :checkedAt,
                                  coalesce(now() + cast(:pause AS bigint) * interval '1 second',
                                           'infinity'))
                          ON CONFLICT (team_id, name) DO NOTHING\
                          """),
                      domain)
                  .bind("name", domain.name().text())
                  .bind("proofToken", domain.proofToken())
                  .execute();
          if (added == 0) {
            return new Addition.AlreadyThere(named(handle, domain.team(), domain.name()));
          }
          tell(handle, EventKind.DOMAIN_ADDED, domain);
          return new Addition.Added(domain);
        });
  }

  /** So that of two domains added at the same time the second is counted with the first. */
  private static void lockTeam(Handle handle, TeamId team) {
    var _ =
        handle
            .createQuery("SELECT 1 FROM team WHERE team_id = :team FOR NO KEY UPDATE")
            .bind("team", team.value())
            .mapTo(Integer.class)
            .findOne();
  }

  /** Whether there is no room for one more; for one that is there already there is. */
  private static boolean isFull(Handle handle, SenderDomain domain) {
    return handle
        .createQuery(
            """
            SELECT count(*) >= :most AND count(*) FILTER (WHERE name = :name) = 0
              FROM sender_domain WHERE team_id = :team\
            """)
        .bind("most", SenderDomain.MOST_OF_A_TEAM)
        .bind("team", domain.team().value())
        .bind("name", domain.name().text())
        .mapTo(Boolean.class)
        .one();
  }

  private static SenderDomain named(Handle handle, TeamId team, DomainName name) {
    return handle
        .createQuery("SELECT * FROM sender_domain WHERE team_id = :team AND name = :name")
        .bind("team", team.value())
        .bind("name", name.text())
        .map(SenderDomainRows.DOMAIN)
        .one();
  }

  @Override
  public Optional<SenderDomain> find(TeamId team, SenderDomainId domain) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM sender_domain WHERE team_id = :team AND id = :id")
                .bind("team", team.value())
                .bind("id", domain.value())
                .map(SenderDomainRows.DOMAIN)
                .findOne());
  }

  @Override
  public List<SenderDomain> ofTeam(TeamId team) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM sender_domain WHERE team_id = :team ORDER BY name")
                .bind("team", team.value())
                .map(SenderDomainRows.DOMAIN)
                .list());
  }

  @Override
  public List<SenderDomain> inUse(TeamId team, Collection<DomainName> names) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM sender_domain
                     WHERE team_id = :team AND name = ANY (:names)
                       AND standing IN ('WORKING', 'LAPSING')\
                    """)
                .bind("team", team.value())
                .bind("names", SqlArray.texts(names.stream().map(DomainName::text).toList()))
                .map(SenderDomainRows.DOMAIN)
                .list());
  }

  @Override
  public Optional<SenderDomain> checked(TeamId team, SenderDomainId domain, Checked found) {
    return jdbi.inTransaction(
        handle ->
            SenderDomainRows.lock(handle, team, domain)
                .map(
                    before -> {
                      SenderDomain.Change change = before.after(found, now(handle));
                      store(handle, change.domain());
                      change
                          .facts()
                          .forEach(fact -> tell(handle, EventKind.of(fact), change.domain()));
                      return change.domain();
                    }));
  }

  private static Instant now(Handle handle) {
    return handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one();
  }

  /** Of a lapse that is over, the next one is told anew. */
  private static void store(Handle handle, SenderDomain domain) {
    SenderDomainRows.bind(
            handle.createUpdate(
                """
                UPDATE sender_domain
                   SET standing = :standing, standing_since = :since,
                       proof_sight = :proofSight, proof_missed_at = :proofMissedAt,
                       key_sight = :keySight, key_missed_at = :keyMissedAt,
                       active_selector = :activeSelector, active_key = :activeKey,
                       next_selector = :nextSelector, next_key = :nextKey,
                       previous_selector = :previousSelector, previous_key = :previousKey,
                       previous_until = :previousUntil, alias = :alias, secrets = :secrets,
                       checked_at = :checkedAt,
                       due_at = t.due_at,
                       told_at = CASE WHEN :standing = 'LAPSING' THEN told_at END
                  FROM (SELECT coalesce(now() + cast(:pause AS bigint) * interval '1 second',
                                        'infinity') AS due_at
                        OFFSET 0) t
                 WHERE team_id = :team AND id = :id\
                """),
            domain)
        .execute();
  }

  @Override
  public Announcement announce(
      TeamId team,
      SenderDomainId domain,
      String publicKey,
      SealedSecrets found,
      SealedSecrets secrets) {
    return jdbi.inTransaction(
        handle -> {
          Optional<SenderDomain> locked = SenderDomainRows.lock(handle, team, domain);
          if (locked.isEmpty()) {
            return new Announcement.Gone();
          }
          SenderDomain before = locked.get();
          return switch (before.keys().rotationAt(now(handle))) {
            case Rotation.UnderWay() -> new Announcement.UnderWay(before);
            case Rotation.TooEarly(var until) -> new Announcement.TooEarly(until);
            case Rotation.Possible() ->
                before.secrets().equals(found)
                    ? announced(handle, before.announcing(publicKey, secrets))
                    : new Announcement.ChangedMeanwhile();
          };
        });
  }

  private static Announcement announced(Handle handle, SenderDomain domain) {
    store(handle, domain);
    return new Announcement.Announced(domain);
  }

  @Override
  public Optional<SenderDomain> remove(TeamId team, SenderDomainId domain) {
    return jdbi.inTransaction(
        handle -> {
          Optional<SenderDomain> removed =
              handle
                  .createQuery(
                      "DELETE FROM sender_domain WHERE team_id = :team AND id = :id RETURNING *")
                  .bind("team", team.value())
                  .bind("id", domain.value())
                  .map(SenderDomainRows.DOMAIN)
                  .findOne();
          removed.ifPresent(found -> tell(handle, EventKind.DOMAIN_REMOVED, found));
          return removed;
        });
  }

  /** The update that changes nothing makes the statement wait for, and see, who came first. */
  @Override
  public Holder claim(TeamId team, DomainName name) {
    long holder =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        INSERT INTO sender_domain_claim AS held (name, team_id)
                        VALUES (:name, :team)
                        ON CONFLICT (name) DO UPDATE SET team_id = held.team_id
                        RETURNING team_id\
                        """)
                    .bind("name", name.text())
                    .bind("team", team.value())
                    .mapTo(Long.class)
                    .one());
    return seenFrom(team, holder);
  }

  @Override
  public Holder holder(TeamId team, DomainName name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT team_id FROM sender_domain_claim WHERE name = :name")
                .bind("name", name.text())
                .mapTo(Long.class)
                .findOne()
                .map(holder -> seenFrom(team, holder))
                .orElse(Holder.NOBODY));
  }

  private static Holder seenFrom(TeamId team, long holder) {
    return holder == team.value() ? Holder.THIS_TEAM : Holder.ANOTHER_TEAM;
  }

  @Override
  public void release(TeamId team, DomainName name) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM sender_domain_claim WHERE name = :name AND team_id = :team")
                .bind("name", name.text())
                .bind("team", team.value())
                .execute());
  }

  @Override
  public List<Due> due(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT team_id, id FROM sender_domain
                     WHERE due_at <= now()
                     ORDER BY due_at
                     LIMIT :atMost\
                    """)
                .bind("atMost", atMost)
                .map(
                    (row, _) ->
                        new Due(
                            new TeamId(row.getLong("team_id")),
                            new SenderDomainId(Columns.uuid(row, "id"))))
                .list());
  }

  @Override
  public Optional<SenderDomain> take(Due due, Duration patience) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE sender_domain SET due_at = now() + :patience * interval '1 second'
                     WHERE team_id = :team AND id = :id AND due_at <= now()
                    RETURNING *\
                    """)
                .bind("team", due.team().value())
                .bind("id", due.id().value())
                .bind("patience", patience.toSeconds())
                .map(SenderDomainRows.DOMAIN)
                .findOne());
  }

  @Override
  public List<SenderDomain> withUntoldLapse(int atMost) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM sender_domain
                     WHERE standing = 'LAPSING' AND told_at IS NULL
                     ORDER BY standing_since
                     LIMIT :atMost\
                    """)
                .bind("atMost", atMost)
                .map(SenderDomainRows.DOMAIN)
                .list());
  }

  @Override
  public void lapseTold(TeamId team, SenderDomainId domain) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE sender_domain SET told_at = now()
                     WHERE team_id = :team AND id = :id AND standing = 'LAPSING'\
                    """)
                .bind("team", team.value())
                .bind("id", domain.value())
                .execute());
  }

  private static void tell(Handle handle, EventKind kind, SenderDomain domain) {
    JdbiEvents.write(handle, domain.team(), List.of(SenderDomainRows.event(kind, domain)));
  }
}
