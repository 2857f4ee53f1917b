package io.leverans.persistence;

import io.leverans.persistence.ModelSteps.Bounds;
import io.leverans.persistence.ModelSteps.Step;
import io.leverans.persistence.ModelWorld.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through all states that can be reached within the bounds, the nearest first. */
final class ModelChecker {
  private final ModelSteps steps;
  private final Map<ModelWorld, Origin> seen = new HashMap<>();
  private final Map<ModelWorld, Boolean> recovering = new HashMap<>();

  private ModelChecker(ModelSteps steps) {
    this.steps = steps;
  }

  /** The step by which a state was reached first. */
  private record Origin(Optional<ModelWorld> from, String step) {}

  /** What was found: the first promise that is broken, with the shortest way to it. */
  record Result(int states, Optional<Promise> broken, List<String> way) {}

  static Result explore(ModelQueue queue, Bounds bounds) {
    return new ModelChecker(new ModelSteps(queue, bounds))
        .explore(ModelWorld.start(bounds.deliveries(), bounds.orders()));
  }

  private Result explore(ModelWorld start) {
    Deque<ModelWorld> ahead = new ArrayDeque<>(List.of(start));
    seen.put(start, new Origin(Optional.empty(), "accepted for later"));
    while (!ahead.isEmpty()) {
      ModelWorld world = ahead.remove();
      Optional<Promise> broken = broken(world);
      if (broken.isPresent()) {
        return new Result(seen.size(), broken, way(world));
      }
      for (Step step : steps.from(world)) {
        if (seen.putIfAbsent(step.after(), new Origin(Optional.of(world), step.what())) == null) {
          ahead.add(step.after());
        }
      }
    }
    return new Result(seen.size(), Optional.empty(), List.of());
  }

  private Optional<Promise> broken(ModelWorld world) {
    return steps
        .broken(world)
        .or(
            () ->
                recovering.computeIfAbsent(ModelSteps.whenAllAreDead(world), steps::recovers)
                    ? Optional.empty()
                    : Optional.of(Promise.NOTHING_LOST));
  }

  private List<String> way(ModelWorld to) {
    List<String> way = new ArrayList<>();
    Optional<ModelWorld> at = Optional.of(to);
    while (at.isPresent()) {
      Origin origin = seen.get(at.get());
      way.addFirst(origin.step());
      at = origin.from();
    }
    return way;
  }
}
