package io.leverans.mail.report;

import io.leverans.domain.bounce.FoundReport;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.message.Octets;
import io.leverans.mail.mime.ReturnPathTokens;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes reports of mails that lie in somebody's mailbox, where most are letters that are nobody's
 * business: those are let go of. Safe for use by many threads.
 */
public final class MailboxReports {
  /** No more of a mail is looked at, so no more of it need be fetched where a part can be. */
  public static final int MOST_OCTETS = ReportReader.MOST_OCTETS;

  private final ChannelKind kind;
  private final ReturnPathTokens tokens;
  private final InstantSource clock;
  private final ReportReader reader = new ReportReader();

  /**
   * For the mailboxes of a kind's channels.
   *
   * @param tokens knows our signature
   */
  public MailboxReports(ChannelKind kind, ReturnPathTokens tokens, InstantSource clock) {
    this.kind = kind;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Reads a mail.
   *
   * @param mail as it lies there, or its first {@link #MOST_OCTETS}
   * @param mailbox whose mailbox it is, as an address or the name to sign in with
   * @return empty if it is no report, or may well be on mail that is not ours
   */
  public Optional<FoundReport> read(byte[] mail, String mailbox) {
    ReadReport report = reader.read(mail);
    Link link = linkIn(report);
    if (!isOfConcern(report, link)) {
      return Optional.empty();
    }
    return Optional.of(
        new FoundReport(
            keyOf(mail),
            new IncomingReport(
                    kind,
                    mailbox,
                    link,
                    report.kind(),
                    report.subject(),
                    report.statements(),
                    Octets.of(mail))
                .hinting(report.hints())));
  }

  private Link linkIn(ReadReport report) {
    return report.tokens().stream()
        .map(token -> tokens.linkOf(token, clock.instant()))
        .filter(link -> !(link instanceof Link.None))
        .findFirst()
        .orElseGet(Link.None::new);
  }

  /** Machines answer people's letters, too, and name what they answer if it is ours. */
  private static boolean isOfConcern(ReadReport report, Link link) {
    return switch (report.kind()) {
      case DELIVERY_STATUS, COMPLAINT -> true;
      case AUTO_REPLY, CHALLENGE ->
          !(link instanceof Link.None) || report.originalMessageId().isPresent();
      case OTHER -> !(link instanceof Link.None);
    };
  }

  private static String keyOf(byte[] mail) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(mail);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
