package io.leverans.persistence;

import io.leverans.application.port.out.ApiKeys;
import io.leverans.application.port.out.Ids;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/**
 * Keys of the form {@code lev_TEAM_SECRET}: the team leads to the row, the hash is the row's key.
 */
public final class JdbiApiKeys implements ApiKeys {
  private static final Pattern FORM = Pattern.compile("lev_([1-9][0-9]{0,11})_[a-z2-7]{32}");
  private static final int SHOWN_OF_SECRET = 4;

  private final Jdbi jdbi;
  private final Ids ids;

  public JdbiApiKeys(Jdbi jdbi, Ids ids) {
    this.jdbi = jdbi;
    this.ids = ids;
  }

  @Override
  public String issue(Member member) {
    String start = "lev_" + member.team().value() + "_";
    String apiKey = start + ids.secret();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO api_key (team_id, hash, prefix, member_id)
                    VALUES (:team, :hash, :prefix, :member)\
                    """)
                .bind("team", member.team().value())
                .bind("hash", Hash.of(apiKey))
                .bind("prefix", apiKey.substring(0, start.length() + SHOWN_OF_SECRET))
                .bind("member", member.id().value())
                .execute());
    return apiKey;
  }

  @Override
  public Optional<Member> find(String apiKey) {
    Matcher matcher = FORM.matcher(apiKey);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    TeamId team = new TeamId(Long.parseLong(matcher.group(1)));
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT m.id, m.name, m.role
                      FROM api_key k JOIN member m ON m.team_id = k.team_id AND m.id = k.member_id
                     WHERE k.team_id = :team AND k.hash = :hash\
                    """)
                .bind("team", team.value())
                .bind("hash", Hash.of(apiKey))
                .map(
                    (row, _) ->
                        new Member(
                            team,
                            new MemberId(row.getObject("id", UUID.class)),
                            row.getString("name"),
                            Member.Role.valueOf(row.getString("role"))))
                .findOne());
  }
}
