package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.view.DeliveryView;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.message.Folder;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times that a sender sets, and mail that waits for them. */
public interface ScheduleFixture extends StoreContract {
  Duration HOUR = Duration.ofHours(1);
  TimeChange KEEP = new TimeChange.Keep();
  TimeChange CLEAR = new TimeChange.Clear();

  default Instant fromNow(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS);
  }

  default Schedule sentAt(Instant time) {
    return new Schedule(Optional.of(time), Optional.empty());
  }

  default int reschedule(Sender sender, MessageId message, TimeChange sending, TimeChange expiry) {
    return store().messages().reschedule(sender.team(), message, sending, expiry);
  }

  default Instant inAnHour(Sender sender, Claim claim) {
    Instant time = fromNow(HOUR);
    assertThat(reschedule(sender, claim.dispatch().message(), new TimeChange.To(time), KEEP))
        .isEqualTo(1);
    return time;
  }

  default void assertWaitsFor(Instant time, Sender sender, MessageId message) {
    assertThat(sender.claim()).isEmpty();
    DeliveryView delivery = sender.onlyDelivery(message);
    assertThat(delivery.state()).isEqualTo(DeliveryState.SCHEDULED);
    assertThat(delivery.nextAttemptAt()).contains(time);
    assertThat(sender.read(message).schedule().sendAt()).contains(time);
    assertThat(sender.messagesIn(Folder.SCHEDULED)).contains(message);
  }
}
