package io.leverans.persistence;

import static java.util.stream.Collectors.toMap;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.NewChannel;
import io.leverans.application.port.out.memory.MemoryChannels;
import io.leverans.application.port.out.memory.MemoryLanes;
import io.leverans.application.port.out.memory.MemorySeal;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.port.provider.memory.PaperProvider;
import io.leverans.application.service.Unexpected;
import io.leverans.application.service.channel.OpeningChannels;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.sending.CarryOutDispatchService;
import io.leverans.application.service.sending.LaneTraffic;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelOwner;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.SealedSecrets;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.RetrySchedule;
import io.leverans.domain.delivery.RetrySchedules;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Octets;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.ModelWorld.Claimed;
import io.leverans.persistence.ModelWorld.Heard;
import io.leverans.persistence.ModelWorld.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The real {@link CarryOutDispatchService} with the real {@link RetrySchedule}, stopped at each
 * thing it asks of the world: it is run anew from its claim with all that it has heard so far, and
 * what it asks next ends the run.
 */
final class ModelAttempt implements MailTransport {
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(2);
  private static final RetrySchedules SCHEDULES =
      RetrySchedules.ofAll(
          new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), GIVE_UP_AFTER));
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final TeamId TEAM = new TeamId(1);
  private static final ChannelId CHANNEL = new ChannelId(new UUID(5, 0));
  private static final ChannelKind PAPER = new ChannelKind("paper");
  private static final Failure FAILURE = Failure.of(Cause.MAILBOX_FULL, "452 full");
  private static final ChannelFault FAULT =
      new ChannelFault(Cause.QUOTA_SPENT, "quota", "Wait.", Certainty.CERTAIN);

  private static final Octets CONTENT = Octets.of(new byte[] {1});

  private static final Map<Running, Asks> KNOWN = new ConcurrentHashMap<>();
  private static final Map<EndedAttempt, Running> ENDED = new ConcurrentHashMap<>();

  private final Iterator<Heard> heard;
  private Asks asked = new Asks.Nothing();

  private ModelAttempt(List<Heard> heard) {
    this.heard = heard.iterator();
  }

  /** What an attempt asks of the world. */
  sealed interface Asks {
    record NextHop() implements Asks {}

    record Permit(List<Integer> aboard) implements Asks {}

    /** The last byte goes out: it cannot be taken back from here. */
    record Take(List<Integer> aboard) implements Asks {}

    record Settle(EndedAttempt ended) implements Asks {}

    /** It ended in an exception, with nothing written down. */
    record Nothing() implements Asks {}
  }

  /** Ends a run; no exception that the service might deal with. */
  private static final class Stop extends Error {
    private static final long serialVersionUID = 1;

    private Stop() {
      super(null, null, false, false);
    }
  }

  static Asks of(Running running) {
    Asks known = KNOWN.get(running);
    if (known == null) {
      known = new ModelAttempt(running.heard()).run(running.claim());
      KNOWN.put(running, known);
    }
    return known;
  }

  /** How it came to its end makes no difference any more. */
  static Running reduced(Running running) {
    return of(running) instanceof Asks.Settle(var ended)
        ? ENDED.computeIfAbsent(ended, _ -> running)
        : running;
  }

  private Asks run(Claimed claimed) {
    var channels = new MemoryChannels(() -> NOW);
    var _ =
        channels.keepPlatformChannel(
            new NewChannel(
                CHANNEL,
                PAPER,
                "Platform",
                new ChannelOwner.Platform(),
                ChannelSettings.NONE,
                SealedSecrets.NONE));
    var queue = new AskedQueue(this::permission, this::settle);
    var service =
        new CarryOutDispatchService(
            channels,
            new Providers(List.of(new PaperProvider(PAPER, Grouping.ANY_SUBSET, this))),
            queue,
            new MemoryLanes(),
            new LaneTraffic(InstantSource.system(), () -> {}),
            SCHEDULES,
            new UsableChannels(channels, new OpeningChannels(new MemorySeal()), () -> NOW, _ -> {}),
            Unexpected::failure);
    try {
      var _ = service.carryOut(claim(claimed));
    } catch (Stop _) {
      return asked;
    } catch (DatabaseAway _) {
      return new Asks.Nothing();
    }
    throw new AssertionError("it ended without settling anything");
  }

  private static Claim claim(Claimed claimed) {
    return new Claim(
        new Dispatch(
            TEAM,
            ModelQueue.DISPATCH,
            ModelQueue.MESSAGE,
            EmailAddress.parse("anna@example.com"),
            CONTENT,
            claimed.aboard().stream()
                .map(ModelQueue::id)
                .map(id -> new Envelope(id, EmailAddress.parse("someone@example.org")))
                .toList(),
            new Lane("example.org"),
            Optional.empty(),
            Optional.empty(),
            claimed.attempt(),
            NOW),
        CHANNEL,
        new LeaseId(ModelQueue.holder(claimed.node())),
        claimed.deferrals(),
        claimed.deferrals() > 0 ? GIVE_UP_AFTER : Duration.ZERO);
  }

  private Heard hear(Asks question) {
    if (heard.hasNext()) {
      return heard.next();
    }
    asked = question;
    throw new Stop();
  }

  private Permission permission(Set<DeliveryId> aboard) {
    Heard answer = hear(new Asks.Permit(numbers(aboard)));
    return switch (answer) {
      case GO -> Permission.GO;
      case LEASE_LOST -> Permission.LEASE_LOST;
      case CANCELLED -> Permission.CANCELLED;
      case DATABASE_AWAY -> throw new DatabaseAway();
      default -> throw new AssertionError("no permission: " + answer);
    };
  }

  private void settle(EndedAttempt ended) {
    var _ = hear(new Asks.Settle(ended));
  }

  /** The database does not answer, whether it did what it was asked for or not. */
  private static final class DatabaseAway extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static List<Integer> numbers(Set<DeliveryId> ids) {
    return List.of(0, 1).stream().filter(i -> ids.contains(ModelQueue.id(i))).toList();
  }

  /** Does what transports do: refusals and broken links are outcomes. */
  @Override
  public AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver) {
    List<DeliveryId> all = dispatch.envelopes().stream().map(Envelope::delivery).toList();
    Outcome deferred = new Outcome.Deferred(FAILURE, Optional.empty());
    return switch (hear(new Asks.NextHop())) {
      case CHANNEL_AT_FAULT -> report(all, _ -> new Outcome.NotTried(FAULT, Optional.empty()));
      case REFUSED_EARLY -> report(all, _ -> deferred);
      case OPEN_FOR_FIRST -> {
        DeliveryId first = all.getFirst();
        AttemptReport report = end(List.of(first), handOver);
        yield report(all, id -> id.equals(first) ? report.outcomeFor(id) : deferred);
      }
      default -> end(all, handOver);
    };
  }

  private AttemptReport end(List<DeliveryId> aboard, HandOver handOver) {
    Outcome accepted = new Outcome.Accepted(Evidence.RELAY, "250 ok");
    Outcome deferred = new Outcome.Deferred(FAILURE, Optional.empty());
    while (handOver.request(Set.copyOf(aboard)) == Permission.GO) {
      Heard answer = hear(new Asks.Take(numbers(new HashSet<>(aboard))));
      switch (answer) {
        case TOOK -> {
          return report(aboard, _ -> accepted);
        }
        case TOOK_FIRST -> {
          return report(aboard, id -> id.equals(aboard.getFirst()) ? accepted : deferred);
        }
        case REFUSED_FOR_NOW -> {
          return report(aboard, _ -> deferred);
        }
        case REFUSED_FOR_GOOD -> {
          return report(aboard, _ -> new Outcome.Rejected(FAILURE));
        }
        case NO_ANSWER -> {
          return report(aboard, _ -> new Outcome.InDoubt(FAILURE));
        }
        case TURNED_AWAY -> {}
        default -> throw new AssertionError("no answer: " + answer);
      }
    }
    return report(aboard, _ -> deferred);
  }

  private static AttemptReport report(
      List<DeliveryId> deliveries, Function<DeliveryId, Outcome> outcome) {
    return new AttemptReport(
        deliveries.stream().collect(toMap(Function.identity(), outcome)),
        Optional.empty(),
        List.of());
  }
}
