package io.leverans.application.port.out;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Mail whose hand-over was left without an answer. Safe for use by many threads. */
public interface Doubts {
  /**
   * Where some are due, on channels of these kinds, and longest due first; may be a moment behind.
   */
  List<Place> due(Set<ChannelKind> kinds, Rhythm rhythm, int atMost);

  /** Takes on the one that is longest due there: it is due to nobody until it is due again. */
  Optional<Doubt> take(Place place, Rhythm rhythm);

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
   * Mail that nobody can find out about any more, on channels whose owners chose something other
   * than to hold it, and longest in doubt first; may be a moment behind.
   */
  List<Unresolved> unresolved(Patience patience, int atMost);

  /**
   * Does as the channel's owner chose by now with what is still in doubt and nobody can find out
   * about, with its events, which say that it was the channel's choice.
   *
   * @return how many deliveries moved
   */
  int doAsChosen(Unresolved mail, Patience patience);

  /** What of one message is in doubt on a channel. */
  record Unresolved(TeamId team, MessageId message, ChannelId channel) {
    public Unresolved {
      Objects.requireNonNull(team);
      Objects.requireNonNull(message);
      Objects.requireNonNull(channel);
    }
  }

  /**
   * From when on nobody will find out, by the time since the hand-over.
   *
   * @param answer for as long a late answer may still come
   * @param inquiry for as long a provider that can be asked is asked
   * @param asked the kinds that can be asked
   * @param resends how often one delivery is sent again by choice; after that it is held
   */
  record Patience(Duration answer, Duration inquiry, Set<ChannelKind> asked, int resends) {
    public Patience {
      Objects.requireNonNull(answer);
      Objects.requireNonNull(inquiry);
      asked = Set.copyOf(asked);
    }
  }

  /** A team's mail on a channel. */
  record Place(TeamId team, ChannelId channel) {
    public Place {
      Objects.requireNonNull(team);
      Objects.requireNonNull(channel);
    }
  }

  /**
   * When a doubt is due: at once, and then again and again, each time after half of its age.
   *
   * @param shortest pause
   * @param longest pause
   * @param end the age from which on it is not due any more
   */
  record Rhythm(Duration shortest, Duration longest, Duration end) {
    public Rhythm {
      Objects.requireNonNull(shortest);
      Objects.requireNonNull(longest);
      Objects.requireNonNull(end);
    }
  }

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
