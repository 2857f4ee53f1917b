package io.leverans.persistence;

import io.leverans.domain.bounce.MailboxPlace;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.team.TeamId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What other tables' changes mean for mailboxes, in the same transaction. */
final class MailboxRows {
  /** Longer than a mailbox is ever read back. */
  private static final String TOO_OLD_TO_COME_AGAIN = "interval '90 days'";

  private MailboxRows() {}

  /** Whether a mail was read before. */
  enum Reading {
    FIRST,
    REPEATED
  }

  /** Notes that a mail is taken in. Of two who do so at once, one waits and then sees it noted. */
  static Reading note(Handle handle, MailboxPlace place) {
    int noted =
        handle
            .createUpdate(
                """
                INSERT INTO mailbox_report (team_id, channel_id, key)
                VALUES (:team, :channel, :key)
                ON CONFLICT DO NOTHING\
                """)
            .bind("team", place.team().value())
            .bind("channel", place.channel().value())
            .bind("key", place.key())
            .execute();
    return noted == 1 ? Reading.FIRST : Reading.REPEATED;
  }

  /** The channel connects otherwise now: whoever reads with what was before is to stop. */
  static void lookAnew(Handle handle, TeamId team, ChannelId channel) {
    handle
        .createUpdate(
            """
            UPDATE mailbox SET due_at = now(), lease = NULL, leased_until = NULL, faults = 0
             WHERE team_id = :team AND channel_id = :channel\
            """)
        .bind("team", team.value())
        .bind("channel", channel.value())
        .execute();
  }

  /** The channel is gone. */
  static void remove(Handle handle, TeamId team, ChannelId channel) {
    for (String table : List.of("mailbox", "mailbox_report")) {
      handle
          .createUpdate("DELETE FROM <table> WHERE team_id = :team AND channel_id = :channel")
          .define("table", table)
          .bind("team", team.value())
          .bind("channel", channel.value())
          .execute();
    }
  }

  /** Once a day. */
  static void prune(Handle handle, TeamId team, ChannelId channel) {
    int due =
        handle
            .createUpdate(
                """
                UPDATE mailbox SET pruned_at = now()
                 WHERE team_id = :team AND channel_id = :channel
                   AND pruned_at < now() - interval '1 day'\
                """)
            .bind("team", team.value())
            .bind("channel", channel.value())
            .execute();
    if (due == 1) {
      handle
          .createUpdate(
              """
              DELETE FROM mailbox_report
               WHERE team_id = :team AND channel_id = :channel AND taken_at < now() - <age>\
              """)
          .define("age", TOO_OLD_TO_COME_AGAIN)
          .bind("team", team.value())
          .bind("channel", channel.value())
          .execute();
    }
  }
}
