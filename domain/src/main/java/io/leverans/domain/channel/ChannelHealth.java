package io.leverans.domain.channel;

import io.leverans.domain.delivery.ChannelFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a channel can be used. Mail for one that needs attention waits, its clock standing still.
 * Network trouble alone never changes it.
 */
public sealed interface ChannelHealth {
  /** A fault that may pass is believed when it is met again so much later, and not before. */
  Duration CONFIRMATION = Duration.ofMinutes(1);

  /** It works, as far as is known. */
  record Connected() implements ChannelHealth {}

  /** It had a fault once that may pass: it is tried again before anybody is alarmed. */
  record Doubted(ChannelFault fault, Instant since) implements ChannelHealth {
    public Doubted {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(since);
    }
  }

  /**
   * Somebody has to do something, or a time has to come.
   *
   * @param until when it is worth trying again by itself, such as when a quota resets
   */
  record NeedsAttention(ChannelFault fault, Instant since, Optional<Instant> until)
      implements ChannelHealth {
    public NeedsAttention {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(since);
      Objects.requireNonNull(until);
    }

    /**
     * Whether it was as bad before: of the same cause, and not with an end then that is gone now.
     * An owner who was told to wait has to be told to act.
     */
    public boolean isKnownFrom(ChannelHealth before) {
      return before instanceof NeedsAttention known
          && known.fault.cause() == fault.cause()
          && (until.isPresent() || known.until.isEmpty());
    }
  }

  /** Whether mail may be tried. */
  enum Readiness {
    READY,
    AT_FAULT
  }

  /** Whether mail may be tried at that time. */
  default Readiness at(Instant time) {
    return switch (this) {
      case Connected() -> Readiness.READY;
      case Doubted _ -> Readiness.READY;
      case NeedsAttention(_, _, var until) ->
          until.map(end -> !time.isBefore(end)).orElse(false)
              ? Readiness.READY
              : Readiness.AT_FAULT;
    };
  }

  /** What becomes of it when an attempt meets a fault at that time. */
  default ChannelHealth after(ChannelFault fault, Instant at, Optional<Duration> until) {
    return switch (this) {
      case NeedsAttention(_, var since, _) ->
          switch (fault.certainty()) {
            case CERTAIN -> new NeedsAttention(fault, since, until.map(at::plus));
            case PRESUMED -> new NeedsAttention(fault, since, Optional.empty());
          };
      case Connected() ->
          switch (fault.certainty()) {
            case CERTAIN -> new NeedsAttention(fault, at, until.map(at::plus));
            case PRESUMED -> new Doubted(fault, at);
          };
      case Doubted(_, var since) ->
          switch (fault.certainty()) {
            case CERTAIN -> new NeedsAttention(fault, since, until.map(at::plus));
            case PRESUMED ->
                at.isBefore(since.plus(CONFIRMATION))
                    ? this
                    : new NeedsAttention(fault, since, Optional.empty());
          };
    };
  }
}
