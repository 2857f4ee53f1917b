package io.leverans.application.port.out;

import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelPreferences;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.team.Member;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The channels. What changes one writes its events in the same transaction: the team's, for the
 * platform's channels none. Safe for use by many threads.
 */
public interface Channels {
  /** A channel that the team's mail may go through: the platform's or its own. */
  Optional<Channel> find(TeamId team, ChannelId channel);

  /** Those that the member may send through: the platform's, their team's, their own. */
  List<Channel> openTo(Member member);

  /** All of the team's, of whichever member, and the platform's. */
  List<Channel> ofTeam(TeamId team);

  /**
   * Some channel of a kind, of whichever team, with such settings. It looks through all of them:
   * for what no team can answer alone, and what is asked rarely.
   */
  Optional<ChannelId> findAny(ChannelKind kind, Predicate<ChannelSettings> such);

  /**
   * The platform's channel of a kind. If there is none yet, it is made. If there is this one, with
   * the same id, and its settings or its sealed secrets are others, they are replaced and it is
   * connected from now on. If there is one with another id, nothing is changed.
   *
   * <p>Secrets are sealed for an id, and look different each time: who keeps a channel with secrets
   * first offers it under a new id; if the answer has another one, they open its secrets, compare,
   * and only if something differs seal theirs for that id and call again.
   *
   * @param channel owned by {@link ChannelOwner.Platform}
   * @return the one that there is
   */
  Channel keepPlatformChannel(NewChannel channel);

  /** Stores a channel and decides anew for the identities that may use it. */
  Connection connect(NewChannel channel, ChoiceTerms terms);

  /**
   * Stores other preferences, all of them at once: nobody sees a part of a change, and it is told
   * once. What changes nothing is not stored, and not told either.
   *
   * @param change asked once, with the channel locked: it makes its answer of what it is given
   *     alone, and asks no store
   * @return the channel afterwards; empty if it is gone
   */
  Optional<Channel> change(
      TeamId team, ChannelId channel, UnaryOperator<ChannelPreferences> change);

  /**
   * Replaces how it connects, which was proved: it is connected from now on, with the same id.
   * Empty if it is gone.
   */
  Optional<Channel> reconnect(
      TeamId team, ChannelId channel, ChannelSettings settings, SealedSecrets secrets);

  /**
   * Replaces how it connects, as {@link #reconnect} does, if it connects still as it did when it
   * was read: what somebody else changed or renewed meanwhile is not undone. Other preferences are
   * stored with it, and both are told as one change.
   *
   * @param change as for {@link #change}; not asked unless the channel is replaced
   */
  Replacement replace(
      TeamId team,
      Channel read,
      ChannelSettings settings,
      SealedSecrets secrets,
      UnaryOperator<ChannelPreferences> change);

  /**
   * Replaces the secrets of a channel, durably before this returns, by what is made of the channel
   * as it is stored then. No two at a time for one channel, over all nodes: who waits sees what the
   * other stored. Nobody waits longer than some seconds.
   *
   * @param maker asked once, if at all; it may take its time, and what it makes is stored even
   *     while all others wait for the store. Empty leaves the secrets as they are
   */
  SecretsRenewal renewSecrets(
      TeamId team, ChannelId channel, Function<Channel, Optional<SealedSecrets>> maker);

  /**
   * Removes a channel with its settings and secrets, and decides anew for the identities that might
   * use it: without it, another may be a member's only one. Mail that waits for it stays, and
   * waits.
   *
   * @return empty if it is gone already
   */
  Optional<Removal> remove(TeamId team, ChannelId channel, ChoiceTerms terms);

  /**
   * Takes note of a fault, by {@link ChannelHealth#after} and the database's clock. A fault of
   * another cause than the one that was known, or one that has no end any more, is told again.
   *
   * @param tried as it was when the fault was met: if it connects otherwise by now, the fault says
   *     nothing of it, and nothing is changed
   */
  HealthChange faulted(TeamId team, Channel tried, ChannelFault fault, Optional<Duration> until);

  /** Takes note that it works. */
  HealthChange worked(TeamId team, ChannelId channel);

  /** Channels that need attention whose owner has not been told yet, the platform's left out. */
  List<Channel> withUntoldFault(int atMost);

  /** The owner was told of this fault; of the next one they are told again. */
  void ownerTold(TeamId team, ChannelId channel);

  /** A channel that was connected, and whose channel is another by that. */
  record Connection(Channel channel, List<Rechosen> rechosen) {
    public Connection {
      Objects.requireNonNull(channel);
      rechosen = List.copyOf(rechosen);
    }
  }

  /**
   * A channel that was removed.
   *
   * @param channel as it was at the end
   * @param rechosen whose channel is another by that
   */
  record Removal(Channel channel, List<Rechosen> rechosen) {
    public Removal {
      Objects.requireNonNull(channel);
      rechosen = List.copyOf(rechosen);
    }
  }

  /** What came of replacing how a channel connects. */
  sealed interface Replacement {
    record Replaced(Channel channel) implements Replacement {
      public Replaced {
        Objects.requireNonNull(channel);
      }
    }

    /** It connects otherwise than it did when it was read, and nothing was changed. */
    record Outdated() implements Replacement {}

    record Gone() implements Replacement {}
  }

  /** What came of a renewal of secrets. */
  sealed interface SecretsRenewal {
    /**
     * The maker was asked.
     *
     * @param channel as it is afterwards
     */
    record Asked(Channel channel) implements SecretsRenewal {
      public Asked {
        Objects.requireNonNull(channel);
      }
    }

    /** The channel is gone, and nobody was asked. */
    record Gone() implements SecretsRenewal {}

    /** Other renewals take too long to wait for them, and nobody was asked. */
    record Busy() implements SecretsRenewal {}
  }

  /** What a word about a channel's health changed. */
  enum HealthChange {
    NONE,
    DOUBTED,
    /** By a fault, or by one of another cause. */
    NEEDS_ATTENTION,
    /** From a fault, or from a doubt that nobody was told of. */
    RECOVERED
  }
}
