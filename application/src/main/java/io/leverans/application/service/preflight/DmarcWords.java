package io.leverans.application.service.preflight;

import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.service.preflight.DmarcFinding.Asks;
import io.leverans.application.view.PreflightPoint;
import io.leverans.application.view.PreflightPoint.Deed;
import io.leverans.application.view.PreflightPoint.Next;
import io.leverans.application.view.PreflightPoint.Topic;
import io.leverans.domain.senderdomain.DmarcRecord.Policy;

/**
 * What DMARC says of mail, for a person.
 *
 * @param domain that the recipient sees
 * @param proofs that the channel gives
 */
record DmarcWords(String domain, SenderAuthentication proofs, DmarcFinding finding) {
  private static final int ALL = 100;

  PreflightPoint point() {
    SenderAuthentication counted =
        finding instanceof Asks asks ? proofs.countedBy(asks.record()) : proofs;
    if (counted.standsForCertain()) {
      return PreflightPoint.ok(
          Topic.DMARC,
          "%s: that it comes from %s is proved. %s".formatted(inWords(counted), domain, found()));
    }
    return counted.failsForCertain() ? unproved() : undecided();
  }

  /** What is published, or that nothing is. */
  private String found() {
    return switch (finding) {
      case Asks asks -> "The DMARC record of %s is %s.".formatted(asks.domain(), published(asks));
      case DmarcFinding.NoRecord() -> domain + " has no DMARC record.";
      case DmarcFinding.Untold(String why) ->
          "What the domain asks for could not be found out: %s.".formatted(why);
    };
  }

  private static String published(Asks asks) {
    return "\"" + asks.record().text() + "\"";
  }

  private PreflightPoint unproved() {
    return finding instanceof Asks asks && asks.policy() == Policy.REJECT && isOfAll(asks)
        ? PreflightPoint.stop(
            Topic.DMARC,
            unprovedInWords(),
            Next.of(
                "Connect the mailbox itself as a channel and choose it for this identity; or, where"
                    + " the domain is yours, add it as a sender domain and publish its records.",
                Deed.CONNECT_CHANNEL))
        : PreflightPoint.warning(Topic.DMARC, unprovedInWords(), better());
  }

  private String unprovedInWords() {
    return finding instanceof Asks asks
        ? "%s, and the domain asks recipients' servers to %s. %s"
            .formatted(neither(), asked(asks), found())
        : "%s. %s".formatted(neither(), found());
  }

  private String neither() {
    String stricter =
        proofs.failsForCertain()
            ? ""
            : " itself: they are of another domain of the organization, which its record does not"
                + " count";
    return "Through this channel neither SPF nor DKIM would prove that mail comes from "
        + domain
        + stricter;
  }

  private static Next better() {
    return Next.of(
        "It may land in the spam folder more easily. Add the domain as a sender domain where it is"
            + " yours, or connect a channel of the domain's own.",
        Deed.ADD_SENDER_DOMAIN);
  }

  private PreflightPoint undecided() {
    String unknown =
        "Whether SPF or DKIM proves that mail comes from %s is up to the channel's server (%s)"
            .formatted(domain, inWords(proofs));
    return switch (finding) {
      case Asks asks when asks.policy() != Policy.NONE ->
          PreflightPoint.warning(
              Topic.DMARC,
              "%s, and the domain asks recipients' servers to %s. %s"
                  .formatted(unknown, asked(asks), found()),
              Next.of(
                  "Ask whoever runs that server whether it signs for the domain, or send a message"
                      + " to yourself and look at its Authentication-Results."));
      case Asks _, DmarcFinding.NoRecord() ->
          PreflightPoint.ok(Topic.DMARC, "%s. %s".formatted(unknown, found()));
      case DmarcFinding.Untold _ ->
          PreflightPoint.warning(
              Topic.DMARC,
              "%s. %s".formatted(unknown, found()),
              Next.of("Ask again in a minute; mail is sent all the same."));
    };
  }

  private static boolean isOfAll(Asks asks) {
    return asks.record().percent() == ALL;
  }

  /** What is asked of recipients' servers where nothing proves the sender. */
  private static String asked(Asks asks) {
    String mail =
        isOfAll(asks) ? "such mail" : "%d of 100 such mails".formatted(asks.record().percent());
    return switch (asks.policy()) {
      case REJECT -> "refuse " + mail;
      case QUARANTINE -> "take %s for spam".formatted(mail);
      case NONE -> "treat it like any other";
    };
  }

  private static String inWords(SenderAuthentication proofs) {
    return "SPF %s, DKIM %s".formatted(inWords(proofs.spf()), inWords(proofs.dkim()));
  }

  private static String inWords(Alignment alignment) {
    return switch (alignment) {
      case EXACT, ORGANIZATIONAL -> "aligned";
      case NOT_ALIGNED -> "not aligned";
      case UNKNOWN -> "unknown";
    };
  }
}
