package io.leverans.application.port.in;

import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.view.Caller;
import io.leverans.application.view.ChannelView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.Pace;
import io.leverans.domain.channel.WhenInDoubt;
import io.leverans.domain.delivery.RetrySchedule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes how a channel connects, or what is chosen for it: all that is asked for, or nothing. New
 * settings are proved first; then the channel is connected, with the id it had, and mail that waits
 * for it goes on at once.
 */
@FunctionalInterface
public interface ChangeChannel {
  Result change(Command command);

  /**
   * What to change; the rest stays.
   *
   * @param pace how much may pass it, where that is to change
   * @param whenInDoubt what becomes of mail that nobody can find out about
   * @param retry when mail is tried again and given up, where that is to change
   * @param settings only those to change; an empty value takes one away. A change of where the
   *     secrets would be sent to needs the secrets again.
   */
  record Command(
      Caller caller,
      ChannelId channel,
      Optional<String> label,
      Optional<PaceChange> pace,
      Optional<WhenInDoubt> whenInDoubt,
      Optional<RetryChange> retry,
      Map<String, String> settings) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(channel);
      Objects.requireNonNull(label);
      Objects.requireNonNull(pace);
      Objects.requireNonNull(whenInDoubt);
      Objects.requireNonNull(retry);
      settings = Map.copyOf(settings);
    }

    /** One that leaves the choice for doubts as it is, and when to try again. */
    public Command(
        Caller caller,
        ChannelId channel,
        Optional<String> label,
        Optional<PaceChange> pace,
        Map<String, String> settings) {
      this(caller, channel, label, pace, Optional.empty(), Optional.empty(), settings);
    }

    /** Names of settings only. */
    @Override
    public String toString() {
      return "Command[" + channel + ", " + settings.keySet() + "]";
    }
  }

  /** Another pace. */
  sealed interface PaceChange {
    /** That of the kind. */
    record Usual() implements PaceChange {}

    record Own(Pace pace) implements PaceChange {
      public Own {
        Objects.requireNonNull(pace);
      }
    }
  }

  /** Another schedule for what is tried again. */
  sealed interface RetryChange {
    /** That of the kind. */
    record Usual() implements RetryChange {}

    record Own(RetrySchedule schedule) implements RetryChange {
      public Own {
        Objects.requireNonNull(schedule);
      }
    }
  }

  /** The answer. */
  sealed interface Result {
    /**
     * It is as asked for.
     *
     * @param findings what the server offers; empty if no settings were to change
     */
    record Changed(ChannelView channel, List<String> findings) implements Result {}

    record UnknownChannel() implements Result {}

    /** The platform's channels are the operator's, the team's are the admins'. */
    record NotYours() implements Result {}

    record KindNotOffered(ChannelKind kind) implements Result {}

    /** The owner of the account has to let us in again for that; all is as it was. */
    record NeedsConsent() implements Result {}

    record Faulty(List<FieldProblem> problems) implements Result {}

    /** Others changed how it connects at the same time, again and again; theirs holds. */
    record ChangedMeanwhile() implements Result {}

    /** The real server would not have it; all is as it was. */
    record Refused(Proof.Fails proof) implements Result {}
  }
}
