package io.leverans.bootstrap.command;

import io.leverans.bootstrap.command.ParsedMail.Said;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a parsed mail for a person: what happened, why, and what to do about it. */
final class ParsedMailText {
  private ParsedMailText() {}

  static List<String> lines(ParsedMail mail) {
    List<String> lines = new ArrayList<>();
    lines.add(mail.file() + ": " + mail.kind().word());
    if (mail.records().isEmpty()) {
      lines.add("  " + withoutRecords(mail.kind()));
    }
    mail.records().forEach(said -> lines.addAll(lines(mail.kind(), said)));
    mail.originalMessageId().ifPresent(id -> lines.add("  It is about the message " + id));
    return lines.stream().map(ParsedMailText::printable).toList();
  }

  private static String withoutRecords(ParsedMail.Kind kind) {
    return switch (kind) {
      case BOUNCE -> "It tells neither of whom nor why.";
      case COMPLAINT -> "A recipient called a message spam; it does not tell who.";
      case AUTO_REPLY -> "A machine answered in the person's absence. The message is fine.";
      case CHALLENGE ->
          "The recipient's server wants proof that a person wrote. Until someone answers it, the"
              + " message is not shown.";
      case DELIVERED -> "It arrived.";
      case OTHER -> "No report on a message, as far as can be read.";
    };
  }

  private static List<String> lines(ParsedMail.Kind kind, Said said) {
    List<String> lines = new ArrayList<>();
    String recipient = said.recipient().orElse("a recipient it does not name");
    String fate = kind == ParsedMail.Kind.COMPLAINT ? complaint(said) : fate(said);
    lines.add("  " + recipient + ": " + fate);
    said.cause().ifPresent(cause -> lines.addAll(reasons(said, cause)));
    said.diagnostic()
        .ifPresent(
            words ->
                lines.add(
                    "    Their words: "
                        + words
                        + said.failure().remoteHost().map(" (%s)"::formatted).orElse("")));
    return lines;
  }

  private static String fate(Said said) {
    return switch (said.action()) {
      case FAILED ->
          said.isForGood()
              ? "not delivered, for good"
              : "not delivered, given up; a later message may arrive";
      case DELAYED -> "late, and still being tried";
      case DELIVERED -> "delivered";
      case RELAYED -> "passed on to a server that does not report";
      case EXPANDED -> "passed on to the members of a list";
    };
  }

  private static String complaint(Said said) {
    return said.failure().cause() == Cause.MARKED_AS_SPAM
        ? "arrived, and was called spam"
        : "complained of, for another reason than spam";
  }

  private static List<String> reasons(Said said, Cause cause) {
    String status = said.failure().status().map(" (%s)"::formatted).orElse("");
    return List.of(
        "    Why: " + words(cause) + status + "; " + blame(cause.fault()),
        "    Address: " + (said.suppresses() ? "leave it alone from now on" : "may be written to"),
        "    What to do: " + cause.remedy());
  }

  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String blame(Fault fault) {
    return switch (fault) {
      case RECIPIENT -> "the fault is on the recipient's side";
      case SENDER_DOMAIN -> "the fault lies with the sender's domain";
      case PLATFORM -> "the fault lies with the sending platform";
      case CHANNEL -> "the fault lies with the sending channel";
      case NETWORK -> "the fault lies with the network";
      case CONTENT -> "the fault lies with the message itself";
      case UNKNOWN -> "whose fault is not known";
    };
  }

  /** Strangers wrote these words, and a terminal obeys control characters. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }
}
