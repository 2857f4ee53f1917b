package io.leverans.domain.channel;

import io.leverans.domain.delivery.RetrySchedule;
import java.util.Objects;
import java.util.Optional;

/**
 * What whoever a channel belongs to chooses for it, and no server has to prove.
 *
 * @param label what people call it
 * @param pace how much may pass it, in place of the kind's; empty for the kind's
 * @param whenInDoubt what becomes of mail that nobody can find out about
 * @param retrySchedule when mail is tried again and given up, in place of the kind's; empty for the
 *     kind's
 */
public record ChannelPreferences(
    String label,
    Optional<Pace> pace,
    WhenInDoubt whenInDoubt,
    Optional<RetrySchedule> retrySchedule) {

  public ChannelPreferences {
    Objects.requireNonNull(label);
    Objects.requireNonNull(pace);
    Objects.requireNonNull(whenInDoubt);
    Objects.requireNonNull(retrySchedule);
  }

  /** Those of a channel for which nobody has chosen anything but the label. */
  public static ChannelPreferences ofNew(String label) {
    return new ChannelPreferences(label, Optional.empty(), WhenInDoubt.HOLD, Optional.empty());
  }

  public ChannelPreferences labelled(String other) {
    return new ChannelPreferences(other, pace, whenInDoubt, retrySchedule);
  }

  public ChannelPreferences paced(Optional<Pace> other) {
    return new ChannelPreferences(label, other, whenInDoubt, retrySchedule);
  }

  public ChannelPreferences inDoubt(WhenInDoubt other) {
    return new ChannelPreferences(label, pace, other, retrySchedule);
  }

  public ChannelPreferences retried(Optional<RetrySchedule> other) {
    return new ChannelPreferences(label, pace, whenInDoubt, other);
  }
}
