package io.leverans.persistence;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * A large content, read from the database each time it is opened, piece by piece as it is wanted:
 * no connection is kept while somebody slow reads.
 */
record StoredContent(
    Jdbi jdbi, Shelf shelf, TeamId team, MessageId message, ChannelId channel, long size)
    implements Octets {
  /** Up to so many octets a content is fetched along with its row; larger ones only when opened. */
  static final int FETCHED_AT_ONCE = ContentChunks.OCTETS;

  /** Where a content lies, as a whole where the version before wrote it. */
  enum Shelf {
    /** As composed for a channel. */
    COMPOSED(
        """
        SELECT bytes FROM content_chunk
         WHERE team_id = :team AND message_id = :message AND channel_id = :channel
           AND position = :position
         UNION ALL
        SELECT substring(bytes FROM :position * :octets + 1 FOR :octets) FROM message_content
         WHERE team_id = :team AND message_id = :message AND channel_id = :channel
           AND bytes IS NOT NULL\
        """),
    /** As somebody else sent it. */
    LOGGED(
        """
        SELECT bytes FROM content_chunk
         WHERE team_id = :team AND message_id = :message AND channel_id = :channel
           AND position = :position
         UNION ALL
        SELECT substring(bytes FROM :position * :octets + 1 FOR :octets) FROM logged_content
         WHERE team_id = :team AND message_id = :message AND bytes IS NOT NULL\
        """);

    private final String piece;

    Shelf(String piece) {
      this.piece = piece;
    }
  }

  /**
   * A composed one, from columns {@code size} and {@code bytes}, the latter null for a large one.
   */
  static Octets composed(
      ResultSet row, Jdbi jdbi, TeamId team, MessageId message, ChannelId channel)
      throws SQLException {
    return of(row, jdbi, Shelf.COMPOSED, team, message, channel);
  }

  /** A logged one, from the same columns. */
  static Octets logged(ResultSet row, Jdbi jdbi, TeamId team, MessageId message)
      throws SQLException {
    return of(row, jdbi, Shelf.LOGGED, team, message, ContentChunks.NO_CHANNEL);
  }

  private static Octets of(
      ResultSet row, Jdbi jdbi, Shelf shelf, TeamId team, MessageId message, ChannelId channel)
      throws SQLException {
    byte[] bytes = row.getBytes("bytes");
    return bytes == null
        ? new StoredContent(jdbi, shelf, team, message, channel, row.getLong("size"))
        : Octets.of(bytes);
  }

  @Override
  public InputStream open() {
    return new Pieces();
  }

  private Optional<byte[]> piece(int position) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(shelf.piece)
                .bind("team", team.value())
                .bind("message", message.value())
                .bind("channel", channel.value())
                .bind("position", position)
                .bind("octets", ContentChunks.OCTETS)
                .mapTo(byte[].class)
                .findOne());
  }

  /** All pieces, one after the other. */
  private final class Pieces extends InputStream {
    private byte[] piece = {};
    private int next;
    private int position;
    private long left = size;

    @Override
    public int read() throws IOException {
      return isAtEnd() ? -1 : Byte.toUnsignedInt(piece[next++]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (isAtEnd()) {
        return -1;
      }
      int given = Math.min(length, piece.length - next);
      System.arraycopy(piece, next, target, offset, given);
      next += given;
      return given;
    }

    private boolean isAtEnd() throws IOException {
      if (next < piece.length) {
        return false;
      }
      if (left == 0) {
        return true;
      }
      piece = fetched();
      next = 0;
      position++;
      left -= piece.length;
      return false;
    }

    private byte[] fetched() throws IOException {
      Optional<byte[]> found;
      try {
        found = piece(position);
      } catch (JdbiException e) {
        throw new IOException("the stored message cannot be read", e);
      }
      return found
          .filter(bytes -> bytes.length == Math.min(left, ContentChunks.OCTETS))
          .orElseThrow(() -> new IOException("a piece of the stored message is not there"));
    }
  }
}
