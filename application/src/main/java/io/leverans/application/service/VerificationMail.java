package io.leverans.application.service;

import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.VerificationCode;
import io.leverans.application.port.provider.Providers;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Content;
import io.leverans.domain.message.InternetMessageId;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes the mail whose link proves an identity, and sends it through the platform's channel. */
public final class VerificationMail {
  private static final Duration VALID_FOR = Duration.ofDays(3);

  private final Identities identities;
  private final Messages messages;
  private final Channels channels;
  private final Providers providers;
  private final Ids ids;
  private final InstantSource clock;
  private final MessagePolicy policy;
  private final SystemSender sender;
  private final MessageComposition composition;

  public VerificationMail(
      Identities identities,
      Messages messages,
      Channels channels,
      Providers providers,
      Ids ids,
      InstantSource clock,
      MessagePolicy policy,
      SystemSender sender) {
    this.identities = identities;
    this.messages = messages;
    this.channels = channels;
    this.providers = providers;
    this.ids = ids;
    this.clock = clock;
    this.policy = policy;
    this.sender = sender;
    this.composition = new MessageComposition(ids);
  }

  void send(TeamId team, IdentityId identity, EmailAddress address) {
    var code = new VerificationCode(team, ids.secret());
    identities.replaceCode(identity, code, VALID_FOR);
    Channel channel = channels.find(team, sender.channel()).orElseThrow();
    var _ =
        messages.accept(
            composition.compose(
                message(team, address, code),
                channel,
                providers.find(channel.kind()).orElseThrow(),
                Optional.empty()));
  }

  private Message message(TeamId team, EmailAddress address, VerificationCode code) {
    UUID id = ids.next();
    return new Message(
        team,
        new MessageId(id),
        Purpose.SYSTEM,
        Optional.empty(),
        sender.channel(),
        sender.mailbox(),
        List.of(new Recipient(Recipient.Role.TO, Mailbox.of(address))),
        Content.plain("Confirm that you write from " + address, text(address, code)),
        Map.of(),
        new InternetMessageId("<" + id + "@" + policy.messageIdDomain() + ">"),
        clock.instant());
  }

  private String text(EmailAddress address, VerificationCode code) {
    return """
    Someone, most likely you, wants to send mail from %s.

    To allow it, open this page and press the button on it:

    %s

    The link works for three days. If this was not you, do nothing: without
    the button nobody can send from your address here.
    """
        .formatted(address, sender.verificationPage(code));
  }
}
