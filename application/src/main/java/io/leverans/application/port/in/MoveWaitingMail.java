package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.PresentationView;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.MessageId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Moves mail that waits for one channel to another, because somebody says so. What is under way or
 * settled stays.
 */
@FunctionalInterface
public interface MoveWaitingMail {
  Result move(Command command);

  record Command(Caller caller, ChannelId from, ChannelId to, Extent extent) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(from);
      Objects.requireNonNull(to);
      Objects.requireNonNull(extent);
    }
  }

  /** How far to go. */
  enum Extent {
    /** Tell what would be moved and how it would look; move nothing. */
    SHOW,
    MOVE
  }

  /**
   * What is moved.
   *
   * @param looks how the mail of each author looks, before and after
   * @param staying what cannot be moved, and why; the first 100
   */
  record Account(int messages, int recipients, List<Look> looks, List<Staying> staying) {
    public Account {
      looks = List.copyOf(looks);
      staying = List.copyOf(staying);
    }
  }

  /**
   * How the mail of one author looks.
   *
   * @param before absent if the deployment no longer offers the old channel
   */
  record Look(Mailbox author, Optional<Presentation> before, PresentationView after) {
    public Look {
      Objects.requireNonNull(author);
      Objects.requireNonNull(before);
      Objects.requireNonNull(after);
    }
  }

  /** A message that stays, and why, for a person. */
  record Staying(MessageId message, String why) {
    public Staying {
      Objects.requireNonNull(message);
      Objects.requireNonNull(why);
    }
  }

  /** The answer. */
  sealed interface Result {
    record Shown(Account account) implements Result {}

    record Moved(Account account) implements Result {}

    /** No such channel, or not one whose mail the caller may move. */
    record UnknownChannel(ChannelId channel) implements Result {}

    record SameChannel() implements Result {}

    record KindNotOffered(ChannelKind kind) implements Result {}

    /** Mail does not get away from one channel at fault by going to another. */
    record TargetAtFault(ChannelId channel) implements Result {}
  }
}
