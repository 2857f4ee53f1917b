package io.leverans.application.port.out;

import io.leverans.application.view.MailboxState;
import io.leverans.domain.bounce.MailboxMark;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The mailboxes that reports are read in, those of channels with {@link MailboxChoice#READ}: how
 * far each was read, and who reads it now. All times are the database's. Safe for use by many
 * threads.
 */
public interface Mailboxes {
  /** Those of channels of these kinds that are due and that nobody reads, longest due first. */
  List<Place> due(Set<ChannelKind> kinds, int atMost);

  /**
   * Takes one on, as the only one over all nodes, for as long; empty if somebody else has, or if it
   * is not due any more.
   */
  Optional<Held> take(Place place, LeaseId lease, Duration length);

  /**
   * Notes how far it was read and holds it for as long from now on. Who no longer holds it changes
   * nothing.
   */
  Hold reached(Held held, MailboxMark mark, Duration length);

  /** Lets it go: whether it can be read was not found out, and it is due after a pause. */
  void giveBack(Held held, Duration pause);

  /** Lets it go: it can be read, and is due after a pause. */
  void leave(Held held, Duration pause);

  /**
   * Lets it go: it could not be read, and is due after a pause. The team is told once of what does
   * not pass, and once when it has passed.
   */
  void leave(Held held, ChannelFault fault, Duration pause);

  /** How those of a team's channels stand that were ever read or tried. */
  Map<ChannelId, MailboxState> states(TeamId team, List<ChannelId> channels);

  /** A team's channel. */
  record Place(TeamId team, ChannelId channel) {
    public Place {
      Objects.requireNonNull(team);
      Objects.requireNonNull(channel);
    }
  }

  /**
   * One that was taken on.
   *
   * @param lease another for each time
   * @param mark how far it was read, if it ever was
   * @param troubles how often in a row it could not be read
   */
  record Held(Place place, LeaseId lease, Optional<MailboxMark> mark, int troubles) {
    public Held {
      Objects.requireNonNull(place);
      Objects.requireNonNull(lease);
      Objects.requireNonNull(mark);
    }
  }

  /** Whether a mailbox is still the holder's. */
  enum Hold {
    HELD,
    LOST
  }
}
