package io.leverans.application.port.provider;

import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.delivery.ChannelFault;
import java.util.Map;
import java.util.Objects;

/** What came of trading a code for access. */
public sealed interface Grant {
  /**
   * The owner lets us in.
   *
   * @param settings all of the channel's, with the account
   * @param secrets all of the channel's
   */
  record Granted(ChannelSettings settings, Map<String, String> secrets) implements Grant {
    public Granted {
      Objects.requireNonNull(settings);
      secrets = Map.copyOf(secrets);
    }

    /** Names only. */
    @Override
    public String toString() {
      return "Granted[" + settings + ", secrets " + secrets.keySet() + "]";
    }
  }

  /** There is no access, or not to the account or the things that were asked for. */
  record Refused(ChannelFault fault) implements Grant {
    public Refused {
      Objects.requireNonNull(fault);
    }
  }
}
