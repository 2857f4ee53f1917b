package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.message.MessageId;
import io.leverans.persistence.AttemptEnding.Clock;
import io.leverans.persistence.AttemptEnding.Locked;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.DeliveryMoves.Standing;
import io.leverans.persistence.DueMail.Hour;
import io.leverans.persistence.ModelWorld.Claimed;
import io.leverans.persistence.ModelWorld.Due;
import io.leverans.persistence.ModelWorld.Mark;
import io.leverans.persistence.ModelWorld.Parcel;
import io.leverans.persistence.ModelWorld.Promise;
import io.leverans.persistence.ModelWorld.Row;
import io.leverans.persistence.ModelWorld.Running;
import io.leverans.persistence.ModelWorld.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The transactions of the queue, each in one step, on one dispatch. Which state follows which is
 * decided by the code that the database's adapter decides by: {@link Standing#on} over the table of
 * moves, {@link AttemptEnding}, and the take-back of {@link LostLeases}.
 *
 * <p>Written anew here is what that code leaves to SQL, and the contracts check it on the database:
 *
 * <ul>
 *   <li>what a claim takes aboard: {@code DispatchQueueContract}; its number and its lease: {@code
 *       LeaseContract}
 *   <li>the fence before a GO: {@code PermitContract}; a lease that is lost stays lost, so that
 *       renewing changes nothing here
 *   <li>what the end of an attempt and a late answer make due: {@code SettlementContract}
 *   <li>what an order makes due, and that nobody looks at what was withdrawn: {@code
 *       MessagesContract}; what resuming makes due: {@code WaitingPlacesContract}
 *   <li>what another time makes due: {@code ReschedulingContract}; what is not ready before its
 *       time: {@code ScheduleContract}
 *   <li>that an inquiry speaks of its own attempt only: {@code DoubtsContract}
 * </ul>
 */
class ModelQueue {
  static final MessageId MESSAGE = new MessageId(new UUID(2, 0));
  static final DispatchId DISPATCH = new DispatchId(new UUID(3, 0));
  private static final List<DeliveryId> IDS =
      List.of(new DeliveryId(new UUID(1, 0)), new DeliveryId(new UUID(1, 1)));
  private static final Set<DeliveryFact> TOOK_NOTHING =
      Set.of(
          DeliveryFact.DEFERRED,
          DeliveryFact.HELD_BACK,
          DeliveryFact.REROUTED,
          DeliveryFact.NOT_TRIED);
  private static final Set<DeliveryState> STILL_TO_SEND =
      Set.of(DeliveryState.SCHEDULED, DeliveryState.QUEUED, DeliveryState.WAITING);
  private static final Set<DeliveryState> WITHDRAWN =
      Set.of(DeliveryState.CANCELLED, DeliveryState.SCHEDULED);
  private static final Set<DeliveryState> MAY_GO =
      Set.of(DeliveryState.SENDING, DeliveryState.HANDED_OVER);

  /** What is answered, and what the database holds then. */
  record Permitted(Permission permission, ModelWorld world) {}

  static DeliveryId id(int parcel) {
    return IDS.get(parcel);
  }

  static UUID holder(int node) {
    return new UUID(4, node);
  }

  static Standing standing(Parcel parcel, int which) {
    return new Standing(
        id(which), MESSAGE, DISPATCH, "someone@example.org", parcel.state(), parcel.attempt());
  }

  private static List<Standing> standings(ModelWorld world) {
    return world.all().stream().map(i -> standing(world.parcels().get(i), i)).toList();
  }

  /** What follows for what an attempt that broke off had not handed over. */
  enum AfterBreak {
    AT_ONCE,
    PAUSE,
    GIVEN_UP
  }

  /** {@link DueMail#makeReady}. */
  ModelWorld makeReady(ModelWorld world, AfterBreak then) {
    List<Standing> aboard = standings(world);
    boolean lost = world.row().holder().isPresent();
    if (lost) {
      aboard = aboard.stream().map(each -> lose(each, then)).toList();
    }
    Hour hour = hour(world.row());
    aboard = aboard.stream().map(each -> DueMail.queue(hour, each, new ArrayList<>())).toList();
    ModelWorld after = world.row(row -> row.heldBy(Optional.empty()).due(Due.NEVER));
    for (int i : world.all()) {
      DeliveryState state = aboard.get(i).state();
      after = after.parcel(i, parcel -> parcel.in(state));
    }
    return switch (DueMail.after(hour, aboard)) {
      case READY ->
          lost && then == AfterBreak.PAUSE
              ? after.row(row -> row.without(Mark.READY, Mark.WAITING).due(Due.LATER))
              : after.row(row -> row.with(Mark.READY));
      case AWAITS_ITS_HOUR -> after.row(row -> row.without(Mark.READY).due(Due.LATER));
      case NOTHING_LEFT -> after.row(row -> row.without(Mark.READY, Mark.WAITING));
    };
  }

