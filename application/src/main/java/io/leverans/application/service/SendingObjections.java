package io.leverans.application.service;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.service.DmarcPolicies.Finding;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.application.view.PreflightPoint.Verdict;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;
import java.util.Locale;
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
  static PreflightPoint verified(Identity identity) {
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
  static PreflightPoint notOffered(ChannelKind kind) {
    return PreflightPoint.stop(
        Topic.CHANNEL,
        "The identity sends through a channel of the kind '%s', which is not offered any more."
            .formatted(kind.name()),
        Next.of("Ask the operator, or use another channel.", Deed.CHOOSE_CHANNEL));
  }

  /**
   * The stop that DMARC makes, if it makes one. DNS is asked only where neither proof would stand,
   * and no answer is no stop.
   */
  Optional<PreflightPoint> refusedByPolicy(
      Author author, Channel channel, ChannelProvider provider) {
    return provider.authentication(author, channel.settings()).failsForCertain()
        ? Optional.of(dmarc(author, channel, provider))
            .filter(point -> point.verdict() == Verdict.STOP)
        : Optional.empty();
  }

  /** What DMARC says of the author's mail. */
  PreflightPoint dmarc(Author author, Channel channel, ChannelProvider provider) {
    String domain = shownDomain(author, channel, provider);
    SenderAuthentication proofs = provider.authentication(author, channel.settings());
    if (proofs.spf() == Alignment.ALIGNED || proofs.dkim() == Alignment.ALIGNED) {
      return PreflightPoint.ok(
          Topic.DMARC, "%s: that it comes from %s is proved.".formatted(proofs(proofs), domain));
    }
    return proofs.failsForCertain()
        ? unproved(domain, policies.of(domain))
        : undecided(domain, proofs, policies.of(domain));
  }

  private static String shownDomain(Author author, Channel channel, ChannelProvider provider) {
    return provider.present(author, channel.settings()).from().address().domain();
  }

  private static PreflightPoint unproved(String domain, Finding finding) {
    String neither =
        "Through this channel neither SPF nor DKIM would prove that mail comes from " + domain;
    return switch (finding) {
      case Finding.Asks(String by, Policy policy) when policy == Policy.REJECT ->
          PreflightPoint.stop(
              Topic.DMARC,
              "%s asks recipients' servers to %s mail in its name that neither SPF nor DKIM proves"
                      .formatted(domain, asked(policy))
                  + " to be its own (p=%s in the DMARC record of %s), and through this channel neither"
                      .formatted(word(policy), by)
                  + " would.",
              Next.of(
                  "Connect the mailbox itself as a channel and choose it for this identity; or,"
                      + " where the domain is yours, add it as a sender domain and publish its"
                      + " records.",
                  Deed.CONNECT_CHANNEL));
      case Finding.Asks(String by, Policy policy) ->
          PreflightPoint.warning(
              Topic.DMARC,
              "%s, which asks to %s such mail (p=%s in the DMARC record of %s)."
                  .formatted(neither, asked(policy), word(policy), by),
              better());
      case Finding.NoRecord() ->
          PreflightPoint.warning(Topic.DMARC, neither + ", which has no DMARC record.", better());
      case Finding.Untold(String why) ->
          PreflightPoint.warning(
              Topic.DMARC,
              "%s, and what the domain asks for could not be found out: %s."
                  .formatted(neither, why),
              better());
    };
  }

  private static Next better() {
    return Next.of(
        "It may land in the spam folder more easily. Add the domain as a sender domain where it is"
            + " yours, or connect a channel of the domain's own.",
        Deed.ADD_SENDER_DOMAIN);
  }

  private static PreflightPoint undecided(
      String domain, SenderAuthentication proofs, Finding finding) {
    String unknown =
        "Whether SPF or DKIM proves that mail comes from %s is up to the channel's server (%s)"
            .formatted(domain, proofs(proofs));
    return switch (finding) {
      case Finding.Asks(String by, Policy policy) when policy != Policy.NONE ->
          PreflightPoint.warning(
              Topic.DMARC,
              "%s; the domain asks recipients' servers to %s what neither proves (p=%s in the DMARC"
                      .formatted(unknown, asked(policy), word(policy))
                  + " record of %s).".formatted(by),
              Next.of(
                  "Ask whoever runs that server whether it signs for the domain, or send a message"
                      + " to yourself and look at its Authentication-Results."));
      case Finding.Asks _, Finding.NoRecord() ->
          PreflightPoint.ok(Topic.DMARC, unknown + "; the domain asks for nothing.");
      case Finding.Untold(String why) ->
          PreflightPoint.warning(
              Topic.DMARC,
              "%s, and what the domain asks for could not be found out: %s."
                  .formatted(unknown, why),
              Next.of("Ask again in a minute; mail is sent all the same."));
    };
  }

  private static String proofs(SenderAuthentication proofs) {
    return "SPF %s, DKIM %s".formatted(inWords(proofs.spf()), inWords(proofs.dkim()));
  }

  private static String inWords(Alignment alignment) {
    return switch (alignment) {
      case ALIGNED -> "aligned";
      case NOT_ALIGNED -> "not aligned";
      case UNKNOWN -> "unknown";
    };
  }

  private static String asked(Policy policy) {
    return switch (policy) {
      case REJECT -> "refuse";
      case QUARANTINE -> "take for spam";
      case NONE -> "take";
    };
  }

  private static String word(Policy policy) {
    return policy.name().toLowerCase(Locale.ROOT);
  }

  /** What could be published to have mail proved, where that is in the hands of a team. */
  Optional<PreflightPoint> records(Author author, Channel channel, ChannelProvider provider) {
    if (provider.returnPathTarget().isEmpty()
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
