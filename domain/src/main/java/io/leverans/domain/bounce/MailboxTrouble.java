package io.leverans.domain.bounce;

import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What keeps a channel's mailbox from being read. Sending goes on meanwhile, and what comes into
 * the mailbox is read later.
 *
 * @param since when it was first met
 * @param times how often it was met in a row
 */
public record MailboxTrouble(ChannelFault fault, Instant since, int times) {
  /** Servers restart, and networks have bad hours: nobody is told of those. */
  public static final Duration PASSING = Duration.ofMinutes(15);

  private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int DOUBLINGS = 6;

  public MailboxTrouble {
    Objects.requireNonNull(fault);
    Objects.requireNonNull(since);
    if (times < 1) {
      throw new IllegalArgumentException("trouble was met at least once");
    }
  }

  /** Met for the first time. */
  public static MailboxTrouble first(ChannelFault fault, Instant at) {
    return new MailboxTrouble(fault, at, 1);
  }

  /** Met again, be it for another cause. */
  public MailboxTrouble again(ChannelFault latest) {
    return new MailboxTrouble(latest, since, times + 1);
  }

  /** Whether its owner has to hear of it. */
  public Gravity at(Instant time) {
    return fault.certainty() == Certainty.CERTAIN || !time.isBefore(since.plus(PASSING))
        ? Gravity.STANDS
        : Gravity.MAY_PASS;
  }

  /** How much it weighs. */
  public enum Gravity {
    MAY_PASS,
    STANDS
  }

  /** How long to leave the mailbox alone, where nothing else is known: longer each time. */
  public static Duration pauseAfter(int times) {
    Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(times - 1, DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
