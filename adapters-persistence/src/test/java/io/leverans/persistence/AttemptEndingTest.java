package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.SettlementContract;
import io.leverans.application.port.out.Store;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttemptEndingTest implements SettlementContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  @Test
  void the_clock_of_mail_stands_still_while_it_waits_for_its_channel() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    var fault =
        new ChannelFault(Cause.QUOTA_SPENT, "quota", "It goes on by itself.", Certainty.CERTAIN);
    sender.settle(
        claim,
        new Outcome.NotTried(fault, Optional.empty()),
        new NextStep.Return(DeliveryFact.NOT_TRIED, Duration.ZERO));
    age(claim, "tried_since = tried_since - interval '3 hours'");
    age(claim, "waiting_since = waiting_since - interval '2 hours'");

    assertThat(sender.claimOne().age()).isCloseTo(Duration.ofHours(1), Duration.ofMinutes(1));
  }

  @Test
  void the_clock_of_mail_starts_anew_when_a_person_asks_for_another_try() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.settle(
        claim, new Outcome.Rejected(Sender.UNKNOWN), new NextStep.Settle(DeliveryFact.REJECTED));
    age(claim, "tried_since = tried_since - interval '3 days'");

    assertThat(sender.order(claim.dispatch().message(), DeliveryFact.RETRY_ORDERED)).isEqualTo(1);

    assertThat(sender.claimOne().age()).isLessThan(Duration.ofMinutes(1));
  }

  private static void age(Claim claim, String change) {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE dispatch SET " + change + " WHERE id = ?",
                    claim.dispatch().id().value()));
  }
}
