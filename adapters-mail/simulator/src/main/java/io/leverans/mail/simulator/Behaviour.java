package io.leverans.mail.simulator;

import static io.leverans.mail.simulator.Reaction.acceptThen;
import static io.leverans.mail.simulator.Reaction.refuse;
import static io.leverans.mail.simulator.Reaction.refuseMessage;
import static io.leverans.mail.simulator.Reaction.refuseOnce;

import io.leverans.mail.simulator.FollowUp.AutoReply;
import io.leverans.mail.simulator.FollowUp.Challenge;
import io.leverans.mail.simulator.FollowUp.Complaint;
import io.leverans.mail.simulator.FollowUp.DeliveryReport;
import io.leverans.mail.simulator.Reaction.Accept;
import io.leverans.mail.simulator.Reaction.AnswerLate;
import io.leverans.mail.simulator.Reaction.DropAfterDot;
import io.leverans.mail.simulator.Reaction.DropInData;
import io.leverans.mail.simulator.Reaction.NeverAnswer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a simulated recipient does with mail, chosen by the local part of the address at any domain:
 * {@code user-unknown@example.org}, or with anything after a plus, {@code
 * user-unknown+42@example.org}. In a reply, {@code {recipient}} stands for the address.
 */
public enum Behaviour {
  ACCEPTED("", "takes the mail", new Accept()),

  USER_UNKNOWN(
      "user-unknown",
      "550 5.1.1 at RCPT",
      refuse("550 5.1.1 <{recipient}>: Recipient address rejected: User unknown")),
  USER_UNKNOWN_LONG(
      "user-unknown-long",
      "550 5.1.1 at RCPT, in a reply of three lines",
      refuse(
          "550-5.1.1 There is no mailbox {recipient} here.",
          "550-5.1.1 Look for typing mistakes in the address",
          "550 5.1.1 and try once more.")),
  MAILBOX_FULL(
      "mailbox-full",
      "552 5.2.2 at RCPT",
      refuse("552 5.2.2 <{recipient}>: Mailbox is full, quota exceeded")),
  MAILBOX_INACTIVE(
      "mailbox-inactive",
      "550 5.2.1 at RCPT",
      refuse("550 5.2.1 <{recipient}>: Mailbox disabled, not accepting messages")),
  MAILBOX_MOVED(
      "mailbox-moved",
      "551 5.1.6 at RCPT",
      refuse("551 5.1.6 <{recipient}>: Mailbox has moved, no forwarding address")),
  POLICY("policy", "550 5.7.1 at RCPT", refuse("550 5.7.1 <{recipient}>: Refused by local policy")),
  RELAY_DENIED(
      "relay-denied", "554 5.7.1 at RCPT", refuse("554 5.7.1 <{recipient}>: Relay access denied")),
  BLOCKLISTED(
      "blocklisted",
      "554 5.7.1 at RCPT, naming a block list",
      refuse("554 5.7.1 Service unavailable; client host blocked using blocklist.test")),

  GREYLISTED(
      "greylisted",
      "450 4.7.1 at RCPT the first time for a sender and recipient, then takes the mail",
      refuseOnce("450 4.7.1 <{recipient}>: Greylisted, please try again in 2 seconds")),
  TRY_LATER(
      "try-later",
      "421 4.7.0 at RCPT and closes, the first time for a sender and recipient; then takes the"
          + " mail",
      refuseOnce("421 4.7.0 Too busy, try again in 5 seconds")),
  DEFER("defer", "451 4.3.0 at RCPT, always", refuse("451 4.3.0 <{recipient}>: Temporary failure")),
  RATE_LIMITED(
      "rate-limited",
      "450 4.7.28 at RCPT, always",
      refuse("450 4.7.28 Too much mail from your address, slow down")),
  MAILBOX_FULL_FOR_NOW(
      "mailbox-full-for-now",
      "452 4.2.2 at RCPT, always",
      refuse("452 4.2.2 <{recipient}>: Mailbox is over quota for now")),
  GARBLED(
      "garbled",
      "answers RCPT with something that is no SMTP reply",
      refuse("hello? who is there?")),

  SPAM("spam", "554 5.7.1 after the final dot", refuseMessage("554 5.7.1 Looks like spam")),
  VIRUS("virus", "554 5.7.0 after the final dot", refuseMessage("554 5.7.0 Virus found: EICAR")),
  UNAUTHENTICATED(
      "unauthenticated",
      "550 5.7.26 after the final dot",
      refuseMessage("550 5.7.26 Sender is not authenticated: neither SPF nor DKIM passed")),
  TOO_BIG(
      "too-big",
      "552 5.3.4 after the final dot",
      refuseMessage("552 5.3.4 Message size exceeds the limit of this recipient")),
  DEFER_MESSAGE(
      "defer-message",
      "451 4.3.2 after the final dot, always",
      refuseMessage("451 4.3.2 System not accepting messages for the moment")),

