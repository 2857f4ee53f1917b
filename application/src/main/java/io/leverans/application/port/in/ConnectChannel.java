package io.leverans.application.port.in;

import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.application.view.Rechosen;
import io.leverans.domain.channel.ChannelKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Connects a channel of one's own: its settings are proved against the real server before anything
 * is stored. Which channel each identity uses is decided anew.
 */
@FunctionalInterface
public interface ConnectChannel {
  Result connect(Command command);

  /**
   * What is asked for.
   *
   * @param label a name for people; the kind's title if empty
   * @param settings as filled in, secrets among them
   */
  record Command(
      Caller caller,
      ChannelKind kind,
      String label,
      Ownership ownership,
      Map<String, String> settings) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(kind);
      Objects.requireNonNull(label);
      Objects.requireNonNull(ownership);
      settings = Map.copyOf(settings);
    }

    /** Names of settings only. */
    @Override
    public String toString() {
      return "Command[" + kind + ", " + ownership + ", " + settings.keySet() + "]";
    }
  }

  /** Whose the channel is to be. */
  enum Ownership {
    MEMBER,
    /** For the whole team; only an admin may. */
    TEAM
  }

  /** The answer. */
  sealed interface Result {
    /**
     * It is connected.
     *
     * @param findings what the server offers and what to know about it
     * @param rechosen identities whose channel is another now
     */
    record Connected(ChannelView channel, List<String> findings, List<Rechosen> rechosen)
        implements Result {}

    /** This deployment offers no such kind. */
    record UnknownKind(ChannelKind kind, List<ChannelKind> offered) implements Result {}

    /** The platform has the one channel of this kind, for everybody. */
    record ComesWithPlatform(ChannelKind kind) implements Result {}

    /** The owner of the account has to let us in first; nothing is stored. */
    record NeedsConsent(ChannelKind kind) implements Result {}

    /** Only an admin connects a channel for the whole team. */
    record AdminsOnly() implements Result {}

    /** Nothing was tried. */
    record Faulty(List<FieldProblem> problems) implements Result {}

    /** The real server would not have it; nothing is stored. */
    record Refused(Proof.Fails proof) implements Result {}
  }
}
