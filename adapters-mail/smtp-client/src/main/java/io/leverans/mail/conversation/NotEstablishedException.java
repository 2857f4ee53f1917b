package io.leverans.mail.conversation;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.conversation.Proof.Stage;
import java.io.Serial;
import java.util.Optional;

/** No conversation came about with a server. */
final class NotEstablishedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Exchange.NotEstablished result;
  private final Stage stage;

  NotEstablishedException(Exchange.NotEstablished result, Stage stage) {
    super(result.toString());
    this.result = result;
    this.stage = stage;
  }

  Exchange.NotEstablished result() {
    return result;
  }

  Stage stage() {
    return stage;
  }

  /** The same where more was demanded than the server can do, which is no fault of the channel. */
  NotEstablishedException demanded(Assurance.Demanded demand) {
    String met = OutcomeWords.of(result.outcome());
    String words =
        "%s demands %s. %s Nothing was sent to it. %s"
            .formatted(demand.demandedBy(), demand.what(), met, demand.remedy());
    Optional<String> host = result.nextHop().map(NextHop::host);
    return new NotEstablishedException(
        new Exchange.NotEstablished(
            new Outcome.Deferred(
                new Failure(Cause.TLS_FAILURE, words, Optional.empty(), host),
                Optional.empty(),
                LaneSign.ANSWERS),
            result
                .nextHop()
                .map(hop -> new NextHop(hop.host(), hop.address(), new Security.Plain(met)))),
        stage);
  }
}
