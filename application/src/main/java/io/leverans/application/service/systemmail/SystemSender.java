package io.leverans.application.service.systemmail;

import io.leverans.application.port.out.LinkCode;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.Mailbox;
import java.net.URI;
import java.util.Objects;

/**
 * How Leverans itself writes.
 *
 * @param channel the platform's, named by the operator
 * @param publicUrl where people reach this service, for links
 */
public record SystemSender(ChannelId channel, Mailbox mailbox, URI publicUrl) {
  public SystemSender {
    Objects.requireNonNull(channel);
    Objects.requireNonNull(mailbox);
    Objects.requireNonNull(publicUrl);
  }

  public URI verificationPage(LinkCode code) {
    String base = publicUrl.toString();
    return URI.create((base.endsWith("/") ? base : base + "/") + "verify/" + code.text());
  }
}
