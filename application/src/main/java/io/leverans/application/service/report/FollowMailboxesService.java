package io.leverans.application.service.report;

import io.leverans.application.port.in.FollowMailboxes;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Mailboxes;
import io.leverans.application.port.out.Mailboxes.Held;
import io.leverans.application.port.out.Mailboxes.Place;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.channel.UsableChannels.Opening;
import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.MailboxTrouble;
import io.leverans.domain.bounce.ReportInbox;
import io.leverans.domain.bounce.Visit;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelHealth.Readiness;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Visits each mailbox by one visitor at a time, over all nodes, and several at once. A visitor who
 * dies or loses the link leaves the mark where all before it is stored.
 */
public final class FollowMailboxesService implements FollowMailboxes {
  /** A visitor tells that they are there at least every minute. */
  static final Duration LEASE = Duration.ofMinutes(3);

  /** Where nobody calls when something comes. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  /** Servers hang up on who has waited for half an hour (RFC 2177). */
  static final Duration LONGEST_VISIT = Duration.ofMinutes(25);

  static final int AT_ONCE = 1_000;
  private static final int PLACES = 2_000;

  private final Mailboxes mailboxes;
  private final Channels channels;
  private final Providers providers;
  private final UsableChannels usable;
  private final ReportInbox inbox;
  private final Ids ids;
  private final InstantSource clock;
  private final Executor executor;
  private final Consumer<Failure> failures;
  private final Set<ChannelKind> kinds;
  private final Set<Place> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean othersWait;
  private volatile boolean stopping;

  /** How soon visits have to end. */
  enum Haste {
    NONE,
    /** More mailboxes are due than can be visited at once. */
    OTHERS_WAIT,
    /** The node stops. */
    STOPPING
  }

  /**
   * Visits nobody yet.
   *
   * @param executor runs what may take its time; when the node stops it may interrupt
   * @param failures hears of what went wrong on our side
   */
  public FollowMailboxesService(
      Mailboxes mailboxes,
      Channels channels,
      Providers providers,
      UsableChannels usable,
      ReportInbox inbox,
      Ids ids,
      InstantSource clock,
      Executor executor,
      Consumer<Failure> failures) {
    this.mailboxes = mailboxes;
    this.channels = channels;
    this.providers = providers;
    this.usable = usable;
    this.inbox = inbox;
    this.ids = ids;
    this.clock = clock;
    this.executor = executor;
    this.failures = failures;
    this.kinds =
        providers.all().stream()
            .filter(provider -> provider.mailbox().isPresent())
            .map(ChannelProvider::kind)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void follow() {
    if (kinds.isEmpty() || stopping) {
      return;
    }
    List<Place> due = mailboxes.due(kinds, PLACES);
    othersWait = underWay.size() + due.size() > AT_ONCE;
    for (Place place : due) {
      if (underWay.size() < AT_ONCE && underWay.add(place)) {
        executor.execute(() -> visit(place));
      }
    }
  }

  @Override
  public void stop() {
    stopping = true;
  }

  private Haste haste() {
    if (stopping) {
      return Haste.STOPPING;
    }
    return othersWait ? Haste.OTHERS_WAIT : Haste.NONE;
  }

  private void visit(Place place) {
    try {
      mailboxes.take(place, new LeaseId(ids.next()), LEASE).ifPresent(this::visit);
    } catch (RuntimeException e) {
      failures.accept(new Failure(place.team(), place.channel(), e));
    } finally {
      underWay.remove(place);
    }
  }

  private void visit(Held held) {
    Place place = held.place();
    Optional<Channel> channel =
        channels.find(place.team(), place.channel()).filter(this::mayBeOpened);
    Optional<ChannelProvider> provider = channel.flatMap(found -> providers.find(found.kind()));
    Optional<BounceMailbox> mailbox = provider.flatMap(ChannelProvider::mailbox);
    if (mailbox.isEmpty()) {
      mailboxes.giveBack(held, PAUSE);
      return;
    }
    var book = new VisitBook(held, mailboxes, inbox, clock, this::haste);
    Visit visit =
        usable
            .attempt(
                place.team(),
                channel.orElseThrow(),
                provider.orElseThrow(),
                opening -> visited(opening, channel.orElseThrow(), mailbox.get(), book),
                FollowMailboxesService::wasNotLetIn)
            .result();
    end(held, visit, book);
  }

  /** Where the account's owner has to act, nothing is asked of its provider meanwhile. */
  private boolean mayBeOpened(Channel channel) {
    boolean byConsent =
        providers
            .find(channel.kind())
            .flatMap(provider -> UsableChannels.consentOf(channel, provider))
            .isPresent();
    return !byConsent || channel.health().at(clock.instant()) == Readiness.READY;
  }

  private Visit visited(Opening opening, Channel channel, BounceMailbox mailbox, VisitBook book) {
    return switch (opening) {
      case Opening.Ready(var open) -> mailbox.visit(open, book.mark(), book);
      case Opening.AtFault(var fault, var until) -> {
        var _ = channels.faulted(book.place().team(), channel, fault, until);
        yield new Visit.Prevented(fault, until);
      }
      case Opening.NotNow(var words) ->
          new Visit.Prevented(
              new ChannelFault(
                  Cause.NETWORK_FAILURE, words, "It is tried again by itself.", Certainty.PRESUMED),
              Optional.empty());
    };
  }

  private static boolean wasNotLetIn(Visit visit) {
    return visit instanceof Visit.Prevented(var fault, _)
        && UsableChannels.maySayThatAccessIsWornOut(fault);
  }

  private void end(Held held, Visit visit, VisitBook book) {
    if (stopping) {
      boolean _ = Thread.interrupted();
      mailboxes.giveBack(held, Duration.ZERO);
      return;
    }
    Optional<RuntimeException> unsaved = book.unsaved();
    if (unsaved.isPresent()) {
      failures.accept(new Failure(held.place().team(), held.place().channel(), unsaved.get()));
      mailboxes.giveBack(held, PAUSE);
      return;
    }
    switch (visit) {
      case Visit.Over() -> mailboxes.leave(held, book.wasSentAway() ? Duration.ZERO : PAUSE);
      case Visit.ToBeContinued() -> mailboxes.leave(held, Duration.ZERO);
      case Visit.Prevented(var fault, var until) ->
          mailboxes.leave(
              held, fault, until.orElseGet(() -> MailboxTrouble.pauseAfter(held.troubles() + 1)));
    }
  }
}
