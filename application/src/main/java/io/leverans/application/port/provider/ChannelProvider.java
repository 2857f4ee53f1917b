package io.leverans.application.port.provider;

import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.HandOverInquiry;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A kind of channel: all that Leverans must know of it. Safe for use by many threads. */
public interface ChannelProvider extends AutoCloseable {
  ChannelKind kind();

  KindDescription description();

  /** What it takes to connect a channel. */
  ConnectionForm form();

  /** Checks what was filled in and completes it, without asking anybody. */
  FilledIn read(Map<String, String> filledIn);

  /**
   * Tries a channel against the real server, as far as that goes without sending: connects,
   * encrypts, signs in, and asks whether the sender may write.
   *
   * @param sender who would write, where somebody is known
   */
  Proof prove(OpenChannel channel, Optional<EmailAddress> sender);

  /**
   * What a channel with these settings can do; {@link ChannelSettings#NONE} asks for the defaults.
   */
  Capabilities capabilities(ChannelSettings settings);

  /** What the recipient will see of this author. */
  Presentation present(Author author, ChannelSettings settings);

  /** What DMARC would say of this author's mail at the recipient's. */
  SenderAuthentication authentication(Author author, ChannelSettings settings);

  /**
   * Who runs the mailboxes at the author's domain, where recipients' servers are known to take mail
   * in its name only from there, whatever its DMARC record says, and mail of this kind comes from
   * elsewhere. The name is for a person.
   */
  default Optional<String> mailboxProvider(Author author) {
    return Optional.empty();
  }

  /** The lane that a dispatch to these recipients travels on through the channel. */
  Lane lane(List<EmailAddress> recipients, Channel channel);

  /**
   * The lane of its own that mail from this address travels on in place of that one, with a pace of
   * its own: for a sender that the other side has not heard of yet. What passes it counts on that
   * one, too.
   */
  default Lane narrowed(Lane lane, EmailAddress sender) {
    return lane;
  }

  /** The lane that this one is part of, if it is one of a sender's own. */
  default Optional<Lane> around(Lane lane) {
    return Optional.empty();
  }

  /**
   * How much may pass that lane of the channel: what {@link #capabilities} says, unless lanes
   * differ.
   */
  default List<Limit> limits(Lane lane, ChannelSettings settings) {
    return capabilities(settings).limits();
  }

  /**
   * How many attempts on one lane of a channel with these settings can speak with the next hop at a
   * time, as far as this node goes now; more of them would wait for a connection. Empty where
   * nothing bounds them.
   */
  default OptionalInt conversations(ChannelSettings settings) {
    return OptionalInt.empty();
  }

  /** What this node holds just now. Empty where connections are not ours to count. */
  default Optional<Connections> connections() {
    return Optional.empty();
  }

  /**
   * Turns a message into the bytes that every attempt will send (RFC 5322, RFC 2045), signed where
   * the kind signs. Called once per message, at acceptance.
   *
   * @param author the message's, as {@link #present} shows them
   */
  Octets compose(Message message, Author author, ChannelSettings settings);

  /**
   * Turns the bytes that were composed for another channel into what {@link #compose} would have
   * made here, with the same Message-ID and date: the author shown anew, signed where the kind
   * signs, without signatures that are not its own.
   */
  Octets adopt(Octets composed, Author author, ChannelSettings settings);

  /**
   * The bytes that one recipient gets in an attempt: the composed ones and what marks the delivery.
   */
  Octets asSent(Dispatch dispatch, Envelope envelope);

  MailTransport transport();

  /** How an account's owner lets us in, if that is the kind's way. */
  default Optional<ConsentFlow> consent() {
    return Optional.empty();
  }

  /** How to find out what became of mail in doubt, if that can be found out. */
  default Optional<HandOverInquiry> inquiry() {
    return Optional.empty();
  }

  /**
   * The host that the return path of a sender domain has to be an alias of for mail of this kind to
   * be aligned with the domain (RFC 7489 §3.1.2), if this kind writes in the name of sender
   * domains.
   */
  default Optional<String> returnPathTarget() {
    return Optional.empty();
  }

  /** Where this kind's bounces come in, if it captures any by itself. */
  Optional<BounceSource> bounces();

  /**
   * Reads the mailbox that a channel's bounces come to, where its owner lets us: that is {@link
   * MailboxChoice#READ} among its settings, and then {@link Capabilities} says so.
   */
  default Optional<BounceMailbox> mailbox() {
    return Optional.empty();
  }

  /** What the operator has to arrange outside for this kind to work well. */
  List<SetupStep> setup();

  /** Lets go of connections. */
  @Override
  void close();
}
