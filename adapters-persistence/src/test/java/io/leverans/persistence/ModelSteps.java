package io.leverans.persistence;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.persistence.ModelAttempt.Asks;
import io.leverans.persistence.ModelQueue.AfterBreak;
import io.leverans.persistence.ModelQueue.Permitted;
import io.leverans.persistence.ModelWorld.Due;
import io.leverans.persistence.ModelWorld.Heard;
import io.leverans.persistence.ModelWorld.Inquiry;
import io.leverans.persistence.ModelWorld.Mark;
import io.leverans.persistence.ModelWorld.Parcel;
import io.leverans.persistence.ModelWorld.Promise;
import io.leverans.persistence.ModelWorld.Running;
import io.leverans.persistence.ModelWorld.Truth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that can happen next in a state: each step of each attempt under way, a claim, the death of a
 * node at any point, the passing of time, a person's order, an inquiry. A node stalls when
 * everything else goes on before it does, and its answer is late when that is a settlement.
 *
 * <p>One thing is assumed of the provider: an inquiry proves that a hand-over did not happen only
 * when none of that attempt can happen any more.
 */
final class ModelSteps {
  private static final Set<DeliveryState> UNSETTLED =
      EnumSet.of(
          DeliveryState.SCHEDULED,
          DeliveryState.QUEUED,
          DeliveryState.WAITING,
          DeliveryState.SENDING,
          DeliveryState.HANDED_OVER);
  private static final Set<DeliveryState> WHERE_WHAT_WAS_TAKEN_MAY_BE =
      EnumSet.of(DeliveryState.HANDED_OVER, DeliveryState.IN_DOUBT, DeliveryState.ACCEPTED);
  private static final List<DeliveryFact> ORDERS =
      List.of(
          DeliveryFact.CANCELLED,
          DeliveryFact.RESEND_ORDERED,
          DeliveryFact.RETRY_ORDERED,
          DeliveryFact.DECLARED_SENT,
          DeliveryFact.DECLARED_FAILED);

  private final ModelQueue queue;
  private final Bounds bounds;

  ModelSteps(ModelQueue queue, Bounds bounds) {
    this.queue = queue;
    this.bounds = bounds;
  }

  /** How far is looked. */
  record Bounds(int nodes, int attempts, int deliveries, int orders) {}

  /** One thing that happens, and the state after it. */
  record Step(String what, ModelWorld after) {}

  List<Step> from(ModelWorld world) {
    List<Step> steps = new ArrayList<>();
    time(world, steps);
    nodes(world, steps);
    world.running().forEach(running -> attempt(world, running, steps));
    person(world, steps);
    if (bounds.deliveries() == 1) {
      inquiry(world, steps);
    }
    return steps;
  }

  private void time(ModelWorld world, List<Step> steps) {
    boolean ahead = world.row().is(Mark.AHEAD);
    if (ahead) {
      steps.add(new Step("its time comes", world.timeComes()));
    }
    if (world.row().due() == Due.LATER && (world.row().holder().isPresent() || !ahead)) {
      String what = world.row().holder().isPresent() ? "the lease runs out" : "it comes due";
      steps.add(new Step(what, world.row(row -> row.due(Due.NOW))));
    }
    queue.resume(world).ifPresent(after -> steps.add(new Step("the channel works again", after)));
  }

  private static boolean isUnsettled(ModelWorld world) {
    return world.parcels().stream().anyMatch(parcel -> UNSETTLED.contains(parcel.state()));
  }

  private void nodes(ModelWorld world, List<Step> steps) {
    if (world.row().due() == Due.NOW) {
      makeReady(world, steps);
    }
    for (int each = 0; each < bounds.nodes(); each++) {
      int node = each;
      if (world.row().is(Mark.READY) && mayClaim(world, node)) {
        steps.add(new Step("node " + node + " claims", queue.claim(world, node)));
      }
      List<Running> others =
          world.running().stream().filter(running -> running.claim().node() != node).toList();
      if (others.size() < world.running().size()) {
        steps.add(new Step("node " + node + " dies", world.running(others)));
      }
    }
  }

  private void makeReady(ModelWorld world, List<Step> steps) {
    steps.add(
        new Step("a node makes ready what is due", queue.makeReady(world, AfterBreak.AT_ONCE)));
    if (world.row().holder().isPresent()) {
      steps.add(new Step("what broke off waits", queue.makeReady(world, AfterBreak.PAUSE)));
      steps.add(
          new Step("what broke off is given up", queue.makeReady(world, AfterBreak.GIVEN_UP)));
    }
  }

