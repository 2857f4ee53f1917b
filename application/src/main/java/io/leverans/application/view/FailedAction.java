package io.leverans.application.view;

import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.Cure;
import io.leverans.domain.senderdomain.ExpectedRecord;
import io.leverans.domain.senderdomain.SenderDomainId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What to do about deliveries that failed for one cause, with all that it takes. */
public sealed interface FailedAction {
  /** What it takes is known from the cause alone. */
  record Plain(Cure cure) implements FailedAction {
    public Plain {
      Objects.requireNonNull(cure);
    }
  }

  /**
   * Mend the channels.
   *
   * @param channels that the deliveries went through; some, if they are many
   */
  record ReconnectChannel(List<ChannelId> channels) implements FailedAction {
    public ReconnectChannel {
      channels = List.copyOf(channels);
    }
  }

  /** Publish what the domains that mail was written from lack. */
  record PublishRecord(List<Lacking> domains) implements FailedAction {
    public PublishRecord {
      domains = List.copyOf(domains);
    }
  }

  /**
   * A domain that mail was written from.
   *
   * @param name as in the authors' addresses
   * @param domain the team's own that covers it; absent if it has none, so that no record is known
   * @param records that the latest check did not see
   */
  record Lacking(String name, Optional<SenderDomainId> domain, List<ExpectedRecord> records) {
    public Lacking {
      Objects.requireNonNull(name);
      Objects.requireNonNull(domain);
      records = List.copyOf(records);
    }
  }

  default Cure cure() {
    return switch (this) {
      case Plain(var cure) -> cure;
      case ReconnectChannel _ -> Cure.RECONNECT_CHANNEL;
      case PublishRecord _ -> Cure.PUBLISH_RECORD;
    };
  }
}
