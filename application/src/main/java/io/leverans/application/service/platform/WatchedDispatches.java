package io.leverans.application.service.platform;

import io.leverans.application.port.in.CarryOutDispatch;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Settlement;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.delivery.PlatformFault;
import java.util.List;
import java.util.Optional;

/**
 * Notes which refusals say that the platform is at fault, whether for good or for now: mail that is
 * tried again may look well for days.
 */
public final class WatchedDispatches implements CarryOutDispatch {
  private final CarryOutDispatch dispatches;
  private final PlatformsOwn platformsOwn;
  private final MetFaults met;

  public WatchedDispatches(CarryOutDispatch dispatches, Channels channels, MetFaults met) {
    this.dispatches = dispatches;
    this.platformsOwn = new PlatformsOwn(channels);
    this.met = met;
  }

  @Override
  public List<Settlement> carryOut(Claim claim) {
    List<Settlement> settlements = dispatches.carryOut(claim);
    List<Failure> faults =
        settlements.stream().flatMap(settlement -> fault(settlement.outcome()).stream()).toList();
    if (!faults.isEmpty() && platformsOwn.isOne(claim.dispatch().team(), claim.channel())) {
      faults.forEach(fault -> met.met(claim.dispatch().lane().name(), fault));
    }
    return settlements;
  }

  private static Optional<Failure> fault(Outcome outcome) {
    Optional<Failure> failure =
        switch (outcome) {
          case Outcome.Rejected(var why) -> Optional.of(why);
          case Outcome.Deferred(var why, _, _) -> Optional.of(why);
          case Outcome.Accepted _,
              Outcome.InDoubt _,
              Outcome.NotTried _,
              Outcome.HeldBack _,
              Outcome.Rerouted _ ->
              Optional.empty();
        };
    return failure.filter(why -> PlatformFault.isOne(why.cause()));
  }
}
