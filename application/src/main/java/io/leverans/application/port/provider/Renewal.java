package io.leverans.application.port.provider;

import io.leverans.domain.delivery.ChannelFault;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

  /**
   * There is no access.
   *
   * @param until when it is worth asking again by itself, if it is
   */
  record Refused(ChannelFault fault, Optional<Duration> until) implements Renewal {
    /** The operator mends something once, for many channels, and tells none of them. */
    private static final Duration OPERATORS_TURN = Duration.ofHours(1);

    public Refused {
      Objects.requireNonNull(fault);
      Objects.requireNonNull(until);
    }

    /** The owner or the provider took access away: only the owner can give it again. */
    public static Refused untilOwnerActs(ChannelFault fault) {
      return new Refused(fault, Optional.empty());
    }

    /** The platform itself is not let in: the owner's access is none the worse for it. */
    public static Refused untilOperatorActs(ChannelFault fault) {
      return new Refused(fault, Optional.of(OPERATORS_TURN));
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
