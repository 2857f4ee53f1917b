package io.leverans.application.port.in;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.view.Caller;
import io.leverans.application.view.MessageView;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.suppression.SuppressedAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps mail that a member sent from a mailbox of theirs, past Leverans. Nothing is sent, counted
 * or tried for it.
 */
@FunctionalInterface
public interface LogMessage {
  Result log(Command command);

  /**
   * What is asked for.
   *
   * @param raw the whole mail, where there is one; its header wins over what is told of it
   * @param idempotency the application's own key for this request, if it gave one
   */
  record Command(
      Caller caller,
      IdentityId identity,
      Optional<Octets> raw,
      Told told,
      Map<String, String> metadata,
      Optional<Idempotency> idempotency) {
    public Command {
      Objects.requireNonNull(caller);
      Objects.requireNonNull(identity);
      Objects.requireNonNull(raw);
      Objects.requireNonNull(told);
      metadata = Map.copyOf(metadata);
      Objects.requireNonNull(idempotency);
    }
  }

  /** What the application tells of a mail. */
  record Told(
      List<Recipient> recipients,
      Optional<String> subject,
      Optional<String> text,
      Optional<String> html,
      Optional<Instant> date,
      Optional<InternetMessageId> messageId,
      Optional<InternetMessageId> inReplyTo) {
    public static final Told NOTHING =
        new Told(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Told {
      recipients = List.copyOf(recipients);
      Objects.requireNonNull(subject);
      Objects.requireNonNull(text);
      Objects.requireNonNull(html);
      Objects.requireNonNull(date);
      Objects.requireNonNull(messageId);
      Objects.requireNonNull(inReplyTo);
    }
  }

  /** The answer. */
  sealed interface Result {
    record Logged(MessageView message) implements Result {}

    /** The same request was made before: what it was answered with, and nothing new. */
    record LoggedBefore(MessageView message) implements Result {}

    /**
     * The identity has a message with this Message-ID, logged before or sent by us: that one, and
     * nothing new.
     */
    record KnownAlready(MessageView message) implements Result {}

    /** The key was used for another request: nothing is done. */
    record KeyUsedOtherwise(String key) implements Result {}

    record UnknownIdentity(IdentityId identity) implements Result {}

    /**
     * The raw bytes are no mail.
     *
     * @param why in words for a person
     */
    record NotMail(String why) implements Result {}

    /**
     * The mail is from somebody else than the identity.
     *
     * @param from the mail's
     * @param known the identity's address, and those that its mail shows through its channels
     */
    record OtherAuthor(EmailAddress from, List<EmailAddress> known) implements Result {
      public OtherAuthor {
        Objects.requireNonNull(from);
        known = List.copyOf(known);
      }
    }

    /** Neither the mail nor what is told of it names a recipient. */
    record NobodyNamed() implements Result {}

    /**
     * The mail's header names more recipients than are kept.
     *
     * @param limit how many are
     */
    record TooManyRecipients(int limit) implements Result {}

    /**
     * The data of some of the recipients was erased, so that mail which names them is not kept.
     *
     * @param entries what the suppression list says of each of them
     */
    record RecipientsErased(Map<EmailAddress, SuppressedAddress> entries) implements Result {
      public RecipientsErased {
        entries = Map.copyOf(entries);
      }
    }

    /** Sizes of the mail in octets. */
    record TooLarge(long size, long limit) implements Result {}
  }
}
