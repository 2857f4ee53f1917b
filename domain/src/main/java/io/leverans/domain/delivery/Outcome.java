package io.leverans.domain.delivery;

import io.leverans.domain.channel.Lane;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What one attempt achieved for one recipient. */
public sealed interface Outcome {
  /**
   * The next hop took responsibility: its promise, not proof of arrival.
   *
   * @param reference the next hop's own words or id, to look it up there
   */
  record Accepted(Evidence by, String reference) implements Outcome {
    public Accepted {
      Objects.requireNonNull(by);
      Objects.requireNonNull(reference);
    }
  }

  /**
   * Refused for now: the same attempt may succeed later, after the wait asked for where there is
   * one.
   *
   * @param sign what it says about the lane, for all other mail
   */
  record Deferred(Failure failure, Optional<Duration> retryAfter, LaneSign sign)
      implements Outcome {
    public Deferred {
      Objects.requireNonNull(failure);
      Objects.requireNonNull(retryAfter);
      Objects.requireNonNull(sign);
    }

    /** One that says nothing about the lane. */
    public Deferred(Failure failure, Optional<Duration> retryAfter) {
      this(failure, retryAfter, LaneSign.NOTHING);
    }
  }

  /** Refused for good: trying again would only annoy the next hop. */
  record Rejected(Failure failure) implements Outcome {
    public Rejected {
      Objects.requireNonNull(failure);
    }
  }

  /** The link broke after the point of no return: trying again may deliver twice. */
  record InDoubt(Failure failure) implements Outcome {
    public InDoubt {
      Objects.requireNonNull(failure);
    }
  }

  /**
   * Its lane was closed when it was about to be handed over: costs neither an attempt nor more time
   * than it takes. Nothing is at fault.
   *
   * @param reopens after which the lane may have room
   */
  record HeldBack(Duration reopens) implements Outcome {
    public HeldBack {
      Objects.requireNonNull(reopens);
    }
  }

  /**
   * Nobody was turned to, since it belongs on another lane, where it waits for its turn: costs
   * neither an attempt nor time. Nothing is at fault.
   *
   * @param lane as is known by now
   */
  record Rerouted(Lane lane) implements Outcome {
    public Rerouted {
      Objects.requireNonNull(lane);
    }
  }

  /**
   * The channel is at fault, not the mail: costs neither an attempt nor time.
   *
   * @param until after which a new attempt may do better; absent if the channel has to be mended
   *     first
   */
  record NotTried(ChannelFault fault, Optional<Duration> until) implements Outcome {
    public NotTried {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(until);
    }
  }
}
