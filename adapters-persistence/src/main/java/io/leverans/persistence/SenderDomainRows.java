package io.leverans.persistence;

import io.leverans.application.view.EventKind;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.senderdomain.DkimKeys;
import io.leverans.domain.senderdomain.DkimKeys.RetiredKey;
import io.leverans.domain.senderdomain.DomainName;
import io.leverans.domain.senderdomain.DomainStanding;
import io.leverans.domain.senderdomain.DomainStanding.Lapsed;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.DomainStanding.Pending;
import io.leverans.domain.senderdomain.DomainStanding.Working;
import io.leverans.domain.senderdomain.PublishedKey;
import io.leverans.domain.senderdomain.SenderDomain;
import io.leverans.domain.senderdomain.SenderDomain.Alias;
import io.leverans.domain.senderdomain.SenderDomainId;
import io.leverans.domain.senderdomain.Sight;
import io.leverans.domain.senderdomain.Sights;
import io.leverans.domain.team.TeamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/** Sender domains to and from their rows. */
final class SenderDomainRows {
  static final RowMapper<SenderDomain> DOMAIN =
      (row, _) ->
          new SenderDomain(
              new TeamId(row.getLong("team_id")),
              new SenderDomainId(Columns.uuid(row, "id")),
              new DomainName(row.getString("name")),
              row.getString("proof_token"),
              standing(row),
              new Sights(sight(row, "proof"), sight(row, "key")),
              keys(row),
              Columns.constant(row, "alias", Alias.class),
              new SealedSecrets(row.getString("secrets")),
              Columns.optionalInstant(row, "checked_at"));

  private SenderDomainRows() {}

  /** How a standing is called in its column. */
  enum Word {
    PENDING,
    WORKING,
    LAPSING,
    LAPSED;

    static Word of(DomainStanding standing) {
      return switch (standing) {
        case Pending _ -> PENDING;
        case Working _ -> WORKING;
        case Lapsing _ -> LAPSING;
        case Lapsed _ -> LAPSED;
      };
    }
  }

  private static DomainStanding standing(ResultSet row) throws SQLException {
    return switch (Columns.constant(row, "standing", Word.class)) {
      case PENDING -> new Pending(Columns.optionalInstant(row, "standing_since"));
      case WORKING -> new Working(Columns.instant(row, "standing_since"));
      case LAPSING -> new Lapsing(Columns.instant(row, "standing_since"));
      case LAPSED -> new Lapsed(Columns.instant(row, "standing_since"));
    };
  }

  private static Optional<Instant> since(DomainStanding standing) {
    return switch (standing) {
      case Pending(var since) -> since;
      case Working(var since) -> Optional.of(since);
      case Lapsing(var since) -> Optional.of(since);
      case Lapsed(var since) -> Optional.of(since);
    };
  }

  /** How a sight is called in its column. */
  enum SightWord {
    SEEN,
    MISSED,
    GONE;

    static SightWord of(Sight sight) {
      return switch (sight) {
        case Sight.Seen _ -> SEEN;
        case Sight.Missed _ -> MISSED;
        case Sight.Gone _ -> GONE;
      };
    }
  }

  private static Sight sight(ResultSet row, String which) throws SQLException {
    String missedAt = which + "_missed_at";
    return switch (Columns.constant(row, which + "_sight", SightWord.class)) {
      case SEEN -> new Sight.Seen();
      case MISSED -> new Sight.Missed(Columns.instant(row, missedAt));
      case GONE -> new Sight.Gone(Columns.instant(row, missedAt));
    };
  }

  private static Optional<Instant> missedAt(Sight sight) {
    return switch (sight) {
      case Sight.Seen _ -> Optional.empty();
      case Sight.Missed(var since) -> Optional.of(since);
      case Sight.Gone(var since) -> Optional.of(since);
    };
  }

  private static DkimKeys keys(ResultSet row) throws SQLException {
    Optional<PublishedKey> previous = key(row, "previous");
    return new DkimKeys(
        key(row, "active").orElseThrow(),
        key(row, "next"),
        previous.isEmpty()
            ? Optional.empty()
            : Optional.of(new RetiredKey(previous.get(), Columns.instant(row, "previous_until"))));
  }

  private static Optional<PublishedKey> key(ResultSet row, String which) throws SQLException {
    Optional<String> selector = Columns.optionalText(row, which + "_selector");
    return selector.isEmpty()
        ? Optional.empty()
        : Optional.of(new PublishedKey(selector.get(), row.getString(which + "_key")));
  }

  /** Binds every column that a change may touch. */
  static <S extends SqlStatement<S>> S bind(S statement, SenderDomain domain) {
    DkimKeys keys = domain.keys();
    return statement
        .bind("team", domain.team().value())
        .bind("id", domain.id().value())
        .bind("standing", Word.of(domain.standing()).name())
        .bind("since", since(domain.standing()))
        .bind("proofSight", SightWord.of(domain.sights().proof()).name())
        .bind("proofMissedAt", missedAt(domain.sights().proof()))
        .bind("keySight", SightWord.of(domain.sights().key()).name())
        .bind("keyMissedAt", missedAt(domain.sights().key()))
        .bind("activeSelector", keys.active().selector())
        .bind("activeKey", keys.active().publicKey())
        .bind("nextSelector", keys.next().map(PublishedKey::selector))
        .bind("nextKey", keys.next().map(PublishedKey::publicKey))
        .bind("previousSelector", keys.previous().map(retired -> retired.key().selector()))
        .bind("previousKey", keys.previous().map(retired -> retired.key().publicKey()))
        .bind("previousUntil", keys.previous().map(RetiredKey::until))
        .bind("alias", domain.alias().name())
        .bind("secrets", domain.secrets().base64())
        .bind("checkedAt", domain.checkedAt())
        .bind("pause", domain.checkedAgainAfter().map(Duration::toSeconds));
  }

  /** A domain that nobody changes until this transaction ends. */
  static Optional<SenderDomain> lock(Handle handle, TeamId team, SenderDomainId domain) {
    return handle
        .createQuery(
            "SELECT * FROM sender_domain WHERE team_id = :team AND id = :id FOR NO KEY UPDATE")
        .bind("team", team.value())
        .bind("id", domain.value())
        .map(DOMAIN)
        .findOne();
  }

  /** What is told of a domain. */
  static JdbiEvents.Draft event(EventKind kind, SenderDomain domain) {
    Map<String, String> data = new HashMap<>();
    data.put("domainId", domain.id().value().toString());
    data.put("name", domain.name().text());
    if (kind == EventKind.DOMAIN_LAPSING && domain.standing() instanceof Lapsing lapsing) {
      data.put("fallsBackAt", lapsing.fallsBackAt().toString());
      data.put("signer", domain.signer().name().toLowerCase(Locale.ROOT));
    }
    if (kind == EventKind.DOMAIN_KEY_ROTATED) {
      data.put("selector", domain.keys().active().selector());
      domain
          .keys()
          .previous()
          .ifPresent(
              retired -> {
                data.put("previousSelector", retired.key().selector());
                data.put("previousUntil", retired.until().toString());
              });
    }
    return new JdbiEvents.Draft(kind, data);
  }
}
