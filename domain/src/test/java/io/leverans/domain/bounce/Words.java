package io.leverans.domain.bounce;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Whatever reports can say. */
final class Words {
  private Words() {}

  static ReportVerdict bounce(Cause cause) {
    return new ReportVerdict.Moves(DeliveryFact.BOUNCE_REPORTED, Failure.of(cause, "no"));
  }

  static ReportVerdict delivered() {
    return new ReportVerdict.Moves(
        DeliveryFact.DELIVERY_REPORTED, Failure.of(Cause.UNDETERMINED, "yes"));
  }

  static ReportVerdict complaint() {
    return new ReportVerdict.Moves(
        DeliveryFact.COMPLAINT_REPORTED, Failure.of(Cause.MARKED_AS_SPAM, "spam"));
  }

  static ReportVerdict note(ReportVerdict.Note note) {
    return new ReportVerdict.Tells(note, Optional.empty());
  }

  static Arbitrary<ReportVerdict> any() {
    Arbitrary<DeliveryFact> facts =
        Arbitraries.of(
            Set.of(
                DeliveryFact.BOUNCE_REPORTED,
                DeliveryFact.DELIVERY_REPORTED,
                DeliveryFact.COMPLAINT_REPORTED));
    Arbitrary<ReportVerdict> moves =
        Combinators.combine(facts, Arbitraries.of(Cause.class))
            .as((fact, cause) -> new ReportVerdict.Moves(fact, Failure.of(cause, "words")));
    Arbitrary<ReportVerdict> notes = Arbitraries.of(ReportVerdict.Note.class).map(Words::note);
    return Arbitraries.oneOf(moves, notes, Arbitraries.just(new ReportVerdict.SaysNothing()));
  }
}
