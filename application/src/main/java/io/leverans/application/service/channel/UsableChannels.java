package io.leverans.application.service.channel;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Channels.SecretsRenewal;
import io.leverans.application.port.out.SecretSeal.Sealer;
import io.leverans.application.port.out.UnreadableSecretsException;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentFlow.Access;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Opens channels such that they can be used: access that has run out is renewed first, by one at a
 * time over all nodes, and what the provider gave is stored before it is used. A provider that has
 * trouble is left alone for a while.
 */
public final class UsableChannels {
  /** The mail of a channel waits at least so long after it was in vain. */
  private static final Duration IN_VAIN = Duration.ofSeconds(30);

  /** Whoever does not take new access either will not take newer access a moment later. */
  private static final Duration BETWEEN_REFUSALS = Duration.ofMinutes(1);

  private final Channels channels;
  private final OpeningChannels opening;
  private final InstantSource clock;
  private final PlatformOutages outages;
  private final Remembered<Opening.NotNow> inVain;
  private final Remembered<Instant> reopened;

  /**
   * Nothing is remembered yet.
   *
   * @param operator hears once of what only they can mend
   */
  public UsableChannels(
      Channels channels, OpeningChannels opening, InstantSource clock, Consumer<Outage> operator) {
    this.channels = channels;
    this.opening = opening;
    this.clock = clock;
    this.outages = new PlatformOutages(clock, operator);
    this.inVain = new Remembered<>(IN_VAIN, clock);
    this.reopened = new Remembered<>(BETWEEN_REFUSALS, clock);
  }

  /** A provider does not let the platform in, whichever of the kind's channels it comes for. */
  public record Outage(ChannelKind kind, ChannelFault fault) {
    public Outage {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(fault);
    }
  }

  /** What came of opening a channel. */
  public sealed interface Opening {
    record Ready(OpenChannel channel) implements Opening {}

    /**
     * It cannot be used.
     *
     * @param until when it is worth trying again by itself; else somebody has to do something
     */
    record AtFault(ChannelFault fault, Optional<Duration> until) implements Opening {
      static AtFault of(UnreadableSecretsException unreadable) {
        return new AtFault(OpeningChannels.fault(unreadable), Optional.empty());
      }
    }

    /** Whether it can be used could not be found out. */
    record NotNow(String words) implements Opening {}
  }

  /**
   * A channel that was opened.
   *
   * @param channel as it is stored after that: what is met with it now says something of this one
   */
  public record Opened(Channel channel, Opening opening) {}

  /**
   * A channel that was tried.
   *
   * @param channel what the result says something of
   */
  public record Tried<T>(Channel channel, T result) {}

  /** How access to this channel is given; absent if it was connected without anybody's consent. */
  public static Optional<ConsentFlow> consentOf(Channel channel, ChannelProvider provider) {
    return provider.consent().filter(flow -> flow.accountOf(channel.settings()).isPresent());
  }

  /** Whether settings are of the channel's account; one that was never connected has none yet. */
  static boolean keepsAccount(Channel channel, ChannelSettings settings, ConsentFlow flow) {
    return flow.accountOf(channel.settings())
        .map(account -> flow.accountOf(settings).filter(account::equals).isPresent())
        .orElse(true);
  }

  /**
   * Opens a channel and tries it; and once more with other access, if it was not let in and there
   * is other access.
   */
  public <T> Tried<T> attempt(
      TeamId team,
      Channel channel,
      ChannelProvider provider,
      Function<Opening, T> trial,
      Predicate<T> wasNotLetIn) {
    Opened first = open(team, channel, provider);
    T result = trial.apply(first.opening());
    Optional<Opened> again =
        first.opening() instanceof Opening.Ready(var open) && wasNotLetIn.test(result)
            ? consentOf(channel, provider).flatMap(flow -> reopen(team, channel, flow, open))
            : Optional.empty();
    return again
        .map(other -> new Tried<>(other.channel(), trial.apply(other.opening())))
        .orElseGet(() -> new Tried<>(first.channel(), result));
  }

  /** Access may end before its time, so this may be mended by renewing it. */
  public static boolean maySayThatAccessIsWornOut(ChannelFault fault) {
    return fault.cause() == Cause.CREDENTIALS_REFUSED && fault.certainty() == Certainty.PRESUMED;
  }

