package io.leverans.mail.msc;

import io.leverans.domain.channel.Lane;
import java.util.Optional;

/**
 * What a lane of this kind is called.
 *
 * @param way where it leads, as the lane that all senders share is called
 * @param newSender the sender domain that it is for, if it is for a new one alone
 */
record LaneName(String way, Optional<String> newSender) {
  private static final String FROM = " from ";

  static LaneName of(Lane lane) {
    int from = lane.name().indexOf(FROM);
    return from < 0
        ? new LaneName(lane.name(), Optional.empty())
        : new LaneName(
            lane.name().substring(0, from),
            Optional.of(lane.name().substring(from + FROM.length())));
  }

  private Lane lane() {
    return new Lane(way + newSender.map(FROM::concat).orElse(""));
  }

  /** The lane that everybody's mail travels on. */
  Lane shared() {
    return new LaneName(way, Optional.empty()).lane();
  }

  /** The lane of one sender domain's mail. */
  Lane onlyFrom(String domain) {
    return new LaneName(way, Optional.of(domain)).lane();
  }

  /** The same part of another way. */
  Lane leading(String otherWay) {
    return new LaneName(otherWay, newSender).lane();
  }
}