  Hour hour(Row row) {
    return row.is(Mark.AHEAD) ? Hour.AHEAD : Hour.COME;
  }

  Standing lose(Standing standing) {
    return LostLeases.lose(standing, new ArrayList<>());
  }

  private Standing lose(Standing standing, AfterBreak then) {
    Standing after = lose(standing);
    return then == AfterBreak.GIVEN_UP
            && after.state() == DeliveryState.QUEUED
            && !after.equals(standing)
        ? after.on(DeliveryFact.GAVE_UP).map(Move::after).orElse(after)
        : after;
  }

  /** {@link ClaimRound#claim}. */
  ModelWorld claim(ModelWorld world, int node) {
    List<Integer> aboard =
        world.all().stream()
            .filter(i -> world.parcels().get(i).state() == DeliveryState.QUEUED)
            .toList();
    if (aboard.isEmpty()) {
      return world.row(row -> row.without(Mark.READY, Mark.WAITING).due(Due.NEVER));
    }
    int number = world.row().attempt() + 1;
    ModelWorld after = world;
    for (int i : aboard) {
      after = after.parcel(i, parcel -> claimed(parcel, i, number));
    }
    Row before = world.row();
    List<Running> running = new ArrayList<>(world.running());
    running.add(new Running(new Claimed(node, number, before.deferrals(), aboard), List.of()));
    return after
        .running(running)
        .row(row -> row.without(Mark.READY).attempt(number).heldBy(Optional.of(node)))
        .row(row -> row.due(Due.LATER));
  }

  private static Parcel claimed(Parcel parcel, int which, int number) {
    Move move = standing(parcel, which).on(DeliveryFact.CLAIMED).orElseThrow();
    return parcel.claimed(move.to(), number);
  }

  /** {@link HandOvers#decide}. */
  Permitted permit(ModelWorld world, Claimed claim, List<Integer> aboard) {
    boolean whole = aboard.stream().allMatch(i -> mayGo(world.parcels().get(i), claim));
    if (!fence(world.row(), claim) || !whole) {
      boolean cancelled =
          aboard.stream().anyMatch(i -> WITHDRAWN.contains(world.parcels().get(i).state()));
      return new Permitted(cancelled ? Permission.CANCELLED : Permission.LEASE_LOST, world);
    }
    ModelWorld after = world;
    for (int i : aboard) {
      int open = world.parcels().get(i).openGo();
      after = after.parcel(i, parcel -> parcel.gone(claim.attempt()));
      after = open == 0 || open == claim.attempt() ? after : after.breaking(Promise.ONE_GO);
      after =
          world.parcels().get(i).is(Truth.TIME_AHEAD)
              ? after.breaking(Promise.NEVER_BEFORE_ITS_TIME)
              : after;
    }
    return new Permitted(Permission.GO, after);
  }

  boolean fence(Row row, Claimed claim) {
    return row.attempt() == claim.attempt()
        && row.holder().equals(Optional.of(claim.node()))
        && row.due() == Due.LATER;
  }

  boolean mayGo(Parcel parcel, Claimed claim) {
    return parcel.attempt() == claim.attempt() && MAY_GO.contains(parcel.state());
  }

  /** {@link AttemptEndings#write}. */
  ModelWorld settle(ModelWorld world, EndedAttempt ended) {
    return settle(world, ended, standings(world));
  }

  final ModelWorld settle(ModelWorld world, EndedAttempt ended, List<Standing> aboard) {
    Row row = world.row();
    var locked =
        new Locked(
            row.holder().map(ModelQueue::holder),
            row.attempt(),
            row.is(Mark.WAITING) ? Optional.of(Instant.EPOCH) : Optional.empty());
    var ending = new AttemptEnding(ended, locked, aboard);
    List<Move> moves = new ArrayList<>(ending.told());
    moves.addAll(ending.untold());
    ModelWorld after = world;
    for (Move move : moves) {
      after = after.parcel(IDS.indexOf(move.from().id()), parcel -> settled(parcel, move));
    }
    if (ending.release().isPresent()) {
      after = release(after, ending.release().get());
    }
    return ending.due().isPresent() ? makeDue(after, ending.due().get().pause()) : after;
  }

  private static Parcel settled(Parcel parcel, Move move) {
    Parcel moved = parcel.in(move.to());
    return TOOK_NOTHING.contains(move.fact()) ? moved.answered() : moved;
  }

