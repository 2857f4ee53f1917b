package io.leverans.persistence;

import io.leverans.application.port.out.LaneFlowContract;
import io.leverans.application.port.out.Lanes;
import io.leverans.application.port.out.LanesContract;
import io.leverans.application.port.out.LanesProperties;
import io.leverans.domain.channel.Lane;
import io.leverans.persistence.embedded.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

class JdbiLanesTest implements LanesContract, LanesProperties, LaneFlowContract {
  private static final TestDatabase SERVER = TestDatabase.fresh();
  private static final Jdbi JDBI = Database.jdbi(SERVER.dataSource());

  @Override
  public Lanes lanes() {
    return new JdbiLanes(JDBI, Runnable::run, new UsedLanes());
  }

  /** Moves all that is known of the lane into the past. */
  @Override
  public void pass(Lane lane, Duration time) {
    JDBI.useTransaction(
        handle -> {
          setBack(handle, "UPDATE lane_permit SET counts_at = counts_at - <by>", lane, time);
          setBack(
              handle,
              "UPDATE lane SET reopens_at = reopens_at - <by>, opens_at = opens_at - <by>,"
                  + " believed_until = believed_until - <by>, raised_at = raised_at - <by>,"
                  + " impeded_since = impeded_since - <by>",
              lane,
              time);
        });
  }

  @Override
  public Instant now() {
    return JDBI.withHandle(
        handle ->
            handle
                .createQuery("SELECT clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .map(OffsetDateTime::toInstant)
                .one());
  }

  private static void setBack(Handle handle, String update, Lane lane, Duration by) {
    handle
        .createUpdate(update + " WHERE lane = :lane")
        .define("by", ":millis * interval '1 millisecond'")
        .bind("millis", by.toMillis())
        .bind("lane", lane.name())
        .execute();
  }
}
