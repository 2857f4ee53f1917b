package io.leverans.domain.bounce;

import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a delivery when one of the reports on it is read anew: where reports have moved
 * it, they are taken back and heard once more in their order, each as it is read now; else the
 * report is heard as if it came just now.
 */
public final class Retelling {
  private Retelling() {}

  /**
   * A step from one state to the next.
   *
   * @param failure what the report says of it, except that it arrived
   */
  public record Step(DeliveryFact fact, DeliveryState to, Optional<Failure> failure) {}

  /**
   * The steps that the table allows, in order; none where nothing changes.
   *
   * @param words what the reports since the latest hand-over say, in their order, as they are read
   *     now
   * @param anew what the report that is read anew says
   */
  public static List<Step> steps(
      DeliveryState state, List<ReportVerdict> words, ReportVerdict anew) {
    List<Step> steps = new ArrayList<>();
    Optional<DeliveryState> withdrawn = Lifecycle.next(state, DeliveryFact.REPORT_WITHDRAWN);
    withdrawn.ifPresent(
        to -> steps.add(new Step(DeliveryFact.REPORT_WITHDRAWN, to, Optional.empty())));
    DeliveryState at = withdrawn.orElse(state);
    for (ReportVerdict word : withdrawn.isPresent() ? words : List.of(anew)) {
      Optional<Step> step = step(at, word);
      step.ifPresent(steps::add);
      at = step.map(Step::to).orElse(at);
    }
    return List.copyOf(steps);
  }

  private static Optional<Step> step(DeliveryState from, ReportVerdict word) {
    return switch (word) {
      case ReportVerdict.Moves(DeliveryFact fact, Failure failure) ->
          Lifecycle.next(from, fact)
              .map(
                  to ->
                      new Step(
                          fact,
                          to,
                          Optional.of(failure)
                              .filter(_ -> fact != DeliveryFact.DELIVERY_REPORTED)));
      case ReportVerdict.Tells _, ReportVerdict.SaysNothing _, ReportVerdict.OfSomebodyElse _ ->
          Optional.empty();
    };
  }
}
