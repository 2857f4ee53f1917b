package io.leverans.application.service.failure;

import io.leverans.application.port.in.CarryOutRetries;
import io.leverans.application.port.out.LeaseId;
import io.leverans.application.port.out.Retries;
import io.leverans.application.port.out.Retries.Batch;
import io.leverans.application.port.out.Retries.FailedDelivery;
import io.leverans.application.service.suppression.NotWrittenTo;
import io.leverans.application.service.upkeep.Round;
import io.leverans.application.view.RetryView.Refusal;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out one batch of an order of each team. A batch that a node dies with is taken on by
 * another when its lease has run out, and a team in trouble holds up no other.
 */
public final class CarryOutRetriesService implements CarryOutRetries {
  private static final int TEAMS = 100;
  private static final int DELIVERIES = 100;

  /** A batch takes a fraction of a second. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Retries retries;
  private final NotWrittenTo notWrittenTo;
  private final LeaseId holder;

  public CarryOutRetriesService(Retries retries, NotWrittenTo notWrittenTo, LeaseId holder) {
    this.retries = retries;
    this.notWrittenTo = notWrittenTo;
    this.holder = holder;
  }

  @Override
  public Result carryOut() {
    List<Integer> retried = new ArrayList<>();
    try (var round = new Round()) {
      round.each(
          retries.teamsWithOpen(TEAMS),
          team -> next(team).map(this::carryOut).ifPresent(retried::add));
    }
    return retried.isEmpty()
        ? new Result.NothingToDo()
        : new Result.CarriedOn(retried.stream().mapToInt(Integer::intValue).sum());
  }

  private Optional<Batch> next(TeamId team) {
    return retries.take(team, holder, LEASE, DELIVERIES);
  }

  private int carryOut(Batch batch) {
    List<EmailAddress> recipients =
        batch.deliveries().stream().map(FailedDelivery::recipient).distinct().toList();
    Set<EmailAddress> unwanted = notWrittenTo.among(batch.team(), recipients);
    Map<DeliveryId, Refusal> refused = new HashMap<>();
    batch.deliveries().stream()
        .filter(failed -> unwanted.contains(failed.recipient()))
        .forEach(failed -> refused.put(failed.delivery(), Refusal.SUPPRESSED));
    return retries.carryOut(batch, refused);
  }
}
