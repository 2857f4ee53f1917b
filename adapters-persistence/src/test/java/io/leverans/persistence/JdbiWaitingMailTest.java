package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.application.port.out.WaitingMailContract;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DispatchId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiWaitingMailTest implements WaitingMailContract {
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
  void moved_mail_is_tried_for_the_whole_time_of_its_new_channel() {
    var sender = new Sender(store());
    Claim claim = sender.claimNew();
    sender.settleDeferred(claim, Duration.ofHours(1));
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    UPDATE dispatch SET tried_since = tried_since - interval '5 hours',
                                        waiting_since = now() - interval '2 hours'
                     WHERE id = ?\
                    """,
                    claim.dispatch().id().value()));
    WaitingMessage message =
        store().waitingMail().list(sender.team(), sender.channel(), 1, Optional.empty()).getFirst();

    Moved moved =
        store()
            .waitingMail()
            .move(
                sender.team(),
                new MovedMessage(
                    message.id(),
                    sender.channel(),
                    new ChannelId(store().ids().next()),
                    message.composed(),
                    Optional.empty(),
                    List.of(planned(message))));

    assertThat(moved).isEqualTo(Moved.MOVED);
    assertThat(sender.claimOne().age()).isLessThan(Duration.ofMinutes(1));
  }

  private PlannedDispatch planned(WaitingMessage message) {
    return new PlannedDispatch(
        new DispatchId(store().ids().next()),
        new Lane("there"),
        message.left().entrySet().stream()
            .map(entry -> new PlannedDelivery(entry.getKey(), entry.getValue()))
            .toList());
  }
}
