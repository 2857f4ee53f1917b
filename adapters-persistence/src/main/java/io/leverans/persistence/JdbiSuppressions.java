package io.leverans.persistence;

import io.leverans.application.port.in.ReadSuppressions;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Page;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.SuppressionRows.Draft;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Suppression lists as rows, found by a digest that is salted for each team. */
public final class JdbiSuppressions implements Suppressions {
  private final Jdbi jdbi;
  private final SharedTrips<TeamId, Collection<String>, Map<String, SuppressedAddress>> looking;

  public JdbiSuppressions(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.looking = SharedTrips.reading(jdbi, JdbiSuppressions::among);
  }

  private static List<Map<String, SuppressedAddress>> among(
      Handle handle, TeamId team, List<Collection<String>> asked) {
    Set<String> keys =
        asked.stream().flatMap(Collection::stream).collect(Collectors.toUnmodifiableSet());
    Map<String, SuppressedAddress> found = new SuppressionRows(handle, team).among(keys);
    return asked.stream().map(_ -> found).toList();
  }

  @Override
  public Map<EmailAddress, SuppressedAddress> among(
      TeamId team, Collection<EmailAddress> addresses) {
    if (addresses.isEmpty()) {
      return Map.of();
    }
    Map<String, SuppressedAddress> found =
        looking.join(team, addresses.stream().map(MailboxKey::of).toList());
    if (found.isEmpty()) {
      return Map.of();
    }
    Map<EmailAddress, SuppressedAddress> suppressed = new HashMap<>();
    addresses.forEach(
        address ->
            Optional.ofNullable(found.get(MailboxKey.of(address)))
                .ifPresent(entry -> suppressed.put(address, entry)));
    return suppressed;
  }

  @Override
  public Addition add(NewSuppression suppression) {
    var draft =
        new Draft(
            suppression.id().value(),
            suppression.address(),
            suppression.reason(),
            suppression.until(),
            suppression.note(),
            Optional.empty());
    return jdbi.inTransaction(
        handle -> {
          var rows = new SuppressionRows(handle, suppression.team());
          List<SuppressedAddress> added = rows.add(List.of(draft));
          rows.tell(EventKind.SUPPRESSION_ADDED, added, Map.of());
          return added.stream()
              .findFirst()
              .<Addition>map(Addition.Added::new)
              .orElseGet(
                  () ->
                      new Addition.AlreadyThere(
                          Optional.ofNullable(rows.among(List.of(draft.key())).get(draft.key()))
                              .orElseThrow()));
        });
  }

  @Override
  public Optional<SuppressedAddress> find(TeamId team, SuppressionId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM suppression WHERE team_id = :team AND id = :id AND reason <> ''\
                    """)
                .bind("team", team.value())
                .bind("id", id.value())
                .map(SuppressionRows.ENTRY)
                .findOne());
  }

  @Override
  public Page<SuppressedAddress, SuppressionId> list(ReadSuppressions.Query query) {
    List<SuppressedAddress> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT s.* FROM suppression s
                         WHERE s.team_id = :team AND s.reason <> ''
                           AND (s.until IS NULL OR s.until > now())
                           AND (:before::uuid IS NULL OR s.id < :before::uuid)
                           AND (:reason::text IS NULL OR s.reason = :reason::text)
                           AND (:containing::text IS NULL
                                OR strpos(lower(s.address), :containing::text) > 0)
                           AND (:key::text IS NULL OR s.address_hash = (
                                 SELECT %s FROM team t
                                  CROSS JOIN (SELECT :key::text AS key) k
                                  WHERE t.team_id = :team))
                         ORDER BY s.id DESC
                         LIMIT :limit\
                        """
                            .formatted(SuppressionRows.DIGEST))
                    .bind("team", query.team().value())
                    .bind("before", query.before().map(SuppressionId::value))
                    .bind("reason", query.reason().map(Enum::name))
                    .bind("containing", query.containing().map(MailboxKey::of))
                    .bind("key", query.address().map(MailboxKey::of))
                    .bind("limit", query.limit() + 1)
                    .map(SuppressionRows.ENTRY)
                    .list());
    return Pages.of(found, query.limit(), SuppressedAddress::id);
  }

  @Override
  public Removal remove(TeamId team, SuppressionId id, MemberId by, String why) {
    return jdbi.inTransaction(
        handle -> {
          Optional<SuppressedAddress> removed = remove(handle, team, id);
          new SuppressionRows(handle, team)
              .tell(
                  EventKind.SUPPRESSION_REMOVED,
                  removed.stream().toList(),
                  Map.of("memberId", by.value().toString(), "why", why));
          return removed.isPresent() ? Removal.REMOVED : Removal.NOT_THERE;
        });
  }

  static Optional<SuppressedAddress> remove(Handle handle, TeamId team, SuppressionId id) {
    return handle
        .createQuery(
            """
            WITH removed AS (
              DELETE FROM suppression WHERE team_id = :team AND id = :id AND reason <> '' RETURNING *),
            forgiven AS (
              DELETE FROM suppression_strike s USING removed r
               WHERE s.team_id = :team AND r.team_id = :team AND s.address_hash = r.address_hash)
            SELECT * FROM removed\
            """)
        .bind("team", team.value())
        .bind("id", id.value())
        .map(SuppressionRows.ENTRY)
        .findOne();
  }

  @Override
  public SuppressionPolicy policy(TeamId team) {
    return jdbi.withHandle(handle -> SuppressionPolicies.find(handle, team));
  }

  @Override
  public void decide(TeamId team, SuppressionPolicy policy) {
    jdbi.useTransaction(
        handle -> {
          SuppressionPolicies.store(handle, team, policy);
          JdbiEvents.write(
              handle,
              team,
              List.of(
                  new JdbiEvents.Draft(
                      EventKind.SUPPRESSION_POLICY_CHANGED, SuppressionPolicies.texts(policy))));
        });
  }
}
