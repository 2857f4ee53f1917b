package io.leverans.persistence;

import io.leverans.application.port.out.Lanes.Permit;
import io.leverans.application.port.out.Lanes.Taking;
import io.leverans.domain.channel.Forecast.Amount;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.Pace;
import io.leverans.persistence.JdbiLanes.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Permits of one lane, in the caller's transaction, which keeps the lane locked. */
final class LanePermits {
  /** For how long one may be used. */
  private static final Duration VALIDITY = Duration.ofMinutes(1);

  /** Who was told GO in time may have waited for a lock before. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** What is known of a lane is believed for so long: its pace may be another one by then. */
  private static final Duration LONGEST_BELIEF = Duration.ofMinutes(15);

  /** The room of a lane that one around it closed. */
  private static final int UNKNOWN = Integer.MAX_VALUE;

  private static final Amount ONE = new Amount(1, 1);

  private final Handle handle;
  private final Lane lane;

  LanePermits(Handle handle, Lane lane) {
    this.handle = handle;
    this.lane = lane;
  }

  /** An answer for each, in order. */
  List<Taking> take(List<Wish> wishes, UsedLanes used) {
    LaneRow.lock(handle, lane);
    Map<Duration, Amount> passed = passedIn(windows(wishes));
    List<Optional<Limit>> obstacles = new ArrayList<>();
    List<Amount> granted = new ArrayList<>();
    for (Wish wish : wishes) {
      Optional<Limit> obstacle = wish.pace().obstacle(passed, wish.amount());
      if (obstacle.isEmpty()) {
        granted.add(wish.amount());
        passed.replaceAll((_, before) -> before.plus(wish.amount()));
      }
      obstacles.add(obstacle);
    }
    List<Permit> permits = insert(granted);
    note(wishes.getLast().pace(), passed);
    used.note(lane, wishes.getLast().pace(), passed);
    return answers(wishes, obstacles, permits);
  }

