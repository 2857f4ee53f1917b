package io.leverans.persistence;

import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.NewIdentity;
import io.leverans.application.port.out.VerificationCode;
import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** Identities as rows, and the hashes of the codes that prove them. */
public final class JdbiIdentities implements Identities {
  private static final RowMapper<Identity> IDENTITY =
      (row, _) ->
          new Identity(
              new TeamId(row.getLong("team_id")),
              new IdentityId(Columns.uuid(row, "id")),
              new MemberId(Columns.uuid(row, "member_id")),
              Columns.mailbox(row, "name", "address"),
              Columns.optionalText(row, "signature"),
              Columns.constant(row, "standing", Identity.Standing.class),
              new ChannelId(Columns.uuid(row, "channel_id")),
              Columns.optionalInstant(row, "verified_at")
                  .<Verification>map(Verification.Verified::new)
                  .orElseGet(Verification.Pending::new),
              Columns.instant(row, "created_at"));

  private final Jdbi jdbi;

  public JdbiIdentities(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Creation create(NewIdentity identity) {
    return jdbi.inTransaction(
        handle -> {
          lockMember(handle, identity);
          if (insert(handle, identity) == 0) {
            return Creation.ADDRESS_TAKEN;
          }
          tell(
              handle,
              EventKind.IDENTITY_CREATED,
              identity.team(),
              identity.id(),
              identity.mailbox().address(),
              identity.channel());
          return Creation.CREATED;
        });
  }

  /** So that of two first identities at the same time only one becomes the default. */
  private static void lockMember(Handle handle, NewIdentity identity) {
    handle
        .createQuery(
            """
            SELECT 1 FROM member WHERE team_id = :team AND id = :member FOR NO KEY UPDATE\
            """)
        .bind("team", identity.team().value())
        .bind("member", identity.member().value())
        .mapTo(Integer.class)
        .one();
  }

  private static int insert(Handle handle, NewIdentity identity) {
    return handle
        .createUpdate(
            """
            INSERT INTO identity (team_id, id, member_id, name, address, mailbox_key, signature,
                                  standing, channel_id, verified_at)
            SELECT :team, :id, :member, :name, :address, :mailboxKey, :signature,
                   CASE WHEN EXISTS (SELECT FROM identity
                                      WHERE team_id = :team AND member_id = :member)
                        THEN 'ADDITIONAL' ELSE 'DEFAULT' END,
                   :channel, CASE WHEN :proof = 'VOUCHED_FOR' THEN now() END
            ON CONFLICT (team_id, member_id, mailbox_key) DO NOTHING\
            """)
        .bind("team", identity.team().value())
        .bind("id", identity.id().value())
        .bind("member", identity.member().value())
        .bind("name", identity.mailbox().name())
        .bind("address", identity.mailbox().address().toString())
        .bind("mailboxKey", mailboxKey(identity.mailbox().address()))
        .bind("signature", identity.signature())
        .bind("channel", identity.channel().value())
        .bind("proof", identity.proof().name())
        .execute();
  }

  @Override
  public Optional<Identity> find(TeamId team, IdentityId identity) {
    return jdbi.withHandle(handle -> find(handle, team, identity));
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
                .bind("mailboxKey", mailboxKey(address))
                .map(IDENTITY)
                .findOne());
  }

  @Override
  public List<Identity> list(TeamId team) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM identity WHERE team_id = :team ORDER BY id")
                .bind("team", team.value())
                .map(IDENTITY)
                .list());
  }

  @Override
  public void replaceCode(IdentityId identity, VerificationCode code, Duration validFor) {
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
  public Optional<Identity> findByCode(VerificationCode code) {
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
                .map(IDENTITY)
                .findOne());
  }

  @Override
  public Optional<Identity> verify(VerificationCode code) {
    return jdbi.inTransaction(
        handle -> useUp(handle, code).flatMap(id -> verify(handle, code.team(), id)));
  }

  private static Optional<IdentityId> useUp(Handle handle, VerificationCode code) {
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
            UPDATE identity SET verified_at = coalesce(verified_at, now())
             WHERE team_id = :team AND id = :id\
            """)
        .bind("team", team.value())
        .bind("id", id.value())
        .execute();
    Optional<Identity> verified = find(handle, team, id);
    verified.ifPresent(
        identity ->
            tell(
                handle,
                EventKind.IDENTITY_VERIFIED,
                team,
                id,
                identity.mailbox().address(),
                identity.channel()));
    return verified;
  }

  private static Optional<Identity> find(Handle handle, TeamId team, IdentityId identity) {
    return handle
        .createQuery("SELECT * FROM identity WHERE team_id = :team AND id = :id")
        .bind("team", team.value())
        .bind("id", identity.value())
        .map(IDENTITY)
        .findOne();
  }

  private static void tell(
      Handle handle,
      EventKind kind,
      TeamId team,
      IdentityId identity,
      EmailAddress address,
      ChannelId channel) {
    Map<String, String> data =
        Map.of(
            "identityId", identity.value().toString(),
            "address", address.toString(),
            "channelId", channel.value().toString());
    JdbiEvents.write(handle, team, List.of(new JdbiEvents.Draft(kind, data)));
  }

  /** Equal for addresses that {@link EmailAddress#sameMailbox} calls the same. */
  private static String mailboxKey(EmailAddress address) {
    return address.toString().toLowerCase(Locale.ROOT);
  }
}
