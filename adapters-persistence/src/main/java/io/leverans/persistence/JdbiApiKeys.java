package io.leverans.persistence;

import static java.util.stream.Collectors.toMap;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Ids;
import io.leverans.application.view.ApiKeyView;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Keys of the form {@code lev_TEAM_SECRET}: the team leads to the row, the hash is the row's key.
 */
public final class JdbiApiKeys implements ApiKeys {
  private static final Pattern FORM = Pattern.compile("lev_([1-9][0-9]{0,11})_[a-z2-7]{32}");
  private static final int SHOWN_OF_SECRET = 4;

  private final Jdbi jdbi;
  private final Ids ids;
  private final SharedTrips<TeamId, byte[], Optional<Found>> finding;

  public JdbiApiKeys(Jdbi jdbi, Ids ids) {
    this.jdbi = jdbi;
    this.ids = ids;
    this.finding = SharedTrips.reading(jdbi, JdbiApiKeys::find);
  }

  /** The member that a key acts as, and whether that it was used is still to be noted. */
  private record Found(Member member, boolean unnoted) {}

  @Override
  public IssuedKey issue(Member member, String label, Optional<Duration> validFor) {
    return jdbi.withHandle(
        handle -> {
          IssuedKey key = newKey(member.team());
          while (!insert(handle, member, key, label, validFor)) {
            key = newKey(member.team());
          }
          return key;
        });
  }

  private IssuedKey newKey(TeamId team) {
    String start = "lev_" + team.value() + "_";
    String clear = start + ids.secret();
    return new IssuedKey(clear.substring(0, start.length() + SHOWN_OF_SECRET), clear);
  }

  /** Whether no other key of the team has the prefix. */
  private static boolean insert(
      Handle handle, Member member, IssuedKey key, String label, Optional<Duration> validFor) {
    return handle
            .createUpdate(
                """
                INSERT INTO api_key (team_id, hash, prefix, member_id, label, expires_at)
                VALUES (:team, :hash, :prefix, :member, :label,
                        now() + :micros::bigint * interval '1 microsecond')
                ON CONFLICT (team_id, prefix) DO NOTHING\
                """)
            .bind("team", member.team().value())
            .bind("hash", Hash.of(key.clear()))
            .bind("prefix", key.prefix())
            .bind("member", member.id().value())
            .bind("label", label)
            .bind("micros", validFor.map(JdbiApiKeys::micros))
            .execute()
        == 1;
  }

  private static long micros(Duration duration) {
    return duration.dividedBy(Duration.ofNanos(1000));
  }

  @Override
  public Optional<Member> find(String apiKey) {
    Matcher matcher = FORM.matcher(apiKey);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    TeamId team = new TeamId(Long.parseLong(matcher.group(1)));
    byte[] hash = Hash.of(apiKey);
    Optional<Found> found = finding.join(team, hash);
    if (found.filter(Found::unnoted).isPresent()) {
      noteUse(team, hash);
    }
    return found.map(Found::member);
  }

  /** The member that the key with this hash acts as, without noting a use. */
  static Optional<Member> holder(Handle handle, TeamId team, byte[] hash) {
    return find(handle, team, hash).map(Found::member);
  }

  private static Optional<Found> find(Handle handle, TeamId team, byte[] hash) {
    return find(handle, team, List.of(hash)).getFirst();
  }

  private static List<Optional<Found>> find(Handle handle, TeamId team, List<byte[]> hashes) {
    Map<ByteBuffer, Found> found =
        handle
            .createQuery(
                """
                SELECT k.hash, m.id, m.name, m.role,
                       coalesce(k.last_used_at < date_trunc('minute', now()), true) AS unnoted
                  FROM api_key k
                  JOIN member m ON m.team_id = k.team_id AND m.id = k.member_id
                  JOIN team t ON t.team_id = k.team_id
                 WHERE k.team_id = :team AND k.hash = ANY (:hashes)
                   AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true)
                   AND m.removed_at IS NULL AND t.removed_at IS NULL\
                """)
            .bind("team", team.value())
            .bind("hashes", SqlArray.octets(hashes))
            .map(
                (row, _) ->
                    Map.entry(
                        ByteBuffer.wrap(row.getBytes("hash")),
                        new Found(JdbiTeams.member(row, team), row.getBoolean("unnoted"))))
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    return hashes.stream()
        .map(hash -> Optional.ofNullable(found.get(ByteBuffer.wrap(hash))))
        .toList();
  }

  /** Once a minute, by whoever comes first; nobody waits for another who does so. */
  private void noteUse(TeamId team, byte[] hash) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    WITH free AS (
                      SELECT hash FROM api_key
                       WHERE team_id = :team AND hash = :hash
                         AND coalesce(last_used_at < date_trunc('minute', now()), true)
                         FOR NO KEY UPDATE SKIP LOCKED)
                    UPDATE api_key k SET last_used_at = date_trunc('minute', now())
                      FROM free
                     WHERE k.team_id = :team AND k.hash = free.hash\
                    """)
                .bind("team", team.value())
                .bind("hash", hash)
                .execute());
  }

  @Override
  public List<ApiKeyView> list(TeamId team) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT k.prefix, k.member_id, m.name, k.label, k.created_at, k.expires_at,
                           k.last_used_at
                      FROM api_key k
                      JOIN member m ON m.team_id = k.team_id AND m.id = k.member_id
                      JOIN team t ON t.team_id = k.team_id
                     WHERE k.team_id = :team AND k.revoked_at IS NULL
                       AND m.removed_at IS NULL AND t.removed_at IS NULL
                     ORDER BY k.created_at, k.prefix\
                    """)
                .bind("team", team.value())
                .map((row, _) -> view(row))
                .list());
  }

  private static ApiKeyView view(ResultSet row) throws SQLException {
    return new ApiKeyView(
        row.getString("prefix"),
        new MemberId(Columns.uuid(row, "member_id")),
        row.getString("name"),
        row.getString("label"),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "expires_at"),
        Columns.optionalInstant(row, "last_used_at"));
  }

  @Override
  public Revocation revoke(TeamId team, String prefix) {
    int revoked =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE api_key SET revoked_at = now()
                         WHERE team_id = :team AND prefix = :prefix AND revoked_at IS NULL\
                        """)
                    .bind("team", team.value())
                    .bind("prefix", prefix)
                    .execute());
    return revoked == 1 ? Revocation.REVOKED : Revocation.UNKNOWN;
  }
}
