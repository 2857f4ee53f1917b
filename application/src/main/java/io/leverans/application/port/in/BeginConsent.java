package io.leverans.application.port.in;

import io.leverans.application.port.in.ConnectChannel.Ownership;
import io.leverans.application.port.out.LinkCode;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Begins to connect or to reconnect a channel whose owner has to let us in on a page of the
 * provider's. Nothing comes of it until they have ({@link ConcludeConsent}).
 */
@FunctionalInterface
public interface BeginConsent {
  Result begin(Command command);

  /**
   * What is asked for.
   *
   * @param apiKey the key that asks: it has to be valid still when the owner comes back
   * @param redirect where the browser is to go in the end, with the outcome in its query; a page of
   *     ours if absent
   */
  record Command(Caller caller, String apiKey, Aim aim, Optional<URI> redirect) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(apiKey);
      Objects.requireNonNull(aim);
      Objects.requireNonNull(redirect);
    }

    @Override
    public String toString() {
      return "Command[" + caller + ", " + aim + ", " + redirect + "]";
    }
  }

  /** What channel is to be connected. */
  sealed interface Aim {
    /**
     * A new one.
     *
     * @param label a name for people; the kind's title if empty
     */
    record Connect(
        ChannelKind kind, String label, Ownership ownership, Map<String, String> settings)
        implements Aim {
      public Connect {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(label);
        Objects.requireNonNull(ownership);
        settings = Map.copyOf(settings);
      }

      /** Names of settings only. */
      @Override
      public String toString() {
        return "Connect[" + kind + ", " + ownership + ", " + settings.keySet() + "]";
      }
    }

    /**
     * One that there is; it keeps its id, and mail that waits for it goes on.
     *
     * @param settings those to change; an empty value takes one away
     */
    record Reconnect(ChannelId channel, Map<String, String> settings) implements Aim {
      public Reconnect {
        Objects.requireNonNull(channel);
        settings = Map.copyOf(settings);
      }

      /** Names of settings only. */
      @Override
      public String toString() {
        return "Reconnect[" + channel + ", " + settings.keySet() + "]";
      }
    }
  }

  /** The answer. */
  sealed interface Result {
    /**
     * The owner of the account is to be led to a page of ours, under this code, which leads on.
     *
     * @param endsAt until when
     */
    record Begun(LinkCode ticket, Instant endsAt) implements Result {}

    record UnknownKind(ChannelKind kind, List<ChannelKind> offered) implements Result {}

    /** With these settings nobody has to be asked. */
    record NoConsentNeeded(ChannelKind kind) implements Result {}

    /** Only an admin connects a channel for the whole team. */
    record AdminsOnly() implements Result {}

    record UnknownChannel() implements Result {}

    /** The platform's channels are the operator's, the team's are the admins'. */
    record NotYours() implements Result {}

    record Faulty(List<FieldProblem> problems) implements Result {}
  }
}
