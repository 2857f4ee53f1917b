package io.leverans.persistence;

import io.leverans.application.port.out.Channels.SecretsRenewal;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.team.TeamId;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Renewals of secrets, each with a row locked and a connection held for as long as the provider
 * takes to answer. The connections are these renewals' own: slow providers take none from others,
 * and what a provider gave is stored whatever the others do.
 */
final class SecretRenewals {
  static final int AT_A_TIME = 3;

  /**
   * The provider may take ten seconds, and the keys to seal with are looked up before: meanwhile
   * nothing is said to the server. What a provider gives once must not be lost.
   */
  private static final String PATIENCE =
      "SET LOCAL lock_timeout = '3s'; SET LOCAL idle_in_transaction_session_timeout = '25s'";

  /** PostgreSQL's {@code lock_not_available}. */
  private static final String NOT_LOCKED_IN_TIME = "55P03";

  private final Jdbi jdbi;

  /**
   * Over connections that nobody else uses.
   *
   * @param jdbi gives a connection within seconds, or none
   */
  SecretRenewals(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  SecretsRenewal renew(
      TeamId team, ChannelId channel, Function<Channel, Optional<SealedSecrets>> maker) {
    Optional<Handle> free = connection();
    if (free.isEmpty()) {
      return new SecretsRenewal.Busy();
    }
    try (Handle handle = free.get()) {
      return handle.inTransaction(transaction -> renewed(transaction, team, channel, maker));
    }
  }

  /** Empty if all are in use; a database that is away is another matter. */
  private Optional<Handle> connection() {
    try {
      return Optional.of(jdbi.open());
    } catch (ConnectionException e) {
      if (e.getCause() instanceof SQLTransientConnectionException timeout
          && timeout.getCause() == null) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static SecretsRenewal renewed(
      Handle handle,
      TeamId team,
      ChannelId channel,
      Function<Channel, Optional<SealedSecrets>> maker) {
    Optional<Channel> locked;
    try {
      handle.execute(PATIENCE);
      locked = ChannelRows.lock(handle, team.value(), channel);
    } catch (UnableToExecuteStatementException e) {
      if (isLockedByAnother(e)) {
        handle.rollback();
        return new SecretsRenewal.Busy();
      }
      throw e;
    }
    locked.flatMap(maker).ifPresent(secrets -> store(handle, team, channel, secrets));
    return locked
        .flatMap(_ -> ChannelRows.find(handle, team, channel))
        .<SecretsRenewal>map(SecretsRenewal.Asked::new)
        .orElseGet(SecretsRenewal.Gone::new);
  }

  private static boolean isLockedByAnother(UnableToExecuteStatementException e) {
    return e.getCause() instanceof SQLException refused
        && NOT_LOCKED_IN_TIME.equals(refused.getSQLState());
  }

  private static void store(Handle handle, TeamId team, ChannelId channel, SealedSecrets secrets) {
    handle
        .createUpdate("UPDATE channel SET secrets = :secrets WHERE team_id = :team AND id = :id")
        .bind("team", team.value())
        .bind("id", channel.value())
        .bind("secrets", secrets.base64())
        .execute();
  }
}
