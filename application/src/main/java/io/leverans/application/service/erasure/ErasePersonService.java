package io.leverans.application.service.erasure;

import io.leverans.application.port.in.ErasePerson;
import io.leverans.application.port.in.ReadErasure;
import io.leverans.application.port.out.Erasures;
import io.leverans.application.port.out.Erasures.NewErasure;
import io.leverans.application.port.out.Erasures.Step;
import io.leverans.application.port.out.Erasures.Turn;
import io.leverans.application.port.out.Ids;
import io.leverans.application.service.rights.ChannelRights;
import io.leverans.application.view.Caller;
import io.leverans.application.view.Erasure;
import io.leverans.application.view.ErasureId;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.suppression.SuppressionId;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Writes an order down and carries it out at once, as far as that goes in the time that a caller
 * waits for an answer; {@link CarryOutErasuresService} does the rest.
 */
public final class ErasePersonService implements ErasePerson, ReadErasure {
  private static final Duration WAITED_FOR = Duration.ofSeconds(5);

  private final Erasures erasures;
  private final Ids ids;
  private final InstantSource clock;

  public ErasePersonService(Erasures erasures, Ids ids, InstantSource clock) {
    this.erasures = erasures;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Result erase(Command command) {
    Caller caller = command.caller();
    if (!ChannelRights.isAdmin(caller)) {
      return new Result.AdminsOnly();
    }
    if (command.address().sameMailbox(ErasedRecipient.ADDRESS)) {
      return new Result.StandsForTheErased();
    }
    Erasure ordered =
        erasures.order(
            new NewErasure(
                caller.team(),
                new ErasureId(ids.next()),
                caller.member().id(),
                command.address(),
                new SuppressionId(ids.next())));
    return new Result.Ordered(carriedOn(caller.team(), ordered));
  }

  private Erasure carriedOn(TeamId team, Erasure ordered) {
    Instant end = clock.instant().plus(WAITED_FOR);
    Erasure now = ordered;
    while (now.state() == Erasure.State.UNDER_WAY
        && clock.instant().isBefore(end)
        && erasures.carryOn(team, Turn.WAITED_FOR) == Step.WENT_ON) {
      now = erasures.find(team, ordered.id()).orElseThrow();
    }
    return now;
  }

  @Override
  public Optional<Erasure> read(Caller caller, ErasureId erasure) {
    return ChannelRights.isAdmin(caller) ? erasures.find(caller.team(), erasure) : Optional.empty();
  }
}
