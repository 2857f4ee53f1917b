package io.leverans.application.service.sending;

import io.leverans.application.port.in.InquireDoubts;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Doubts;
import io.leverans.application.port.out.Doubts.Doubt;
import io.leverans.application.port.out.Doubts.Patience;
import io.leverans.application.port.out.Doubts.Place;
import io.leverans.application.port.out.Doubts.Rhythm;
import io.leverans.application.port.out.Doubts.Unresolved;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.channel.UsableChannels.Opened;
import io.leverans.application.service.channel.UsableChannels.Opening;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Finding;
import io.leverans.domain.delivery.HandOverInquiry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Asks of each channel one thing at a time, and of several channels at once: a provider that is
 * slow to answer holds up nobody else's mail.
 */
public final class InquireDoubtsService implements InquireDoubts {
  /** Every minute at first, and in the end every hour, until three days are over. */
  static final Rhythm RHYTHM =
      new Rhythm(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(3));

  /**
   * A server has ten minutes for its answer to the end of a message (RFC 5321 §4.5.3.2.6), and half
   * as much again is for a node that stalls before it writes the answer down.
   */
  static final Duration ANSWER_MAY_COME = Duration.ofMinutes(15);

  /** Each may make a copy: two are the most that a choice made beforehand can answer for. */
  static final int RESENDS = 2;

  static final int CHANNELS_AT_ONCE = 32;
  private static final int PLACES = 1_000;
  private static final int UNRESOLVED = 1_000;

  private final Doubts doubts;
  private final Channels channels;
  private final Providers providers;
  private final UsableChannels usable;
  private final Executor executor;
  private final Consumer<Failure> failures;
  private final Set<ChannelKind> kinds;
  private final Patience patience;
  private final Set<ChannelId> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Asks nothing yet.
   *
   * @param executor runs what may have to wait for a provider
   * @param failures hears of what went wrong
   */
  public InquireDoubtsService(
      Doubts doubts,
      Channels channels,
      Providers providers,
      UsableChannels usable,
      Executor executor,
      Consumer<Failure> failures) {
    this.doubts = doubts;
    this.channels = channels;
    this.providers = providers;
    this.usable = usable;
    this.executor = executor;
    this.failures = failures;
    this.kinds =
        providers.all().stream()
            .filter(provider -> provider.inquiry().isPresent())
            .map(ChannelProvider::kind)
            .collect(Collectors.toUnmodifiableSet());
    this.patience = new Patience(ANSWER_MAY_COME, RHYTHM.end(), kinds, RESENDS);
  }

  @Override
  public void inquire() {
    doubts.unresolved(patience, UNRESOLVED).forEach(this::doAsChosen);
    ask();
  }

  private void doAsChosen(Unresolved mail) {
    try {
      var _ = doubts.doAsChosen(mail, patience);
    } catch (RuntimeException e) {
      failures.accept(new Failure(mail.team(), mail.channel(), e));
    }
  }

  private void ask() {
    if (kinds.isEmpty()) {
      return;
    }
    for (Place place : doubts.due(kinds, RHYTHM, PLACES)) {
      if (underWay.size() < CHANNELS_AT_ONCE && underWay.add(place.channel())) {
        executor.execute(() -> inquire(place));
      }
    }
  }

  private void inquire(Place place) {
    try {
      Optional<Doubt> doubt = doubts.take(place, RHYTHM);
      while (doubt.isPresent()) {
        inquire(place, doubt.get());
        doubt = doubts.take(place, RHYTHM);
      }
    } catch (RuntimeException e) {
      failures.accept(new Failure(place.team(), place.channel(), e));
    } finally {
      underWay.remove(place.channel());
    }
  }

  /** What goes wrong with one says nothing of the next. */
  private void inquire(Place place, Doubt doubt) {
    try {
      settle(doubt, finding(doubt));
    } catch (RuntimeException e) {
      failures.accept(new Failure(place.team(), place.channel(), e));
    }
  }

  private void settle(Doubt doubt, Finding finding) {
    switch (finding) {
      case Finding.Happened(var reference) -> {
        var _ = doubts.shownSent(doubt, reference);
      }
      case Finding.DidNotHappen() -> {
        var _ = doubts.shownNotSent(doubt);
      }
      case Finding.CannotTell _ -> {}
    }
  }

  private Finding finding(Doubt doubt) {
    return channels
        .find(doubt.dispatch().team(), doubt.channel())
        .filter(channel -> channel.health().at(doubt.takenAt()) == Readiness.READY)
        .flatMap(channel -> finding(doubt, channel))
        .orElseGet(() -> new Finding.CannotTell("the channel is gone or needs attention"));
  }

  /** Empty if nobody can tell: then the channel is not even opened. */
  private Optional<Finding> finding(Doubt doubt, Channel channel) {
    return providers
        .find(channel.kind())
        .flatMap(
            provider ->
                provider.inquiry().map(inquiry -> finding(doubt, channel, provider, inquiry)));
  }

  private Finding finding(
      Doubt doubt, Channel channel, ChannelProvider provider, HandOverInquiry inquiry) {
    Opened opened = usable.open(doubt.dispatch().team(), channel, provider);
    return switch (opened.opening()) {
      case Opening.Ready(var open) ->
          inquiry.inquire(doubt.dispatch(), open, doubt.handedOverAt(), doubt.takenAt());
      case Opening.AtFault(var fault, var until) -> {
        var _ = channels.faulted(doubt.dispatch().team(), opened.channel(), fault, until);
        yield new Finding.CannotTell(fault.words());
      }
      case Opening.NotNow(var words) -> new Finding.CannotTell(words);
    };
  }
}