  /** Nodes are alike: the first claim is the first node's. */
  private boolean mayClaim(ModelWorld world, int node) {
    int before = world.row().attempt();
    return before < bounds.attempts() && (before > 0 || node == 0);
  }

  private void attempt(ModelWorld world, Running running, List<Step> steps) {
    switch (ModelAttempt.of(running)) {
      case Asks.NextHop() -> {
        List<Heard> answers =
            running.claim().aboard().size() == 1
                ? List.of(Heard.OPEN, Heard.REFUSED_EARLY, Heard.CHANNEL_AT_FAULT)
                : List.of(
                    Heard.OPEN, Heard.OPEN_FOR_FIRST, Heard.REFUSED_EARLY, Heard.CHANNEL_AT_FAULT);
        answers.forEach(answer -> steps.add(hears(world, running, answer, "the next hop")));
      }
      case Asks.Permit(var aboard) -> permit(world, running, aboard, steps);
      case Asks.Take(var aboard) -> take(world, running, aboard, steps);
      case Asks.Settle(var ended) -> {
        ModelWorld gone = without(world, running);
        steps.add(step(running, "writes down how it ended", queue.settle(gone, ended)));
        steps.add(step(running, "cannot write down how it ended", gone));
      }
      case Asks.Nothing() -> steps.add(step(running, "ends", without(world, running)));
    }
  }

  private void permit(ModelWorld world, Running running, List<Integer> aboard, List<Step> steps) {
    Permitted permitted = queue.permit(world, running.claim(), aboard);
    Heard answer =
        switch (permitted.permission()) {
          case GO -> Heard.GO;
          case LEASE_LOST, LANE_CLOSED -> Heard.LEASE_LOST;
          case CANCELLED -> Heard.CANCELLED;
        };
    steps.add(hears(permitted.world(), running, answer, "asking for GO"));
    steps.add(hears(permitted.world(), running, Heard.DATABASE_AWAY, "asking for " + answer));
  }

  private static void take(
      ModelWorld world, Running running, List<Integer> aboard, List<Step> steps) {
    ModelWorld all = taken(world, running, aboard);
    steps.add(hears(all, running, Heard.TOOK, "the last byte"));
    steps.add(hears(all, running, Heard.NO_ANSWER, "the last byte, which arrives,"));
    steps.add(hears(world, running, Heard.NO_ANSWER, "the last byte, which does not arrive,"));
    steps.add(hears(world, running, Heard.REFUSED_FOR_NOW, "the last byte"));
    steps.add(hears(world, running, Heard.REFUSED_FOR_GOOD, "the last byte"));
    if (aboard.size() > 1) {
      ModelWorld first = taken(world, running, aboard.subList(0, 1));
      steps.add(hears(first, running, Heard.TOOK_FIRST, "the last byte"));
    }
    if (!running.heard().contains(Heard.TURNED_AWAY)) {
      steps.add(hears(world, running, Heard.TURNED_AWAY, "the last byte"));
    }
  }

  private static ModelWorld taken(ModelWorld world, Running running, List<Integer> aboard) {
    ModelWorld after = world;
    for (int i : aboard) {
      after = after.parcel(i, parcel -> parcel.taken(running.claim().attempt()));
      Parcel parcel = after.parcels().get(i);
      if (parcel.is(Truth.WITHDRAWN_BEFORE_GO)) {
        after = after.breaking(Promise.WITHDRAWN_STAYS);
      }
      if (parcel.copies() > 1 + parcel.words()) {
        after = after.breaking(Promise.ONE_COPY);
      }
    }
    return after;
  }

  private static Step hears(ModelWorld world, Running running, Heard answer, String of) {
    List<Running> all = new ArrayList<>(world.running());
    all.set(all.indexOf(running), ModelAttempt.reduced(running.hearing(answer)));
    return step(running, of + " is answered by " + answer, world.running(all));
  }

  private static ModelWorld without(ModelWorld world, Running running) {
    List<Running> others = new ArrayList<>(world.running());
    others.remove(running);
    return world.running(others);
  }

  private static Step step(Running running, String what, ModelWorld after) {
    return new Step(
        "node " + running.claim().node() + ", attempt " + running.claim().attempt() + ": " + what,
        after);
  }

