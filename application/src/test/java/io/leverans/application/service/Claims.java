package io.leverans.application.service;

import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LeaseId;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Dispatches of a deployment's admin, as they come from the queue. */
public final class Claims {
  private Claims() {}

  public static Claim claim(
      Deployment deployment, Duration age, ChannelId channel, DeliveryId... aboard) {
    return new Claim(
        new Dispatch(
            deployment.admin.team(),
            new DispatchId(deployment.ids.next()),
            new MessageId(deployment.ids.next()),
            EmailAddress.parse("anna@example.com"),
            Octets.of(new byte[] {1}),
            Arrays.stream(aboard)
                .map(id -> new Envelope(id, EmailAddress.parse("someone@example.org")))
                .toList(),
            new Lane("example.org"),
            Optional.empty(),
            Optional.empty(),
            1,
            deployment.now()),
        channel,
        new LeaseId(deployment.ids.next()),
        0,
        age);
  }
}
