package io.leverans.application.service.suppression;

import io.leverans.application.port.in.DecideOnSuppression;
import io.leverans.application.port.in.LiftSuppression;
import io.leverans.application.port.in.ReadSuppressions;
import io.leverans.application.port.in.SuppressAddress;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.out.Suppressions.Addition;
import io.leverans.application.port.out.Suppressions.NewSuppression;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Page;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import java.time.InstantSource;
import java.util.Optional;

/** A team's suppression list in the hands of its people. */
public final class SuppressionListService
    implements ReadSuppressions, SuppressAddress, LiftSuppression, DecideOnSuppression {
  private final Suppressions suppressions;
  private final Ids ids;
  private final InstantSource clock;

  public SuppressionListService(Suppressions suppressions, Ids ids, InstantSource clock) {
    this.suppressions = suppressions;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Page<SuppressedAddress, SuppressionId> list(Query query) {
    return suppressions.list(query);
  }

  @Override
  public Optional<SuppressedAddress> read(Caller caller, SuppressionId id) {
    return suppressions.find(caller.team(), id);
  }

  @Override
  public SuppressionPolicy policy(Caller caller) {
    return suppressions.policy(caller.team());
  }

  @Override
  public SuppressAddress.Result suppress(SuppressAddress.Command command) {
    return command
        .until()
        .filter(until -> !until.isAfter(clock.instant()))
        .<SuppressAddress.Result>map(SuppressAddress.Result.EndsInThePast::new)
        .orElseGet(() -> added(command));
  }

  private SuppressAddress.Result added(SuppressAddress.Command command) {
    var suppression =
        new NewSuppression(
            command.caller().team(),
            new SuppressionId(ids.next()),
            command.address(),
            SuppressionReason.BY_HAND,
            command.until(),
            command.note());
    return switch (suppressions.add(suppression)) {
      case Addition.Added(var entry) -> new SuppressAddress.Result.Suppressed(entry);
      case Addition.AlreadyThere(var entry) -> new SuppressAddress.Result.AlreadyThere(entry);
    };
  }

  @Override
  public LiftSuppression.Result lift(LiftSuppression.Command command) {
    Caller caller = command.caller();
    if (!ChannelRights.isAdmin(caller)) {
      return LiftSuppression.Result.ADMINS_ONLY;
    }
    return switch (suppressions.remove(
        caller.team(), command.suppression(), caller.member().id(), command.why())) {
      case REMOVED -> LiftSuppression.Result.LIFTED;
      case NOT_THERE -> LiftSuppression.Result.UNKNOWN_SUPPRESSION;
    };
  }

  @Override
  public DecideOnSuppression.Result decide(DecideOnSuppression.Command command) {
    if (!ChannelRights.isAdmin(command.caller())) {
      return DecideOnSuppression.Result.ADMINS_ONLY;
    }
    suppressions.decide(command.caller().team(), command.policy());
    return DecideOnSuppression.Result.DECIDED;
  }
}
