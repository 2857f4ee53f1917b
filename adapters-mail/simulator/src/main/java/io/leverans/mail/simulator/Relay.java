package io.leverans.mail.simulator;

import io.leverans.mail.simulator.FollowUp.DeliveryReport;
import io.leverans.mail.simulator.FollowUp.DeliveryReport.Step;
import io.leverans.mail.simulator.LineReader.Block;
import io.leverans.mail.simulator.Reaction.Accept;
import io.leverans.mail.simulator.Reaction.AcceptThen;
import io.leverans.mail.simulator.Reaction.AnswerLate;
import io.leverans.mail.simulator.Reaction.DropAfterDot;
import io.leverans.mail.simulator.Reaction.DropInData;
import io.leverans.mail.simulator.Reaction.NeverAnswer;
import io.leverans.mail.simulator.Reaction.RefuseMessage;
import io.leverans.mail.simulator.Reaction.RefuseRecipient;
import io.leverans.mail.simulator.Reaction.RefuseRecipientOnce;
import io.leverans.mail.simulator.SmtpRules.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes mail on that a server has taken from its own users. What the recipient's server would
 * refuse comes back as a report of that server; what would go through when tried again goes through
 * at once, and once only. Safe for use by many threads.
 */
final class Relay {
  private static final Pattern STATUS = Pattern.compile("[245]\\d\\d[ -]([245]\\.\\d+\\.\\d+) .*");

  private final MailHouse house;
  private final Zone zone;
  private final String host;
  private final ReportShape reports;

  /**
   * Passes mail on for one server.
   *
   * @param host what the server calls itself
   * @param reports how its reports look
   */
  Relay(MailHouse house, Zone zone, String host, ReportShape reports) {
    this.house = house;
    this.zone = zone;
    this.host = host;
    this.reports = reports;
  }

  void take(Envelope envelope, Origin origin, Block block) {
    Instant now = house.clock().instant();
    for (String recipient : envelope.recipients()) {
      deliver(house.mail(recipient, envelope.returnPath(), now, origin, block));
    }
  }

  private void deliver(ArrivedMail mail) {
    Optional<DomainTrouble> trouble = zone.trouble(Domains.of(mail.recipient()));
    if (trouble.isPresent()) {
      String words = trouble.get().words(Domains.of(mail.recipient()));
      giveUp(mail, trouble.get().status(), words, Step.LOOKUP);
      return;
    }
    switch (Behaviour.of(mail.recipient()).reaction()) {
      case RefuseRecipient(List<String> reply) -> refused(mail, reply, Step.RECIPIENT);
      case RefuseMessage(String reply) -> refused(mail, List.of(reply), Step.END_OF_DATA);
      case AcceptThen then -> {
        house.inbox().arrived(mail);
        house.mailer().schedule(then, mail);
      }
      case Accept _,
          AnswerLate _,
          DropAfterDot _,
          DropInData _,
          NeverAnswer _,
          RefuseRecipientOnce _ ->
          house.inbox().arrived(mail);
    }
  }

  private void refused(ArrivedMail mail, List<String> reply, Step step) {
    Matcher found = STATUS.matcher(reply.getFirst());
    giveUp(mail, found.matches() ? found.group(1) : "4.5.0", String.join(" ", reply), step);
  }

  /** Reports a refusal at once, and a temporary one after a delay report. */
  private void giveUp(ArrivedMail mail, String status, String words, Step step) {
    var failed = new DeliveryReport(ReportAction.FAILED, status, words, step);
    var delayed = new DeliveryReport(ReportAction.DELAYED, status, words, step);
    List<FollowUp> told = status.startsWith("5") ? List.of(failed) : List.of(delayed, failed);
    house.mailer().schedule(new AcceptThen(Optional.of(reports), told), mail, host);
  }
}
