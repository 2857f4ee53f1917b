package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where mail stands in the queue, for who asks why it waits. Safe for use by many threads. */
public interface QueuePlaces {
  /** So far is counted how many are ahead. */
  int MOST_COUNTED = 10_000;

  /** That of each dispatch of a message. */
  List<Place> of(TeamId team, MessageId message);

  /** The team that has a message with this id, for who does not know whose it is. */
  Optional<TeamId> teamOf(MessageId message);

  /**
   * A dispatch in the queue.
   *
   * @param deferrals attempts that were refused for now
   * @param age how long it has been tried; a pause in which its pace holds it back is taken off
   *     beforehand, so that it may be negative until then
   * @param now the database's time, which all others are told by
   */
  record Place(
      Set<DeliveryId> aboard,
      ChannelId channel,
      Lane lane,
      Urgency urgency,
      int deferrals,
      Duration age,
      Waiting waiting,
      Instant now) {
    public Place {
      aboard = Set.copyOf(aboard);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(lane);
      Objects.requireNonNull(urgency);
      Objects.requireNonNull(age);
      Objects.requireNonNull(waiting);
      Objects.requireNonNull(now);
    }
  }

  /** What a dispatch waits for. */
  sealed interface Waiting {
    /** A time. */
    record ForTime(Instant due) implements Waiting {
      public ForTime {
        Objects.requireNonNull(due);
      }
    }

    /**
     * Its turn.
     *
     * @param ahead how many of the same sender come before it, {@link #MOST_COUNTED} at most
     */
    record ForTurn(Instant since, int ahead) implements Waiting {
      public ForTurn {
        Objects.requireNonNull(since);
      }
    }

    /**
     * The end of its attempt.
     *
     * @param leaseEnds when it is taken back from a node that says no more
     */
    record ForAttempt(Instant leaseEnds) implements Waiting {
      public ForAttempt {
        Objects.requireNonNull(leaseEnds);
      }
    }

    /** Its channel, until that is known to work again. */
    record ForChannel(Instant since) implements Waiting {
      public ForChannel {
        Objects.requireNonNull(since);
      }
    }

    /** Nothing. */
    record ForNothing() implements Waiting {}
  }
}