  DROP_IN_DATA(
      "drop-in-data",
      "hangs up right after 354 the first time for a sender and recipient, then takes the mail",
      new DropInData()),
  DROP_AFTER_DOT(
      "drop-after-dot",
      "takes the mail, then closes without a reply to the final dot, always",
      new DropAfterDot()),
  NO_ANSWER(
      "no-answer",
      "takes the mail, never answers the final dot and leaves the connection open",
      new NeverAnswer()),
  SLOW("slow", "answers RCPT and the final dot late, then takes the mail", new AnswerLate()),

  BOUNCE_LATER(
      "bounce-later",
      "250, later a bounce report; its shape depends on the address",
      acceptThen(Bounces.unknown())),
  BOUNCE_POSTFIX(
      "bounce-postfix",
      "250, later a bounce report as Postfix writes it",
      acceptThen(ReportShape.POSTFIX, Bounces.unknown())),
  BOUNCE_EXCHANGE(
      "bounce-exchange",
      "250, later a bounce report as Microsoft 365 writes it",
      acceptThen(ReportShape.EXCHANGE, Bounces.unknown())),
  BOUNCE_GMAIL(
      "bounce-gmail",
      "250, later a bounce report as Gmail writes it",
      acceptThen(ReportShape.GMAIL, Bounces.unknown())),
  BOUNCE_FULL(
      "bounce-full", "250, later a bounce report: mailbox full", acceptThen(Bounces.full())),
  DELAY_THEN_BOUNCE(
      "delay-then-bounce",
      "250, later a delay report, later still a bounce report",
      acceptThen(Bounces.delayed(), Bounces.expired())),
  DELIVERY_REPORT(
      "delivery-report",
      "250, later a report that the mail lies in the mailbox",
      acceptThen(Bounces.delivered())),
  AUTO_REPLY("auto-reply", "250, later an out-of-office reply", acceptThen(new AutoReply())),
  CHALLENGE(
      "challenge",
      "250, later the question whether a person wrote, with a link to prove it",
      acceptThen(new Challenge())),
  COMPLAINT(
      "complaint",
      "250, later a spam complaint (ARF)",
      acceptThen(new Complaint(Complaint.Format.ARF))),
  COMPLAINT_REDACTED(
      "complaint-redacted",
      "250, later a spam complaint (ARF) that does not say whose",
      acceptThen(new Complaint(Complaint.Format.ARF_REDACTED))),
  COMPLAINT_HOTMAIL(
      "complaint-hotmail",
      "250, later a spam complaint as Hotmail writes it (JMRP)",
      acceptThen(new Complaint(Complaint.Format.JMRP)));

  private static final Map<String, Behaviour> BY_LOCAL_PART =
      Arrays.stream(values())
          .filter(behaviour -> behaviour != ACCEPTED)
          .collect(Collectors.toMap(Behaviour::localPart, Function.identity()));

  private final String localPart;
  private final String summary;

  @SuppressWarnings("ImmutableEnumChecker") // records of strings, enums and unmodifiable lists
  private final Reaction reaction;

  Behaviour(String localPart, String summary, Reaction reaction) {
    this.localPart = localPart;
    this.summary = summary;
    this.reaction = reaction;
  }

  /** The behaviour of the recipient at this address; {@link #ACCEPTED} where no name is known. */
  public static Behaviour of(String address) {
    int end = address.lastIndexOf('@');
    String local = end < 0 ? address : address.substring(0, end);
    int plus = local.indexOf('+');
    String name = plus < 0 ? local : local.substring(0, plus);
    return BY_LOCAL_PART.getOrDefault(name.toLowerCase(Locale.ROOT), ACCEPTED);
  }

  /** The local part that calls for this behaviour; empty for {@link #ACCEPTED}. */
  public String localPart() {
    return localPart;
  }

  /** What happens, in one line for people. */
  public String summary() {
    return summary;
  }

  Reaction reaction() {
    return reaction;
  }

  /** The words of the reports; apart from the constants because an enum's own come too late. */
  private static final class Bounces {
    static DeliveryReport unknown() {
      return new DeliveryReport(
          ReportAction.FAILED,
          "5.1.1",
          "550 5.1.1 <{recipient}>: Recipient address rejected: User unknown");
    }

    static DeliveryReport full() {
      return new DeliveryReport(
          ReportAction.FAILED, "5.2.2", "552 5.2.2 <{recipient}>: Mailbox is full, quota exceeded");
    }

    static DeliveryReport delayed() {
      return new DeliveryReport(
          ReportAction.DELAYED,
          "4.4.1",
          "451 4.4.1 <{recipient}>: The next server does not answer");
    }

    static DeliveryReport expired() {
      return new DeliveryReport(
          ReportAction.FAILED, "5.4.7", "550 5.4.7 <{recipient}>: Delivery time expired");
    }

    static DeliveryReport delivered() {
      return new DeliveryReport(
          ReportAction.DELIVERED, "2.1.5", "250 2.1.5 <{recipient}>: Delivered to mailbox");
    }
  }
}
