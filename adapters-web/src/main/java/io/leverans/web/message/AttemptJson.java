package io.leverans.web.message;

import io.leverans.application.view.AttemptView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.NextHop;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt as it is told.
 *
 * @param result what came of it, once known
 * @param reply the next hop's own words, of acceptance or refusal, or ours where none came
 */
record AttemptJson(
    int number,
    Instant startedAt,
    Optional<Instant> handedOverAt,
    Optional<Instant> endedAt,
    Optional<DeliveryFact> result,
    Optional<String> reply,
    Optional<FailureJson> failure,
    Optional<NextHopJson> nextHop,
    List<String> transcript) {
  private static final Set<DeliveryFact> ENDS =
      EnumSet.of(DeliveryFact.REJECTED, DeliveryFact.GAVE_UP);

  AttemptJson {
    transcript = List.copyOf(transcript);
  }

  static AttemptJson of(AttemptView attempt) {
    return new AttemptJson(
        attempt.number(),
        attempt.startedAt(),
        attempt.handedOverAt(),
        attempt.endedAt(),
        attempt.fact(),
        attempt.reference().or(() -> attempt.failure().map(failure -> failure.words())),
        attempt.failure().map(failure -> failureJson(failure, attempt.fact())),
        attempt.nextHop().map(NextHopJson::of),
        attempt.transcript());
  }

  private static FailureJson failureJson(Failure failure, Optional<DeliveryFact> result) {
    return result.filter(ENDS::contains).isPresent()
        ? FailureJson.ofTheEnd(failure)
        : FailureJson.inBetween(failure);
  }

  /** The server spoken with, as it is told. */
  record NextHopJson(String host, String address, SecurityJson security) {
    static NextHopJson of(NextHop hop) {
      return new NextHopJson(hop.host(), hop.address(), SecurityJson.of(hop.security()));
    }
  }

  /**
   * How the connection was protected.
   *
   * @param protocol such as TLSv1.3
   * @param verified whether the certificate proved to be that host's, where there was encryption
   * @param why it was not encrypted
   */
  record SecurityJson(
      Protection protection,
      Optional<String> protocol,
      Optional<Boolean> verified,
      Optional<String> certificateProblem,
      Optional<String> why) {
    static SecurityJson of(NextHop.Security security) {
      return switch (security) {
        case NextHop.Security.Plain(var why) ->
            new SecurityJson(
                Protection.PLAIN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(why));
        case NextHop.Security.Encrypted(var protocol, var problem) ->
            new SecurityJson(
                Protection.ENCRYPTED,
                Optional.of(protocol),
                Optional.of(problem.isEmpty()),
                problem,
                Optional.empty());
      };
    }
  }

  /** Whether it was protected. */
  enum Protection {
    PLAIN,
    ENCRYPTED
  }
}
