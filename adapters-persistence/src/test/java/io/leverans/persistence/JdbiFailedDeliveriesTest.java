package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.FailedDeliveries;
import io.leverans.application.port.out.FailedDeliveriesContract;
import io.leverans.application.port.out.FailingMail;
import io.leverans.application.port.out.Sender;
import io.leverans.application.view.FailedGroups;
import io.leverans.application.view.FailedGroups.By;
import io.leverans.application.view.FailedSelection;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.NextStep;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Folder;
import io.leverans.domain.team.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiFailedDeliveriesTest implements FailedDeliveriesContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public FailedDeliveries failed() {
    return DATABASE.database().failedDeliveries();
  }

  @Override
  public FailingMail mail() {
    return new StoredFailingMail(DATABASE);
  }

  @Test
  void mail_of_the_system_is_nobodys_failure() {
    var sender = new Sender(DATABASE.store());
    var _ = sender.accept(sender.letters().systemMail("bo@example.com"));
    sender.settle(
        sender.claimOne(),
        new Outcome.Rejected(Sender.UNKNOWN),
        new NextStep.Settle(DeliveryFact.REJECTED));

    FailedGroups groups = failed().group(selection(sender, Optional.empty()), By.CAUSE, 10);

    assertThat(groups.deliveries()).isZero();
  }

  @Test
  void what_was_in_doubt_and_then_declared_failed_is_a_failure_for_the_reason_of_the_doubt() {
    var mail = new StoredFailingMail(DATABASE);
    var _ = mail.inDoubt(mail.admin(), "a@example.com");
    var message = mail.sender().messagesIn(Folder.IN_DOUBT).getFirst();
    assertThat(mail.sender().order(message, DeliveryFact.DECLARED_FAILED)).isEqualTo(1);

    FailedGroups groups = failed().group(selection(mail.sender(), Optional.empty()), By.CAUSE, 10);

    assertThat(groups.apart().inDoubt()).isZero();
    assertThat(groups.groups())
        .extracting(FailedGroups.Group::key)
        .containsExactly(Cause.NETWORK_FAILURE.name());
  }

  private static FailedSelection selection(Sender sender, Optional<MemberId> member) {
    Instant now = Instant.now();
    return new FailedSelection(
        sender.team(),
        member,
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofHours(1)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
