package io.leverans.persistence;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The identities' rows. */
final class IdentityRows {
  static final RowMapper<Identity> IDENTITY =
      (row, _) ->
          new Identity(
              new TeamId(row.getLong("team_id")),
              new IdentityId(Columns.uuid(row, "id")),
              new MemberId(Columns.uuid(row, "member_id")),
              Columns.mailbox(row, "name", "address"),
              Columns.optionalText(row, "signature"),
              Columns.constant(row, "replies", Replies.class),
              Columns.constant(row, "standing", Identity.Standing.class),
              new ChannelChoice(
                  new ChannelId(Columns.uuid(row, "channel_id")),
                  Columns.constant(row, "choice_reason", ChannelChoice.Reason.class)),
              Columns.optionalInstant(row, "verified_at")
                  .<Verification>map(Verification.Verified::new)
                  .orElseGet(Verification.Pending::new),
              Columns.instant(row, "created_at"));

  private IdentityRows() {}

  static Optional<Identity> find(Handle handle, TeamId team, IdentityId identity) {
    return find(handle, team, List.of(identity)).getFirst();
  }

  /** Those with these ids, in their order. */
  static List<Optional<Identity>> find(Handle handle, TeamId team, List<IdentityId> identities) {
    Map<IdentityId, Identity> found =
        handle
            .createQuery("SELECT * FROM identity WHERE team_id = :team AND id = ANY (:ids)")
            .bind("team", team.value())
            .bind("ids", SqlArray.uuids(identities.stream().map(IdentityId::value).toList()))
            .map(IDENTITY)
            .collect(toMap(Identity::id, identity()));
    return identities.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
  }

  static Optional<Identity> findDefault(Handle handle, TeamId team, MemberId member) {
    return handle
        .createQuery(
            """
            SELECT * FROM identity
             WHERE team_id = :team AND member_id = :member AND standing = 'DEFAULT'\
            """)
        .bind("team", team.value())
        .bind("member", member.value())
        .map(IDENTITY)
        .findOne();
  }

  /** Oldest first. */
  static List<Identity> ofTeam(Handle handle, TeamId team) {
    return handle
        .createQuery("SELECT * FROM identity WHERE team_id = :team ORDER BY id")
        .bind("team", team.value())
        .map(IDENTITY)
        .list();
  }

  /** Oldest first. */
  static List<Identity> ofMember(Handle handle, TeamId team, MemberId member) {
    return handle
        .createQuery(
            "SELECT * FROM identity WHERE team_id = :team AND member_id = :member ORDER BY id")
        .bind("team", team.value())
        .bind("member", member.value())
        .map(IDENTITY)
        .list();
  }

  /** What is told of an identity, as it is now. */
  static JdbiEvents.Draft event(EventKind kind, Identity identity) {
    return new JdbiEvents.Draft(kind, data(identity));
  }

  static JdbiEvents.Draft channelChanged(Identity identity, ChannelChoice before) {
    Map<String, String> data = data(identity);
    data.put("previousChannelId", before.channel().value().toString());
    return new JdbiEvents.Draft(EventKind.IDENTITY_CHANNEL_CHANGED, data);
  }

  private static Map<String, String> data(Identity identity) {
    Map<String, String> data = new HashMap<>();
    data.put("identityId", identity.id().value().toString());
    data.put("address", identity.mailbox().address().toString());
    data.put("channelId", identity.channel().value().toString());
    data.put("reason", identity.choice().reason().name());
    return data;
  }
}