  private void person(ModelWorld world, List<Step> steps) {
    if (world.orders() == 0) {
      return;
    }
    for (boolean ahead : List.of(true, false)) {
      queue
          .reschedule(world, ahead)
          .ifPresent(
              after ->
                  steps.add(
                      new Step(
                          "a person: to be sent " + (ahead ? "later" : "now"),
                          after.oneOrderFewer())));
    }
    for (int i : world.all()) {
      for (DeliveryFact order : ORDERS) {
        queue
            .order(world, i, order)
            .ifPresent(
                after ->
                    steps.add(
                        new Step(
                            "a person: " + order + " for delivery " + i, after.oneOrderFewer())));
      }
    }
  }

  private void inquiry(ModelWorld world, List<Step> steps) {
    world
        .inquiry()
        .ifPresentOrElse(
            known ->
                steps.add(
                    new Step(
                        "an inquiry is written down: " + known.finding(),
                        queue.shown(world, known).orElse(world).inquiry(Optional.empty()))),
            () -> world.all().forEach(i -> findings(world, i, steps)));
  }

  private static void findings(ModelWorld world, int which, List<Step> steps) {
    Parcel parcel = world.parcels().get(which);
    boolean over =
        world.running().stream()
            .noneMatch(running -> running.claim().attempt() == parcel.attempt());
    if (parcel.state() == DeliveryState.IN_DOUBT && (parcel.is(Truth.TAKEN) || over)) {
      DeliveryFact finding =
          parcel.is(Truth.TAKEN) ? DeliveryFact.SHOWN_SENT : DeliveryFact.SHOWN_NOT_SENT;
      steps.add(
          new Step(
              "the provider is asked of attempt " + parcel.attempt(),
              world.inquiry(Optional.of(new Inquiry(which, parcel.attempt(), finding)))));
    }
  }

  /** The promise that is broken in this state or on the way to it. */
  Optional<Promise> broken(ModelWorld world) {
    if (world.broken().isPresent()) {
      return world.broken();
    }
    boolean queuedThoughTaken =
        world.parcels().stream()
            .anyMatch(
                parcel ->
                    parcel.is(Truth.TAKEN)
                        && !WHERE_WHAT_WAS_TAKEN_MAY_BE.contains(parcel.state()));
    return queuedThoughTaken ? Optional.of(Promise.NEVER_QUEUED_WHEN_TAKEN) : Optional.empty();
  }

  /** What the database still has when all nodes are dead: it decides what becomes of the mail. */
  static ModelWorld whenAllAreDead(ModelWorld world) {
    List<Parcel> parcels =
        world.parcels().stream()
            .map(parcel -> new Parcel(parcel.state(), parcel.attempt(), 0, 0, 9, Set.of()))
            .toList();
    return new ModelWorld(world.row(), parcels, List.of(), Optional.empty(), 0, Optional.empty());
  }

  /** Whether one node that works, and a next hop that takes all, bring everything to an end. */
  boolean recovers(ModelWorld dead) {
    ModelWorld world = dead;
    for (int rounds = 0; rounds < 4 && isUnsettled(world); rounds++) {
      if (world.row().due() == Due.LATER) {
        world = world.timeComes().row(row -> row.due(Due.NOW));
      }
      world = queue.resume(world).orElse(world);
      world = world.row().due() == Due.NOW ? queue.makeReady(world, AfterBreak.AT_ONCE) : world;
      world = world.row().is(Mark.READY) ? queue.claim(world, 0) : world;
      while (!world.running().isEmpty()) {
        world = goOn(world, world.running().getFirst());
      }
    }
    return !isUnsettled(world);
  }

  private ModelWorld goOn(ModelWorld world, Running running) {
    return switch (ModelAttempt.of(running)) {
      case Asks.NextHop() -> hears(world, running, Heard.OPEN, "").after();
      case Asks.Permit(var aboard) -> {
        Permitted permitted = queue.permit(world, running.claim(), aboard);
        Heard answer = Heard.valueOf(permitted.permission().name());
        yield hears(permitted.world(), running, answer, "").after();
      }
      case Asks.Take _ -> hears(world, running, Heard.TOOK, "").after();
      case Asks.Settle(var ended) -> queue.settle(without(world, running), ended);
      case Asks.Nothing() -> without(world, running);
    };
  }
}
