package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Mail whose hand-over was left without an answer. Safe for use by many threads. */
public interface Doubts {
  /** Teams that have some; may be a moment behind. */
  List<TeamId> teams(int atMost);

  /**
   * Takes on what lies on channels of these kinds and was not taken on for a while: other nodes
   * leave it for as long.
   */
  List<Doubt> take(TeamId team, Set<ChannelKind> kinds, Duration pause, int atMost);

  /**
   * The provider took it: what is still in doubt of it is accepted, with its event.
   *
   * @param reference the provider's, kept with the attempt
   * @return how many deliveries moved
   */
  int shownSent(Doubt doubt, String reference);

  /**
   * The provider never took it: what is still in doubt of it is queued and due, with its event.
   *
   * @return how many deliveries moved
   */
  int shownNotSent(Doubt doubt);

  /**
   * A dispatch in doubt.
   *
   * @param dispatch as it was handed over
   * @param handedOverAt by the database's clock, as {@code takenAt}
   */
  record Doubt(Dispatch dispatch, ChannelId channel, Instant handedOverAt, Instant takenAt) {
    public Doubt {
      Objects.requireNonNull(dispatch);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(handedOverAt);
      Objects.requireNonNull(takenAt);
    }
  }
}
