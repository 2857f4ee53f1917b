package io.leverans.application.service.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.service.OwnChannels;
import io.leverans.application.service.composition.DispatchPlan;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.PacedLane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Recipient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanesOfNewSendersTest {
  private static final EmailAddress NEW = EmailAddress.parse("anna@shop.example");
  private static final EmailAddress KNOWN = EmailAddress.parse("bo@firm.example");

  private final OwnChannels own = new OwnChannels();
  private final Channel channel = own.ofTeam();

  @Test
  void a_new_senders_mail_is_planned_on_a_lane_of_its_own() {
    own.pigeon.newcomer = Optional.of(NEW);

    assertThat(laneOf(NEW)).isNotEqualTo(laneOf(KNOWN));
  }

  @Test
  void whatever_travels_on_it_passes_the_lane_around_it_too() {
    own.pigeon.newcomer = Optional.of(NEW);

    assertThat(ChannelPace.passed(laneOf(NEW), channel, own.pigeon))
        .extracting(PacedLane::lane)
        .containsExactly(laneOf(NEW), laneOf(KNOWN));
    assertThat(ChannelPace.passed(laneOf(KNOWN), channel, own.pigeon))
        .extracting(PacedLane::lane)
        .containsExactly(laneOf(KNOWN));
  }

  private Lane laneOf(EmailAddress sender) {
    PlannedDelivery delivery =
        new PlannedDelivery(
            new DeliveryId(own.deployment.ids.next()),
            new Recipient(Recipient.Role.TO, Mailbox.of(EmailAddress.parse("cy@example.org"))));
    List<PlannedDispatch> planned =
        new DispatchPlan(own.deployment.ids)
            .dispatches(sender, List.of(delivery), channel, own.pigeon);
    return planned.getFirst().lane();
  }
}
