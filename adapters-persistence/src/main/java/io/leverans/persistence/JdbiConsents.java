package io.leverans.persistence;

import io.leverans.application.port.out.Consents;
import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.MemberId;
import io.leverans.domain.team.TeamId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The consents' rows. */
public final class JdbiConsents implements Consents {
  private final Jdbi jdbi;

  public JdbiConsents(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Instant begin(Consent consent, LinkCode ticket, String apiKey, Duration validFor) {
    return jdbi.withHandle(handle -> insert(handle, consent, ticket, apiKey, validFor));
  }

  private static Instant insert(
      Handle handle, Consent consent, LinkCode ticket, String apiKey, Duration validFor) {
    return handle
        .createQuery(
            """
            INSERT INTO consent (team_id, ticket_hash, key_hash, channel_id, aim, kind, label,
                                 member_id, settings, secrets, redirect, ends_at)
            VALUES (:team, :ticket, :key, :channel, :aim, :kind, :label, :member,
                    CAST(:settings AS jsonb), :secrets, :redirect,
                    now() + :millis * interval '1 millisecond')
            RETURNING ends_at\
            """)
        .bind("team", consent.team().value())
        .bind("ticket", Hash.of(ticket.secret()))
        .bind("key", Hash.of(apiKey))
        .bind("channel", consent.channel().value())
        .bind("aim", consent.aim().name())
        .bind("kind", consent.kind().name())
        .bind("label", consent.label())
        .bind("member", member(consent.owner()))
        .bind("settings", Json.write(consent.settings().values()))
        .bind("secrets", consent.secrets().base64())
        .bind("redirect", consent.redirect().map(URI::toString))
        .bind("millis", validFor.toMillis())
        .map((row, _) -> Columns.instant(row, "ends_at"))
        .one();
  }

  private static Optional<UUID> member(ChannelOwner owner) {
    return switch (owner) {
      case ChannelOwner.OfMember(_, var member) -> Optional.of(member.value());
      case ChannelOwner.OfTeam _, ChannelOwner.Platform _ -> Optional.empty();
    };
  }

  @Override
  public Optional<Asked> find(LinkCode ticket) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM consent
                     WHERE team_id = :team AND ticket_hash = :ticket AND ends_at > now()\
                    """)
                .bind("team", ticket.team().value())
                .bind("ticket", Hash.of(ticket.secret()))
                .map((row, _) -> asked(handle, row))
                .findOne());
  }

  @Override
  public Departed depart(LinkCode ticket, Departure departure) {
    int noted =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE consent
                           SET state_hash = :state, browser_hash = :browser, secrets = :secrets
                         WHERE team_id = :team AND ticket_hash = :ticket AND ends_at > now()\
                        """)
                    .bind("team", ticket.team().value())
                    .bind("ticket", Hash.of(ticket.secret()))
                    .bind("state", Hash.of(departure.state().secret()))
                    .bind("browser", Hash.of(departure.browser().secret()))
                    .bind("secrets", departure.secrets().base64())
                    .execute());
    return noted == 1 ? Departed.NOTED : Departed.GONE;
  }

  @Override
  public Optional<Asked> conclude(LinkCode state, LinkCode browser) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    DELETE FROM consent
                     WHERE team_id = :team AND state_hash = :state AND browser_hash = :browser
                       AND ends_at > now()
                    RETURNING *\
                    """)
                .bind("team", state.team().value())
                .bind("state", Hash.of(state.secret()))
                .bind("browser", Hash.of(browser.secret()))
                .map((row, _) -> asked(handle, row))
                .findOne());
  }

  @Override
  public int clearEnded() {
    return jdbi.withHandle(handle -> handle.execute("DELETE FROM consent WHERE ends_at <= now()"));
  }

  @Override
  public void clear(TeamId team, ChannelId channel) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("DELETE FROM consent WHERE team_id = :team AND channel_id = :channel")
                .bind("team", team.value())
                .bind("channel", channel.value())
                .execute());
  }

  @Override
  public int clearAll() {
    return jdbi.withHandle(handle -> handle.execute("DELETE FROM consent"));
  }

  private static Asked asked(Handle handle, ResultSet row) throws SQLException {
    TeamId team = new TeamId(row.getLong("team_id"));
    return new Asked(
        consent(row, team), JdbiApiKeys.holder(handle, team, row.getBytes("key_hash")));
  }

  private static Consent consent(ResultSet row, TeamId team) throws SQLException {
    return new Consent(
        new ChannelId(Columns.uuid(row, "channel_id")),
        Columns.constant(row, "aim", Aim.class),
        new ChannelKind(row.getString("kind")),
        row.getString("label"),
        Columns.optionalUuid(row, "member_id")
            .<ChannelOwner>map(member -> new ChannelOwner.OfMember(team, new MemberId(member)))
            .orElseGet(() -> new ChannelOwner.OfTeam(team)),
        new ChannelSettings(Json.texts(row.getString("settings"))),
        new SealedSecrets(row.getString("secrets")),
        Columns.optionalText(row, "redirect").map(URI::create));
  }
}
