package io.leverans.mail.simulator;

import io.leverans.mail.simulator.Answer.Reply;
import io.leverans.mail.simulator.Envelope.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server offers in its answer to EHLO, and holds the client to.
 *
 * @param messageBytes the largest message taken, told in the SIZE extension (RFC 1870)
 * @param keywords the other extensions, as EHLO tells them
 */
record Extensions(int messageBytes, List<String> keywords) {
  /** The size that servers take unless they are of a sort that takes less. */
  static final int USUAL_BYTES = 50 * 1024 * 1024;

  static final String INTERNATIONAL = "SMTPUTF8";
  static final String EIGHT_BIT = "8BITMIME";
  static final String STARTTLS = "STARTTLS";
  private static final String SIZE = "SIZE=";

  /** The lines after the first one in the answer to EHLO, without their code. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("SIZE " + messageBytes);
    lines.addAll(keywords);
    return lines;
  }

  boolean offers(String keyword) {
    return keywords.stream().anyMatch(offered -> (offered + ' ').startsWith(keyword + ' '));
  }

  Reply tooLarge() {
    return Answer.reply("552 5.3.4 Message size exceeds " + messageBytes + " bytes");
  }

  /** Why a sender's parameters cannot be granted; empty if they can. */
  Optional<Reply> refusalOf(Path sender) {
    boolean international = false;
    for (String parameter : sender.parameters()) {
      if (parameter.matches(SIZE + "\\d{1,18}")) {
        if (Long.parseLong(parameter.substring(SIZE.length())) > messageBytes) {
          return Optional.of(tooLarge());
        }
      } else if (!isKnown(parameter)) {
        return Optional.of(Answer.reply("555 5.5.4 Parameter not known"));
      }
      international |= parameter.equals(INTERNATIONAL);
    }
    return sender.isAscii() || international
        ? Optional.empty()
        : Optional.of(Answer.reply("550 5.6.7 This address needs SMTPUTF8"));
  }

  private boolean isKnown(String parameter) {
    return switch (parameter) {
      case INTERNATIONAL -> offers(INTERNATIONAL);
      case "BODY=7BIT", "BODY=8BITMIME" -> offers(EIGHT_BIT);
      default -> parameter.startsWith("AUTH=") && offers("AUTH");
    };
  }
}
