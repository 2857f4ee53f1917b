package io.leverans.application.service.senderdomain;

import io.leverans.application.port.in.TendDomains;
import io.leverans.application.port.out.SenderDomains;
import io.leverans.application.port.out.SenderDomains.Due;
import io.leverans.application.view.SenderDomainView;
import io.leverans.domain.senderdomain.DomainStanding.Lapsing;
import io.leverans.domain.senderdomain.SenderDomain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Checks due domains, each by one of the nodes, a few at a time; a lapse is told when it is found.
 */
public final class TendDomainsService implements TendDomains {
  private static final int IN_A_ROUND = 50;
  private static final int AT_ONCE = 8;

  /** After which another node tries what this one has begun. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final SenderDomains domains;
  private final DomainChecks checks;
  private final TellingOfLapses lapses;

  public TendDomainsService(SenderDomains domains, DomainChecks checks, TellingOfLapses lapses) {
    this.domains = domains;
    this.checks = checks;
    this.lapses = lapses;
  }

  /** What came of one due domain. */
  private record Tended(int checked, int told) {
    static final Tended BY_SOMEBODY_ELSE = new Tended(0, 0);

    Tended plus(Tended other) {
      return new Tended(checked + other.checked, told + other.told);
    }
  }

  /** Lapses that nobody was told of yet were found on demand, or by a node that died. */
  @Override
  public Result tend() {
    Tended all = tendDue();
    return new Result(all.checked(), all.told() + lapses.tell());
  }

  /** A fault with one domain is thrown when the others have been looked at. */
  private Tended tendDue() {
    List<Due> due = domains.due(IN_A_ROUND);
    if (due.isEmpty()) {
      return Tended.BY_SOMEBODY_ELSE;
    }
    List<CompletableFuture<Tended>> asked;
    try (ExecutorService few =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("sender-domain-", 0).factory())) {
      asked =
          due.stream()
              .map(domain -> CompletableFuture.supplyAsync(() -> tend(domain), few))
              .toList();
    }
    return asked.stream()
        .map(CompletableFuture::join)
        .reduce(Tended.BY_SOMEBODY_ELSE, Tended::plus);
  }

  private Tended tend(Due due) {
    return domains.take(due, PATIENCE).map(this::check).orElse(Tended.BY_SOMEBODY_ELSE);
  }

  private Tended check(SenderDomain before) {
    return checks
        .check(before)
        .map(SenderDomainView::domain)
        .map(after -> new Tended(1, told(before, after)))
        .orElse(Tended.BY_SOMEBODY_ELSE);
  }

  private int told(SenderDomain before, SenderDomain after) {
    return after.standing() instanceof Lapsing && !(before.standing() instanceof Lapsing)
        ? lapses.tell(after)
        : 0;
  }
}
