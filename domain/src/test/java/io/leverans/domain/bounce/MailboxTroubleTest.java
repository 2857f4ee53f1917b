package io.leverans.domain.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.domain.bounce.MailboxTrouble.Gravity;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What keeps a mailbox from being read, and who has to hear of it when. */
class MailboxTroubleTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static ChannelFault fault(Certainty certainty) {
    return new ChannelFault(Cause.NETWORK_FAILURE, "dark", "Wait.", certainty);
  }

  @Test
  void certain_trouble_stands_at_once_and_other_after_a_quarter_of_an_hour() {
    MailboxTrouble presumed = MailboxTrouble.first(fault(Certainty.PRESUMED), NOON);

    assertThat(MailboxTrouble.first(fault(Certainty.CERTAIN), NOON).at(NOON))
        .isEqualTo(Gravity.STANDS);
    assertThat(presumed.at(NOON.plus(Duration.ofMinutes(14)))).isEqualTo(Gravity.MAY_PASS);
    assertThat(presumed.at(NOON.plus(Duration.ofMinutes(15)))).isEqualTo(Gravity.STANDS);
  }

  @Test
  void trouble_that_changes_its_cause_began_when_the_first_did() {
    var other = new ChannelFault(Cause.TLS_FAILURE, "old", "Renew.", Certainty.PRESUMED);

    MailboxTrouble again = MailboxTrouble.first(fault(Certainty.PRESUMED), NOON).again(other);

    assertThat(again).isEqualTo(new MailboxTrouble(other, NOON, 2));
  }

  @Test
  void pauses_double_from_a_minute_to_an_hour() {
    assertThat(IntStream.rangeClosed(1, 8).mapToObj(MailboxTrouble::pauseAfter))
        .extracting(Duration::toMinutes)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    assertThat(MailboxTrouble.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
  }
}
