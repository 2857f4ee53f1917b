package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Forecast;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** What became of a team's mail so far. Safe for use by many threads. */
public interface MailHistory {
  /**
   * What was handed over through a channel in each of the windows that end now. Mail that was
   * accepted, and was to be sent, more than a week before the longest is left out. Windows that
   * nothing passed in may be missing.
   */
  Map<Duration, HandedOver> handedOver(
      TeamId team, ChannelId channel, Collection<Duration> windows);

  /**
   * Why mail to these addresses failed, came back or was complained of before, by the latest of it,
   * where that is a cause not to write there again. Addresses without such a cause are left out.
   */
  Map<EmailAddress, Cause> causesNotToWrite(TeamId team, Collection<EmailAddress> addresses);

  /**
   * What passed.
   *
   * @param oldest how long ago the first of it did; zero if nothing did
   */
  record HandedOver(Forecast.Amount amount, Duration oldest) {
    public static final HandedOver NOTHING = new HandedOver(Forecast.Amount.NOTHING, Duration.ZERO);

    public HandedOver {
      Objects.requireNonNull(amount);
      Objects.requireNonNull(oldest);
    }
  }
}
