package io.leverans.application.port.provider;

import io.leverans.domain.delivery.ChannelFault;
import java.util.Map;
import java.util.Objects;

/** What came of renewing access. */
public sealed interface Renewal {
  /**
   * It can be used, once these are stored.
   *
   * @param secrets all of the channel's
   */
  record Renewed(Map<String, String> secrets) implements Renewal {
    public Renewed {
      secrets = Map.copyOf(secrets);
    }

    /** Names only. */
    @Override
    public String toString() {
      return "Renewed" + secrets.keySet();
    }
  }

  /** The owner or the provider took access away. */
  record Refused(ChannelFault fault) implements Renewal {
    public Refused {
      Objects.requireNonNull(fault);
    }
  }

  /**
   * The provider could not be asked, or did not know.
   *
   * @param words what was met
   */
  record NotNow(String words) implements Renewal {
    public NotNow {
      Objects.requireNonNull(words);
    }
  }
}
