package io.leverans.persistence;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A message as composed for one channel, read from the database each time it is opened. */
record StoredContent(Jdbi jdbi, TeamId team, MessageId message, ChannelId channel, long size)
    implements Octets {
  /** Up to so many octets a message is fetched along with its row; larger ones only when opened. */
  static final int FETCHED_AT_ONCE = 256 * 1024;

  /** From columns {@code size} and {@code bytes}, the latter null for a large message. */
  static Octets of(ResultSet row, Jdbi jdbi, TeamId team, MessageId message, ChannelId channel)
      throws SQLException {
    byte[] bytes = row.getBytes("bytes");
    return bytes == null
        ? new StoredContent(jdbi, team, message, channel, row.getLong("size"))
        : Octets.of(bytes);
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return new ByteArrayInputStream(bytes());
    } catch (JdbiException e) {
      throw new IOException("the stored message cannot be read", e);
    }
  }

  private byte[] bytes() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT bytes FROM message_content
                     WHERE team_id = :team AND message_id = :message AND channel_id = :channel\
                    """)
                .bind("team", team.value())
                .bind("message", message.value())
                .bind("channel", channel.value())
                .mapTo(byte[].class)
                .one());
  }
}
