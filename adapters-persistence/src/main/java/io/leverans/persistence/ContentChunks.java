package io.leverans.persistence;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A content that is too large for one row, as it is written: piece by piece in the caller's
 * transaction, with one of them in memory.
 */
final class ContentChunks {
  /** Of every piece but the last. What is not larger lies in one row and comes along with it. */
  static final int OCTETS = 256 * 1024;

  /** In place of the channel of logged mail, which has none. */
  static final ChannelId NO_CHANNEL = new ChannelId(new UUID(0, 0));

  private ContentChunks() {}

  static boolean isLarge(Octets content) {
    return content.size() > OCTETS;
  }

  /** What stands in the content's own row: all of it, or nothing of what lies in pieces. */
  static byte @Nullable [] inRow(Octets content) {
    if (isLarge(content)) {
      return null;
    }
    try {
      return content.toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a content cannot be read", e);
    }
  }

  /** The size that stands in its row: of what lies in pieces only. */
  static @Nullable Long sizeInRow(Octets content) {
    return isLarge(content) ? content.size() : null;
  }

  /** Writes the pieces, if it is large. Its message is written already. */
  static void insert(
      Handle handle, TeamId team, MessageId message, ChannelId channel, Octets content) {
    if (!isLarge(content)) {
      return;
    }
    try (InputStream in = content.open()) {
      long written = 0;
      int position = 0;
      for (byte[] bytes = in.readNBytes(OCTETS); bytes.length > 0; bytes = in.readNBytes(OCTETS)) {
        insert(handle, team, message, channel, position, bytes);
        written += bytes.length;
        position++;
      }
      if (written != content.size()) {
        throw new IllegalStateException(
            "a content of %d octets gave %d".formatted(content.size(), written));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a content cannot be read", e);
    }
  }

  private static void insert(
      Handle handle,
      TeamId team,
      MessageId message,
      ChannelId channel,
      int position,
      byte[] bytes) {
    handle
        .createUpdate(
            """
            INSERT INTO content_chunk (team_id, message_id, channel_id, position, bytes)
            VALUES (:team, :message, :channel, :position, :bytes)\
            """)
        .bind("team", team.value())
        .bind("message", message.value())
        .bind("channel", channel.value())
        .bind("position", position)
        .bind("bytes", bytes)
        .execute();
  }
}