  ModelWorld release(ModelWorld world, AttemptEnding.Release release) {
    int more = release.clock() == Clock.RUNS ? 1 : 0;
    return world.row(
        row -> {
          Row free =
              row.heldBy(Optional.empty())
                  .due(release.pause().map(pause -> due(row, pause)).orElse(Due.NEVER))
                  .deferrals(row.deferrals() + more);
          return release.clock() == Clock.STANDS
              ? free.with(Mark.WAITING)
              : free.without(Mark.WAITING);
        });
  }

  /** No later than it is due already. */
  private static ModelWorld makeDue(ModelWorld world, Duration pause) {
    return world.row(row -> row.due() == Due.NOW ? row : row.due(due(row, pause)));
  }

  /** After the pause, and not before its time. */
  private static Due due(Row row, Duration pause) {
    return pause.isPositive() || row.is(Mark.AHEAD) ? Due.LATER : Due.NOW;
  }

  /** {@link PersonsOrder#give}, for one delivery; empty where the table has no move. */
  final Optional<ModelWorld> order(ModelWorld world, int which, DeliveryFact fact) {
    return standing(world.parcels().get(which), which)
        .on(fact)
        .map(move -> world.parcel(which, parcel -> parcel.in(move.to()).said(fact)))
        .map(
            ordered ->
                switch (ordered.parcels().get(which).state()) {
                  case QUEUED -> queue(ordered, setsAside(world, fact));
                  case CANCELLED -> rest(ordered);
                  default -> ordered;
                });
  }

  private static boolean setsAside(ModelWorld world, DeliveryFact fact) {
    return !PersonsOrder.toBeSentAtOnce(List.of(DISPATCH), fact, standings(world)).isEmpty();
  }

  ModelWorld queue(ModelWorld world, boolean setsAside) {
    Mark[] away =
        setsAside
            ? new Mark[] {Mark.WAITING, Mark.READY, Mark.AHEAD}
            : new Mark[] {Mark.WAITING, Mark.READY};
    return world.row(row -> row.deferrals(0).without(away)).row(ModelQueue::dueUnlessHeld);
  }

  private static Row dueUnlessHeld(Row row) {
    return row.holder().isEmpty() ? row.due(due(row, Duration.ZERO)) : row;
  }

  /** {@link Rescheduling#carryOut}; empty where nothing is left to be given another time. */
  final Optional<ModelWorld> reschedule(ModelWorld world, boolean ahead) {
    ModelWorld after = world;
    for (Standing standing : standings(world)) {
      Optional<Move> move = standing.on(DeliveryFact.RESCHEDULED);
      after =
          move.isEmpty()
              ? after
              : after.parcel(
                  IDS.indexOf(standing.id()),
                  parcel -> parcel.in(move.get().to()).scheduled(ahead));
    }
    if (standings(world).stream().allMatch(each -> each.on(DeliveryFact.RESCHEDULED).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        after
            .row(row -> row.deferrals(0).without(Mark.WAITING, Mark.READY, Mark.AHEAD))
            .row(row -> ahead ? row.with(Mark.AHEAD) : row)
            .row(ModelQueue::dueUnlessHeld));
  }

  private static ModelWorld rest(ModelWorld world) {
    boolean left = world.parcels().stream().anyMatch(p -> STILL_TO_SEND.contains(p.state()));
    return left || world.row().holder().isPresent()
        ? world
        : world.row(row -> row.without(Mark.WAITING, Mark.READY).due(Due.NEVER));
  }

  /** {@link JdbiDispatchQueue#resume}. */
  Optional<ModelWorld> resume(ModelWorld world) {
    Row row = world.row();
    return row.is(Mark.WAITING)
            && row.holder().isEmpty()
            && !row.is(Mark.READY)
            && row.due() != Due.NOW
            && !(row.is(Mark.AHEAD) && row.due() == Due.LATER)
        ? Optional.of(world.row(before -> before.due(due(before, Duration.ZERO))))
        : Optional.empty();
  }

  /** {@link JdbiDoubts#shownSent} and {@link JdbiDoubts#shownNotSent}. */
  Optional<ModelWorld> shown(ModelWorld world, ModelWorld.Inquiry inquiry) {
    Parcel parcel = world.parcels().get(inquiry.parcel());
    return parcel.state() == DeliveryState.IN_DOUBT && speaksOf(inquiry, parcel)
        ? order(world, inquiry.parcel(), inquiry.finding())
        : Optional.empty();
  }

  boolean speaksOf(ModelWorld.Inquiry inquiry, Parcel parcel) {
    return parcel.attempt() == inquiry.attempt();
  }
}
