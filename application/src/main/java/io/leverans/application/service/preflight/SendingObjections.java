package io.leverans.application.service.preflight;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.service.channel.UsableChannels;
import io.leverans.application.service.senderdomain.LapseWords;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Verification;
import java.util.Optional;

/**
 * What stands against an identity's mail, whoever it goes to: asked before sending, and again when
 * a message is to be accepted.
 */
public final class SendingObjections {
  private final DmarcPolicies policies;

  public SendingObjections(DmarcPolicies policies) {
    this.policies = policies;
  }

  /** Whether it may send at all. */
  public static PreflightPoint verified(Identity identity) {
    return switch (identity.verification()) {
      case Verification.Verified _ ->
          PreflightPoint.ok(Topic.IDENTITY, "The identity is verified.");
      case Verification.Pending() ->
          PreflightPoint.stop(
              Topic.IDENTITY,
              "The identity may not send yet: the link in its verification mail has not been"
                  + " confirmed.",
              Next.of(
                  "Open the link and press the button there; the mail can be sent again.",
                  Deed.SEND_VERIFICATION));
    };
  }

  /** Why nothing goes through channels of a kind that the deployment does not offer. */
  public static PreflightPoint notOffered(ChannelKind kind) {
    return PreflightPoint.stop(
        Topic.CHANNEL,
        "The identity sends through a channel of the kind '%s', which is not offered any more."
            .formatted(kind.name()),
        Next.of("Ask the operator, or use another channel.", Deed.CHOOSE_CHANNEL));
  }

  /** Why nothing goes through a channel whose account's owner granted too little. */
  static Optional<PreflightPoint> tooLittleGranted(Channel channel, ChannelProvider provider) {
    return UsableChannels.consentOf(channel, provider)
        .map(flow -> String.join(", ", flow.missingScopes(channel.settings())))
        .filter(missing -> !missing.isEmpty())
        .map(
            missing ->
                PreflightPoint.stop(
                    Topic.ACCESS,
                    "The account's owner has not allowed all that sending needs: %s is missing."
                        .formatted(missing),
                    Next.of(
                        "Connect the account again and grant %s.".formatted(missing),
                        Deed.RECONNECT_CHANNEL)));
  }

  /**
   * Why the author's mail would not go out, or recipients' servers would refuse it for certain, if
   * that is so. DNS is asked only where that depends on it, and no answer is no stop.
   */
  public Optional<PreflightPoint> refused(
      Author author, Channel channel, ChannelProvider provider) {
    return tooLittleGranted(channel, provider).or(() -> unproved(author, channel, provider));
  }

  private Optional<PreflightPoint> unproved(
      Author author, Channel channel, ChannelProvider provider) {
    return provider.authentication(author, channel.settings()).dependsOnRecord()
        ? Optional.of(dmarc(author, channel, provider))
            .filter(point -> point.verdict() == Verdict.STOP)
        : Optional.empty();
  }

  /** What recipients' servers make of the author's mail. */
  PreflightPoint dmarc(Author author, Channel channel, ChannelProvider provider) {
    String domain = shownDomain(author, channel, provider);
    SenderAuthentication proofs = provider.authentication(author, channel.settings());
    return provider
        .mailboxProvider(author)
        .filter(_ -> proofs.failsForCertain())
        .map(name -> otherServersOnly(domain, name))
        .orElseGet(() -> new DmarcWords(domain, proofs, policies.of(domain)).point());
  }

  private static String shownDomain(Author author, Channel channel, ChannelProvider provider) {
    return provider.present(author, channel.settings()).from().address().domain();
  }

  private static PreflightPoint otherServersOnly(String domain, String mailboxProvider) {
    return PreflightPoint.stop(
        Topic.DMARC,
        "Addresses at %s are mailboxes of %s, and recipients' servers refuse mail in their name, or"
                .formatted(domain, mailboxProvider)
            + " take it for spam, when it does not come from there. This channel sends from other"
            + " servers.",
        Next.of(
            "Connect the mailbox itself as a channel and choose it for this identity, or write from"
                + " an address at a domain of your own.",
            Deed.CONNECT_CHANNEL));
  }

  /** What is to be published to have mail proved, where that is in the hands of a team. */
  Optional<PreflightPoint> records(Author author, Channel channel, ChannelProvider provider) {
    return LapseWords.of(author)
        .map(gone -> PreflightPoint.warning(Topic.RECORDS, gone, Next.of(LapseWords.REMEDY)))
        .or(() -> nothingPublished(author, channel, provider));
  }

  private static Optional<PreflightPoint> nothingPublished(
      Author author, Channel channel, ChannelProvider provider) {
    if (provider.returnPathTarget().isEmpty()
        || provider.mailboxProvider(author).isPresent()
        || !provider.authentication(author, channel.settings()).failsForCertain()) {
      return Optional.empty();
    }
    return Optional.of(
        PreflightPoint.warning(
            Topic.RECORDS,
            "Nothing is published by which this channel could write in the name of %s."
                .formatted(shownDomain(author, channel, provider)),
            Next.of(
                "Where the domain is yours, add it as a sender domain: that shows the records to"
                    + " publish, and takes \"via\" away as well.",
                Deed.ADD_SENDER_DOMAIN)));
  }
}
