package io.leverans.application.port.provider.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import java.util.List;
import java.util.Optional;

/**
 * A kind of channel that writes mail down plainly and sends it by whatever transport it is given.
 */
public record PaperProvider(ChannelKind kind, Grouping grouping, MailTransport transport)
    implements ChannelProvider {

  @Override
  public KindDescription description() {
    return new KindDescription("Paper", "Choose it in tests.");
  }

  @Override
  public Capabilities capabilities(ChannelSettings settings) {
    return new Capabilities(
        Capabilities.SenderShown.IDENTITY,
        Capabilities.Via.NOT_SHOWN,
        Capabilities.AllowListing.POSSIBLE,
        Capabilities.SentCopy.NONE,
        Capabilities.BounceCapture.ALWAYS,
        Capabilities.Identities.ANY_VERIFIED,
        Capabilities.Reputation.PLATFORM,
        Evidence.RECIPIENTS_SERVER,
        grouping);
  }

  @Override
  public Presentation present(Mailbox author, ChannelSettings settings) {
    return new Presentation(author, Optional.empty(), Optional.empty());
  }

  /** The recipients' domains. */
  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return new Lane(
        String.join("+", recipients.stream().map(EmailAddress::domain).distinct().toList()));
  }

  @Override
  public Octets compose(Message message, OpenChannel channel) {
    return octets("From: %s\n\n%s".formatted(message.from(), message.content().text().orElse("")));
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return octets("For: " + envelope.recipient() + "\n").followedBy(dispatch.content());
  }

  @Override
  public Optional<BounceSource> bounces() {
    return Optional.empty();
  }

  @Override
  public List<SetupStep> setup() {
    return List.of();
  }

  @Override
  public void close() {}

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(UTF_8));
  }
}