  public Opened open(TeamId team, Channel channel, ChannelProvider provider) {
    try {
      OpenChannel open = opening.open(channel);
      Optional<ConsentFlow> flow =
          consentOf(channel, provider).filter(known -> isStale(known, open));
      return flow.map(known -> renewed(team, channel, known, now -> isStale(known, now)))
          .orElseGet(() -> new Opened(channel, new Opening.Ready(open)));
    } catch (UnreadableSecretsException unreadable) {
      return new Opened(channel, Opening.AtFault.of(unreadable));
    }
  }

  /**
   * Opens one that the provider did not let in as it was, although it should have: with the access
   * that somebody else has renewed meanwhile, or with access renewed now; empty if it was renewed
   * for that a moment ago. A renewal that came to nothing says nothing of the refusal.
   */
  Optional<Opened> reopen(TeamId team, Channel channel, ConsentFlow flow, OpenChannel refused) {
    try {
      if (reopened.of(channel.id()).isPresent()) {
        return renewedMeanwhile(team, channel, refused);
      }
      Opened again = renewed(team, channel, flow, refused::equals);
      if (again.opening() instanceof Opening.Ready) {
        reopened.note(channel.id(), clock.instant());
      }
      return Optional.of(again);
    } catch (UnreadableSecretsException unreadable) {
      return Optional.of(new Opened(channel, Opening.AtFault.of(unreadable)));
    }
  }

  private Optional<Opened> renewedMeanwhile(TeamId team, Channel channel, OpenChannel refused) {
    return channels
        .find(team, channel.id())
        .map(current -> new Opened(current, new Opening.Ready(opening.open(current))))
        .filter(current -> !current.opening().equals(new Opening.Ready(refused)));
  }

  private boolean isStale(ConsentFlow flow, OpenChannel channel) {
    return flow.accessOf(channel, clock.instant()) == Access.STALE;
  }

  private Opened renewed(
      TeamId team, Channel channel, ConsentFlow flow, Predicate<OpenChannel> needsRenewal) {
    Optional<Opening.NotNow> before = inVain.of(channel.id());
    if (before.isPresent()) {
      return new Opened(channel, before.get());
    }
    Opened now = renewedNow(team, channel, flow, needsRenewal);
    if (now.opening() instanceof Opening.NotNow trouble) {
      inVain.note(channel.id(), trouble);
    }
    return now;
  }

  private Opened renewedNow(
      TeamId team, Channel channel, ConsentFlow flow, Predicate<OpenChannel> needsRenewal) {
    var made = new AtomicReference<Opening>();
    SecretsRenewal renewal =
        channels.renewSecrets(
            team,
            channel.id(),
            current -> {
              OpenChannel open = opening.open(current);
              if (!needsRenewal.test(open)) {
                made.set(new Opening.Ready(open));
                return Optional.empty();
              }
              return renewed(current, open, flow, made);
            });
    return switch (renewal) {
      case SecretsRenewal.Asked(var after) -> new Opened(after, Objects.requireNonNull(made.get()));
      case SecretsRenewal.Gone() ->
          new Opened(channel, new Opening.NotNow("The channel was removed."));
      case SecretsRenewal.Busy() ->
          new Opened(
              channel,
              new Opening.NotNow(
                  "Access has run out, and others are renewed before it is its turn."));
    };
  }

  /** What sealing needs is at hand first: the provider may give a token once only. */
  private Optional<SealedSecrets> renewed(
      Channel channel, OpenChannel open, ConsentFlow flow, AtomicReference<Opening> made) {
    Sealer sealer = opening.sealer();
    return switch (flow.renew(open)) {
      case Renewal.Renewed(var secrets) -> {
        made.set(
            new Opening.Ready(
                OpeningChannels.open(channel.id(), channel.kind(), channel.settings(), secrets)));
        yield Optional.of(sealer.seal(channel.id(), secrets));
      }
      case Renewal.Refused(var fault, var until) -> {
        until.ifPresent(_ -> outages.met(new Outage(channel.kind(), fault)));
        made.set(new Opening.AtFault(fault, until));
        yield Optional.empty();
      }
      case Renewal.NotNow(var words) -> {
        made.set(new Opening.NotNow(words));
        yield Optional.empty();
      }
    };
  }
}
