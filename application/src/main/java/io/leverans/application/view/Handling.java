package io.leverans.application.view;

import io.leverans.domain.bounce.Correction;
import io.leverans.domain.bounce.LinkedBy;
import io.leverans.domain.bounce.Unapplied;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.team.MemberId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a report was dealt with.
 *
 * @param delivery that it is linked to, or that its token is of
 * @param linkedBy what tied it to the delivery; empty while it is not linked
 * @param unapplied why it changed nothing, if it did not
 * @param person who linked or dismissed it, if a person did
 * @param correction another reading than the one it was stored with
 * @param readIn the channel whose own mailbox it was read in
 */
public record Handling(
    Optional<DeliveryId> delivery,
    Optional<LinkedBy> linkedBy,
    Optional<Unapplied> unapplied,
    Optional<Deed> person,
    Optional<Corrected> correction,
    Optional<ChannelId> readIn) {
  public Handling {
    Objects.requireNonNull(delivery);
    Objects.requireNonNull(linkedBy);
    Objects.requireNonNull(unapplied);
    Objects.requireNonNull(person);
    Objects.requireNonNull(correction);
    Objects.requireNonNull(readIn);
  }

  /** What a person did with it. */
  public enum Sort {
    LINKED,
    DISMISSED
  }

  /**
   * That a person did something with it.
   *
   * @param name as it was then
   */
  public record Deed(Sort sort, MemberId member, String name, Instant at) {
    public Deed {
      Objects.requireNonNull(sort);
      Objects.requireNonNull(member);
      Objects.requireNonNull(name);
      Objects.requireNonNull(at);
    }
  }

  /**
   * That a person read it otherwise.
   *
   * @param name as it was then
   */
  public record Corrected(Correction reading, MemberId member, String name, Instant at) {
    public Corrected {
      Objects.requireNonNull(reading);
      Objects.requireNonNull(member);
      Objects.requireNonNull(name);
      Objects.requireNonNull(at);
    }
  }
}
