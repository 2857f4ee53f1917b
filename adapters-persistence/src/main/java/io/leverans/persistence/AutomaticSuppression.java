package io.leverans.persistence;

import static java.util.stream.Collectors.groupingBy;

import io.leverans.application.port.out.Ids;
import io.leverans.application.view.EventKind;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.suppression.SuppressedAddress.Origin;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionReason;
import io.leverans.domain.suppression.SuppressionRule;
import io.leverans.domain.team.TeamId;
import io.leverans.persistence.DeliveryMoves.Move;
import io.leverans.persistence.SuppressionRows.Draft;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Puts the recipients of what failed and of what was complained about on the team's suppression
 * list, as its policy says, in the transaction of the moves.
 */
final class AutomaticSuppression {
  private static final Set<DeliveryState> TELLING =
      EnumSet.of(DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.COMPLAINED);
  private static final Ids IDS = new RandomIds(InstantSource.system());

  private final Handle handle;
  private final TeamId team;

  AutomaticSuppression(Handle handle, TeamId team) {
    this.handle = handle;
    this.team = team;
  }

  /** A failure that falls under a rule. */
  private record Case(Move move, Failure failure, SuppressionRule rule) {
    String key() {
      return MailboxKey.of(move.from().recipient());
    }

    Draft draft() {
      return new Draft(
          IDS.next(),
          EmailAddress.parse(move.from().recipient()),
          move.to() == DeliveryState.COMPLAINED
              ? SuppressionReason.COMPLAINED
              : SuppressionReason.BOUNCED,
          Optional.empty(),
          Optional.empty(),
          Optional.of(new Origin(move.from().message(), move.from().id(), failure)));
    }
  }

  void heed(Collection<Move> moves) {
    List<Move> telling =
        moves.stream()
            .filter(move -> TELLING.contains(move.to()) && move.failure().isPresent())
            .filter(move -> SuppressionPolicy.mayConcern(move.failure().orElseThrow()))
            .toList();
    if (telling.isEmpty()) {
      return;
    }
    SuppressionPolicy policy = SuppressionPolicies.find(handle, team);
    List<Case> cases = telling.stream().flatMap(move -> caseOf(move, policy).stream()).toList();
    Set<Case> due = new LinkedHashSet<>(atOnce(cases));
    due.addAll(afterSome(cases, policy));
    if (!due.isEmpty()) {
      var rows = new SuppressionRows(handle, team);
      rows.tell(
          EventKind.SUPPRESSION_ADDED, rows.add(due.stream().map(Case::draft).toList()), Map.of());
    }
  }

  private static Optional<Case> caseOf(Move move, SuppressionPolicy policy) {
    Failure failure = move.failure().orElseThrow();
    return policy.on(failure).map(rule -> new Case(move, failure, rule));
  }

  private static List<Case> atOnce(List<Case> cases) {
    return cases.stream().filter(one -> one.rule() instanceof SuppressionRule.AtOnce).toList();
  }

  private List<Case> afterSome(List<Case> cases, SuppressionPolicy policy) {
    Map<SuppressionRule.After, List<Case>> byRule =
        cases.stream()
            .filter(one -> one.rule() instanceof SuppressionRule.After)
            .collect(groupingBy(one -> (SuppressionRule.After) one.rule()));
    return byRule.entrySet().stream()
        .flatMap(counted -> struckOut(counted.getKey(), policy, counted.getValue()))
        .toList();
  }

  private Stream<Case> struckOut(
      SuppressionRule.After rule, SuppressionPolicy policy, List<Case> cases) {
    oneAtATime(cases);
    strike(cases);
    Set<String> out = counted(rule, policy, cases);
    return cases.stream().filter(one -> out.contains(one.key()));
  }

  /**
   * Holds up whoever counts against these addresses too, until the end of the transaction: of two
   * that write down a failure each, the second sees the first's. In one order everywhere, so that
   * no two wait for each other.
   */
  private void oneAtATime(List<Case> cases) {
    handle
        .createQuery(
            """
            SELECT pg_advisory_xact_lock(hashtextextended(k.key, :team))
              FROM unnest(:keys) AS k (key)\
            """)
        .bind("team", team.value())
        .bind("keys", SqlArray.texts(cases.stream().map(Case::key).distinct().sorted().toList()))
        .mapTo(String.class)
        .list();
  }

  /** A delivery that fails again after another try counts once. */
  private void strike(List<Case> cases) {
    handle
        .createUpdate(
            """
            INSERT INTO suppression_strike (team_id, address_hash, delivery_id, cause)
            SELECT :team, %s, k.delivery, k.cause
              FROM team t
             CROSS JOIN unnest(:keys, :deliveries, :causes)
                   WITH ORDINALITY AS k (key, delivery, cause, place)
             WHERE t.team_id = :team
             ORDER BY k.key, k.delivery
            ON CONFLICT (team_id, address_hash, delivery_id) DO NOTHING\
            """
                .formatted(SuppressionRows.DIGEST))
        .bind("team", team.value())
        .bind("keys", SqlArray.texts(Columns.each(cases, Case::key)))
        .bind(
            "deliveries",
            SqlArray.uuids(Columns.each(cases, one -> one.move().from().id().value())))
        .bind("causes", SqlArray.texts(Columns.each(cases, one -> one.failure().cause().name())))
        .execute();
  }

  /** Those of the addresses that have failed as often, for causes under the same rule. */
  private Set<String> counted(
      SuppressionRule.After rule, SuppressionPolicy policy, List<Case> cases) {
    return handle
        .createQuery(
            """
            SELECT k.key
              FROM team t
             CROSS JOIN unnest(:keys) AS k (key)
             CROSS JOIN LATERAL (
                   SELECT count(*) AS failures FROM suppression_strike
                    WHERE team_id = :team AND address_hash = %s AND cause = ANY (:causes)
                      AND at > now() - :within * interval '1 second'
                   OFFSET 0) s
             WHERE t.team_id = :team AND s.failures >= :failures\
            """
                .formatted(SuppressionRows.DIGEST))
        .bind("team", team.value())
        .bind("keys", SqlArray.texts(cases.stream().map(Case::key).distinct().toList()))
        .bind(
            "causes",
            SqlArray.texts(
                policy.rules().entrySet().stream()
                    .filter(each -> each.getValue().equals(rule))
                    .map(each -> each.getKey().name())
                    .toList()))
        .bind("within", seconds(rule.within()))
        .bind("failures", rule.failures())
        .mapTo(String.class)
        .set();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