  private List<Taking> answers(
      List<Wish> wishes, List<Optional<Limit>> obstacles, List<Permit> permits) {
    List<Taking> answers = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < wishes.size(); i++) {
      Amount amount = wishes.get(i).amount();
      Optional<Limit> obstacle = obstacles.get(i);
      answers.add(
          obstacle.isEmpty()
              ? new Taking.Granted(permits.get(next++))
              : new Taking.Closed(obstacle.get(), reopens(obstacle.get(), amount)));
    }
    return answers;
  }

  private static List<Duration> windows(List<Wish> wishes) {
    return wishes.stream().flatMap(wish -> wish.pace().windows().stream()).distinct().toList();
  }

  /** What counts in each of these windows. */
  private Map<Duration, Amount> passedIn(List<Duration> windows) {
    Map<Duration, Amount> passed = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT w.millis, coalesce(sum(p.messages), 0) AS messages,
                   coalesce(sum(p.recipients), 0) AS recipients
              FROM unnest(:windows) AS w (millis)
              LEFT JOIN lane_permit p
                ON p.lane = :lane
               AND p.counts_at > statement_timestamp() - w.millis * interval '1 millisecond'
             GROUP BY w.millis\
            """)
        .bind("lane", lane.name())
        .bind("windows", SqlArray.longs(windows.stream().map(Duration::toMillis).toList()))
        .map(
            (row, _) ->
                passed.put(
                    Duration.ofMillis(row.getLong("millis")),
                    new Amount(row.getLong("messages"), row.getLong("recipients"))))
        .list();
    return passed;
  }

  private List<Permit> insert(List<Amount> amounts) {
    if (amounts.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(
            """
            INSERT INTO lane_permit (lane, counts_at, messages, recipients)
            SELECT :lane, clock_timestamp() + (:validity + :grace) * interval '1 millisecond',
                   a.messages, a.recipients
              FROM unnest(:messages, :recipients) AS a (messages, recipients)
            RETURNING number, counts_at\
            """)
        .bind("lane", lane.name())
        .bind("validity", VALIDITY.toMillis())
        .bind("grace", GRACE.toMillis())
        .bind("messages", SqlArray.longs(Columns.each(amounts, Amount::messages)))
        .bind("recipients", SqlArray.longs(Columns.each(amounts, Amount::recipients)))
        .map(
            (row, _) ->
                new Permit(
                    lane, row.getLong("number"), Columns.instant(row, "counts_at").minus(GRACE)))
        .list();
  }

  /** Tells everybody how much more may pass, and forgets what counts no more. */
  private void note(Pace pace, Map<Duration, Amount> passed) {
    long room = pace.room(passed);
    Duration reopens =
        pace.obstacle(passed, ONE).map(limit -> reopens(limit, ONE)).orElse(Duration.ZERO);
    handle
        .createUpdate(
            """
            WITH remembered AS (
              UPDATE lane
                 SET room = :room,
                     reopens_at = statement_timestamp() + :reopens * interval '1 millisecond',
                     believed_until = statement_timestamp()
                       + least(:reopens, :longest) * interval '1 millisecond',
                     memory = greatest(memory, :memory)
               WHERE lane = :lane
              RETURNING memory)
            DELETE FROM lane_permit
             WHERE lane = :lane
               AND counts_at < statement_timestamp()
                     - (SELECT memory FROM remembered) * interval '1 millisecond'\
            """)
        .bind("lane", lane.name())
        .bind("memory", pace.memory().toMillis())
        .bind("longest", LONGEST_BELIEF.toMillis())
        .bind("room", Math.min(room, Integer.MAX_VALUE))
        .bind("reopens", reopens.toMillis())
        .execute();
  }

  /**
   * After which so much may pass, as far as the limit goes: when enough of what passed leaves the
   * window. What has a permit is taken to pass now.
   */
  private Duration reopens(Limit limit, Amount amount) {
    long leftOver = limit.atMost() - limit.charged(amount);
    return handle
        .createQuery(
            """
            SELECT coalesce(ceil(extract(epoch FROM max(least(counts_at, clock_timestamp()))
                     + :window * interval '1 millisecond' - clock_timestamp()) * 1000), 0)::bigint
              FROM (SELECT counts_at,
                           sum(<counted>) OVER (ORDER BY counts_at DESC, number DESC) AS newer
                      FROM lane_permit
                     WHERE lane = :lane
                       AND counts_at > statement_timestamp() - :window * interval '1 millisecond') p
             WHERE newer > :leftOver\
            """)
        .define("counted", limit.counted() == Limit.Counted.MESSAGES ? "messages" : "recipients")
        .bind("lane", lane.name())
        .bind("window", limit.window().toMillis())
        .bind("leftOver", leftOver)
        .mapTo(Long.class)
        .map(Duration::ofMillis)
        .one();
  }

  List<Permit> passed(List<Permit> permits) {
    LaneRow.lock(handle, lane);
    handle
        .createUpdate(
            """
            UPDATE lane_permit SET counts_at = statement_timestamp()
             WHERE lane = :lane AND number = ANY (:numbers) AND counts_at > statement_timestamp()\
            """)
        .bind("lane", lane.name())
        .bind("numbers", SqlArray.longs(Columns.each(permits, Permit::number)))
        .execute();
    return permits;
  }

  void remove(Permit permit) {
    LaneRow.lock(handle, lane);
    handle
        .createUpdate("DELETE FROM lane_permit WHERE lane = :lane AND number = :number")
        .bind("lane", lane.name())
        .bind("number", permit.number())
        .execute();
    forgetOwnRoom();
  }

  /** What a lane around it said still holds. */
  private void forgetOwnRoom() {
    handle
        .createUpdate(
            """
            UPDATE lane SET room = NULL, reopens_at = now(), believed_until = NULL
             WHERE lane = :lane AND room < :unknown\
            """)
        .bind("lane", lane.name())
        .bind("unknown", UNKNOWN)
        .execute();
  }

  /** What its own pace lets pass when it opens is found out then. */
  void close(Duration length) {
    LaneRow.lock(handle, lane);
    handle
        .createUpdate(
            """
            UPDATE lane
               SET room = :unknown,
                   reopens_at = greatest(reopens_at, statement_timestamp()
                     + :length * interval '1 millisecond'),
                   believed_until = greatest(believed_until, statement_timestamp()
                     + least(:length, :longest) * interval '1 millisecond')
             WHERE lane = :lane\
            """)
        .bind("lane", lane.name())
        .bind("unknown", UNKNOWN)
        .bind("length", length.toMillis())
        .bind("longest", LONGEST_BELIEF.toMillis())
        .execute();
  }

  /** Who comes second finds it believed again. */
  boolean mayBeAsked() {
    return handle
            .createUpdate(
                """
                UPDATE lane
                   SET believed_until = least(reopens_at, now() + :longest * interval '1 millisecond')
                 WHERE lane = :lane AND room IS NOT NULL
                   AND believed_until <= now() AND reopens_at > now()\
                """)
            .bind("lane", lane.name())
            .bind("longest", LONGEST_BELIEF.toMillis())
            .execute()
        > 0;
  }

  /** What is known of its room is forgotten, if anything is. */
  void reopen() {
    handle
        .createUpdate(
            """
            UPDATE lane SET room = NULL, reopens_at = now(), believed_until = NULL
             WHERE lane = :lane AND room IS NOT NULL\
            """)
        .bind("lane", lane.name())
        .execute();
  }
}
