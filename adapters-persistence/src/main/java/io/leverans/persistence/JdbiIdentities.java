package io.leverans.persistence;

import io.leverans.application.port.out.ChoiceTerms;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.application.view.EventKind;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.ChannelChoice;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Identities as rows, and the hashes of the codes that prove them. */
public final class JdbiIdentities implements Identities {
  private final Jdbi jdbi;
  private final SharedTrips<TeamId, IdentityId, Optional<Identity>> finding;

  public JdbiIdentities(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.finding = SharedTrips.reading(jdbi, IdentityRows::find);
  }

  @Override
  public Creation create(NewIdentity identity, ChoiceTerms terms) {
    return jdbi.inTransaction(
        handle -> {
          ChannelChoosing.lock(handle, identity.team());
          return insert(handle, identity, terms)
              .map(
                  created -> {
                    tell(handle, EventKind.IDENTITY_CREATED, created);
                    return Creation.CREATED;
                  })
              .orElse(Creation.ADDRESS_TAKEN);
        });
  }

  /** Under the lock, so that of two first identities at the same time one becomes the default. */
  private static Optional<Identity> insert(Handle handle, NewIdentity identity, ChoiceTerms terms) {
    Identity.Standing standing =
        IdentityRows.findDefault(handle, identity.team(), identity.member()).isPresent()
            ? Identity.Standing.ADDITIONAL
            : Identity.Standing.DEFAULT;
    ChannelChoice choice =
        ChannelChoosing.among(handle, identity.team(), terms)
            .decide(identity.member(), standing, Optional.empty());
    return handle
        .createQuery(
            """
            INSERT INTO identity (team_id, id, member_id, name, address, mailbox_key, signature,
                                  replies, standing, channel_id, choice_reason, verified_at)
            VALUES (:team, :id, :member, :name, :address, :mailboxKey, :signature,
                    :replies, :standing, :channel, :reason,
                    CASE WHEN :proof = 'VOUCHED_FOR' THEN now() END)
            ON CONFLICT (team_id, member_id, mailbox_key) DO NOTHING
            RETURNING *\
            """)
        .bind("team", identity.team().value())
        .bind("id", identity.id().value())
        .bind("member", identity.member().value())
        .bind("name", identity.mailbox().name())
        .bind("address", identity.mailbox().address().toString())
        .bind("mailboxKey", MailboxKey.of(identity.mailbox().address()))
        .bind("signature", identity.signature())
        .bind("replies", identity.replies().name())
        .bind("standing", standing.name())
        .bind("channel", choice.channel().value())
        .bind("reason", choice.reason().name())
        .bind("proof", identity.proof().name())
        .map(IdentityRows.IDENTITY)
        .findOne();
  }

  @Override
  public Optional<Identity> find(TeamId team, IdentityId identity) {
    return finding.join(team, identity);
  }

