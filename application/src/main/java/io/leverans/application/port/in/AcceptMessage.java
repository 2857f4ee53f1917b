package io.leverans.application.port.in;

import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.PreflightPoint;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.suppression.SuppressedAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes responsibility for a message: from the answer on it is never lost. */
@FunctionalInterface
public interface AcceptMessage {
  Result accept(Command command);

  /**
   * What is asked for.
   *
   * @param urgency an answer is never bulk mail, whatever it says here
   * @param suppressed what is to become of it where the team does not write to some recipients
   * @param idempotency the application's own key for this request, if it gave one
   */
  record Command(
      Caller caller,
      IdentityId identity,
      List<Recipient> recipients,
      Content content,
      Map<String, String> metadata,
      Urgency urgency,
      Schedule schedule,
      Suppressed suppressed,
      Optional<Idempotency> idempotency) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(identity);
      recipients = List.copyOf(recipients);
      Objects.requireNonNull(content);
      metadata = Map.copyOf(metadata);
      Objects.requireNonNull(urgency);
      Objects.requireNonNull(schedule);
      Objects.requireNonNull(suppressed);
      Objects.requireNonNull(idempotency);
    }
  }

  /** What a message to addresses on the suppression list is worth. */
  enum Suppressed {
    /** Nothing is accepted. */
    REFUSE,
    /** It goes to the other recipients, if there are any. */
    SKIP
  }

  /**
   * Makes a repeated request harmless.
   *
   * @param key chosen by the application, unique to what it wants done
   * @param fingerprint of the request's content: equal for equal requests, and only for those
   */
  record Idempotency(String key, String fingerprint) {}

  /** The answer. */
  sealed interface Result {
    /**
     * It will be sent.
     *
     * @param skipped recipients that were asked for and that it does not go to, since the team does
     *     not write to them
     */
    record Accepted(MessageView message, List<EmailAddress> skipped) implements Result {
      public Accepted {
        Objects.requireNonNull(message);
        skipped = List.copyOf(skipped);
      }
    }

    /**
     * The same request was accepted before: that message, and nothing new.
     *
     * @param skipped those left out then
     */
    record AcceptedBefore(MessageView message, List<EmailAddress> skipped) implements Result {
      public AcceptedBefore {
        Objects.requireNonNull(message);
        skipped = List.copyOf(skipped);
      }
    }

    /** The key was used for another request: nothing is done. */
    record KeyUsedOtherwise(String key) implements Result {}

    record UnknownIdentity(IdentityId identity) implements Result {}

    /** It cannot be sent at these times. */
    record Unschedulable(Schedule.Objection objection) implements Result {}

    /** The identity may not send yet, in the words that are said before sending. */
    record UnverifiedIdentity(IdentityId identity, String words) implements Result {}

    /**
     * The deployment no longer offers the kind of the identity's channel, in the words that are
     * said before sending.
     */
    record ChannelNotOffered(ChannelKind kind, String words) implements Result {}

    /** The team does not write to these recipients; nothing is stored. */
    record RecipientsSuppressed(Map<EmailAddress, SuppressedAddress> entries) implements Result {
      public RecipientsSuppressed {
        entries = Map.copyOf(entries);
      }
    }

    /** It would be lost for certain, which is said before sending too. */
    record Objected(PreflightPoint stop) implements Result {}

    /** Sizes of the composed message in octets. */
    record TooLarge(long size, long limit) implements Result {}
  }
}
