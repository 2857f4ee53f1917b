package io.leverans.web.message;

import io.leverans.application.view.AttemptView;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.NextHop;
import io.leverans.web.json.FailureJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        attempt.failure().map(FailureJson::of),
        attempt.nextHop().map(NextHopJson::of),
        attempt.transcript());
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
   * @param why it was not encrypted
   */
  record SecurityJson(
      Protection protection,
      Optional<String> protocol,
      Optional<String> certificateProblem,
      Optional<String> why) {
    static SecurityJson of(NextHop.Security security) {
      return switch (security) {
        case NextHop.Security.Plain(var why) ->
            new SecurityJson(
                Protection.PLAIN, Optional.empty(), Optional.empty(), Optional.of(why));
        case NextHop.Security.Encrypted(var protocol, var problem) ->
            new SecurityJson(
                Protection.ENCRYPTED, Optional.of(protocol), problem, Optional.empty());
      };
    }
  }

  /** Whether it was protected. */
  enum Protection {
    PLAIN,
    ENCRYPTED
  }
}