  @Override
  public Optional<Identity> find(TeamId team, MemberId member, EmailAddress address) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM identity
                     WHERE team_id = :team AND member_id = :member AND mailbox_key = :mailboxKey\
                    """)
                .bind("team", team.value())
                .bind("member", member.value())
                .bind("mailboxKey", MailboxKey.of(address))
                .map(IdentityRows.IDENTITY)
                .findOne());
  }

  @Override
  public List<Identity> list(TeamId team) {
    return jdbi.withHandle(handle -> IdentityRows.ofTeam(handle, team));
  }

  @Override
  public Optional<Identity> findDefault(TeamId team, MemberId member) {
    return jdbi.withHandle(handle -> IdentityRows.findDefault(handle, team, member));
  }

  @Override
  public Optional<Rechosen> choose(
      TeamId team, IdentityId identity, Optional<ChannelId> chosen, ChoiceTerms terms) {
    return jdbi.inTransaction(
        handle -> {
          ChannelChoosing.lock(handle, team);
          return IdentityRows.find(handle, team, identity)
              .flatMap(found -> ChannelChoosing.among(handle, team, terms).choose(found, chosen));
        });
  }

  @Override
  public List<Rechosen> makeDefault(TeamId team, IdentityId identity, ChoiceTerms terms) {
    return jdbi.inTransaction(
        handle -> {
          ChannelChoosing.lock(handle, team);
          Identity next = IdentityRows.find(handle, team, identity).orElseThrow();
          if (next.standing() == Identity.Standing.DEFAULT) {
            return List.of();
          }
          List<Identity> both =
              Stream.concat(
                      demoted(handle, team, next.member()).stream(),
                      Stream.of(stand(handle, next, Identity.Standing.DEFAULT)))
                  .toList();
          tell(handle, EventKind.IDENTITY_DEFAULT_CHANGED, both.getLast());
          return ChannelChoosing.among(handle, team, terms).decideAnew(both);
        });
  }

  /** First, as there is one default at any time. */
  private static Optional<Identity> demoted(Handle handle, TeamId team, MemberId member) {
    return IdentityRows.findDefault(handle, team, member)
        .map(before -> stand(handle, before, Identity.Standing.ADDITIONAL));
  }

  private static Identity stand(Handle handle, Identity identity, Identity.Standing standing) {
    return handle
        .createQuery(
            """
            UPDATE identity SET standing = :standing WHERE team_id = :team AND id = :id
            RETURNING *\
            """)
        .bind("team", identity.team().value())
        .bind("id", identity.id().value())
        .bind("standing", standing.name())
        .map(IdentityRows.IDENTITY)
        .one();
  }

  @Override
  public void replaceCode(IdentityId identity, LinkCode code, Duration validFor) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO identity_verification (team_id, identity_id, code_hash, expires_at)
                    VALUES (:team, :identity, :hash, now() + :millis * interval '1 millisecond')
                    ON CONFLICT (team_id, identity_id)
                    DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at\
                    """)
                .bind("team", code.team().value())
                .bind("identity", identity.value())
                .bind("hash", Hash.of(code.secret()))
                .bind("millis", validFor.toMillis())
                .execute());
  }

  @Override
  public Optional<Identity> findByCode(LinkCode code) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT i.* FROM identity_verification v
                      JOIN identity i ON i.team_id = v.team_id AND i.id = v.identity_id
                     WHERE v.team_id = :team AND v.code_hash = :hash AND v.expires_at > now()\
                    """)
                .bind("team", code.team().value())
                .bind("hash", Hash.of(code.secret()))
                .map(IdentityRows.IDENTITY)
                .findOne());
  }

  @Override
  public Optional<Identity> verify(LinkCode code) {
    return jdbi.inTransaction(
        handle -> useUp(handle, code).flatMap(id -> verify(handle, code.team(), id)));
  }

  private static Optional<IdentityId> useUp(Handle handle, LinkCode code) {
    return handle
        .createQuery(
            """
            DELETE FROM identity_verification
             WHERE team_id = :team AND code_hash = :hash AND expires_at > now()
            RETURNING identity_id\
            """)
        .bind("team", code.team().value())
        .bind("hash", Hash.of(code.secret()))
        .map((row, _) -> new IdentityId(Columns.uuid(row, "identity_id")))
        .findOne();
  }

  private static Optional<Identity> verify(Handle handle, TeamId team, IdentityId id) {
    handle
        .createUpdate(
            """
            UPDATE identity SET verified_at = coalesce(verified_at, t.now)
              FROM (SELECT now() AS now OFFSET 0) t
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", id.value())
        .execute();
    Optional<Identity> verified = IdentityRows.find(handle, team, id);
    verified.ifPresent(identity -> tell(handle, EventKind.IDENTITY_VERIFIED, identity));
    return verified;
  }

  private static void tell(Handle handle, EventKind kind, Identity identity) {
    JdbiEvents.write(handle, identity.team(), List.of(IdentityRows.event(kind, identity)));
  }
}
