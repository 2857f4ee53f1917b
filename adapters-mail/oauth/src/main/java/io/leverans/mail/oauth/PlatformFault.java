package io.leverans.mail.oauth;

import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import java.util.Objects;

/**
 * What keeps the platform itself from being let in. It is not the owners' to mend, who are told all
 * the same: their mail waits.
 *
 * @param words what was met
 * @param toMend one sentence: what the operator has to do, with the names of the settings
 */
public record PlatformFault(String words, String toMend) {
  public PlatformFault {
    Objects.requireNonNull(words);
    Objects.requireNonNull(toMend);
  }

  /** Met when access was asked for. */
  public Grant.Refused toGrant() {
    return new Grant.Refused(fault("Tell the operator. %s Then begin again.".formatted(toMend)));
  }

  /** Met when an owner was to be led to the provider's page. */
  public ConsentPage.Missing toPage() {
    return new ConsentPage.Missing("%s Tell the operator. %s".formatted(words, toMend));
  }

  /** Met when access was to be renewed. */
  public Renewal.Refused toRenewal() {
    return Renewal.Refused.untilOperatorActs(
        fault(
            "This is not yours to mend: tell the operator. %s Mail waits, is tried again every hour,"
                    .formatted(toMend)
                + " and goes out by itself once that is done."));
  }

  private ChannelFault fault(String remedy) {
    return new ChannelFault(Cause.CREDENTIALS_REFUSED, words, remedy, Certainty.CERTAIN);
  }
}
