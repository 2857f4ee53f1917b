package io.leverans.application.service.systemmail;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.composition.MessageComposition;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.identity.Replies;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.Urgency;
import io.leverans.domain.team.TeamId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Leverans itself writes to people of a team, through the platform's channel. */
public final class SystemMail {
  private final Messages messages;
  private final Channels channels;
  private final Providers providers;
  private final Ids ids;
  private final InstantSource clock;
  private final MessagePolicy policy;
  private final SystemSender sender;
  private final Authors authors;
  private final MessageComposition composition;

  public SystemMail(
      Messages messages,
      Channels channels,
      Providers providers,
      Ids ids,
      InstantSource clock,
      MessagePolicy policy,
      SystemSender sender,
      Authors authors) {
    this.messages = messages;
    this.channels = channels;
    this.providers = providers;
    this.ids = ids;
    this.clock = clock;
    this.policy = policy;
    this.sender = sender;
    this.composition = new MessageComposition(ids);
    this.authors = authors;
  }

  public SystemSender sender() {
    return sender;
  }

  public void send(TeamId team, List<EmailAddress> to, Content content) {
    accept(team, to, content, Optional.empty());
  }

  /** However often this is called with one key, they get it once. */
  public void sendOnce(TeamId team, List<EmailAddress> to, Content content, Idempotency key) {
    accept(team, to, content, Optional.of(key));
  }

  private void accept(
      TeamId team, List<EmailAddress> to, Content content, Optional<Idempotency> key) {
    Channel channel = channels.find(team, sender.channel()).orElseThrow();
    ChannelProvider provider = providers.find(channel.kind()).orElseThrow();
    Author author = authors.of(team, sender.mailbox(), Replies.TO_SHOWN_ADDRESS, provider);
    var _ =
        messages.accept(
            composition.compose(
                message(team, to, content),
                Urgency.PERSONAL,
                Schedule.AT_ONCE,
                author,
                channel,
                provider,
                key));
  }

  private Message message(TeamId team, List<EmailAddress> to, Content content) {
    MessageId id = new MessageId(ids.next());
    return new Message(
        team,
        id,
        Purpose.SYSTEM,
        Optional.empty(),
        sender.channel(),
        sender.mailbox(),
        to.stream().map(address -> new Recipient(Recipient.Role.TO, Mailbox.of(address))).toList(),
        content,
        Map.of(),
        policy.internetIdOf(id),
        clock.instant());
  }
}
