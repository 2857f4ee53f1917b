package io.leverans.mail.simulator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the company's mail server ({@link SimulatedCompany}) differs from a plain one, chosen by the
 * local part of the user name: {@code locked@company.test}, or with anything after a plus, {@code
 * locked+2@company.test}. What a server offers is told before anyone signs in, so the first label
 * of the name in the client's EHLO chooses too: {@code no-utf8.acme.example}.
 */
public enum Quirk {
  OWN_SENDER_ONLY(
      "own-sender-only",
      "550 5.7.60 at MAIL to any sender but the user's own address, as Exchange does"),
  BUSY_AFTER_3("busy-after-3", "421 4.7.0 at the fourth MAIL of a connection, and closes"),
  ONE_OF_THREE(
      "one-of-three",
      "451 4.3.0 to every third RCPT of a message, the first time for a user and recipient"),
  LOCKED(
      "locked",
      "535 5.7.139 to every password: it is switched off, and Microsoft's sign-in page works"),
  NO_SMTP("no-smtp", "535 5.7.139 to every AUTH: an admin has not allowed SMTP for the mailbox"),
  TEMPORARY_AUTH("temporary-auth", "454 4.7.0 to the first AUTH of a user, then signs in"),
  SIZE_SMALL("size-small", "offers SIZE 10000 and takes no larger message"),
  NO_UTF8("no-utf8", "offers neither SMTPUTF8 nor 8BITMIME and takes nothing that needs them"),
  HANGS_AFTER_DOT(
      "hangs-after-dot",
      "takes the mail, never answers the final dot and leaves the connection open"),
  DROP_AFTER_DOT(
      "drop-after-dot", "takes the mail, then closes without a reply to the final dot, always");

  private static final Map<String, Quirk> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(Quirk::label, Function.identity()));

  private final String label;
  private final String summary;

  Quirk(String label, String summary) {
    this.label = label;
    this.summary = summary;
  }

  /** The local part of the user name, or first label of the client's name, that calls for it. */
  public String label() {
    return label;
  }

  /** What happens, in one line for people. */
  public String summary() {
    return summary;
  }

  static Set<Quirk> ofUser(String user) {
    return named(user.split("[+@]", 2)[0]);
  }

  static Set<Quirk> ofClient(String client) {
    return named(client.split("\\.", 2)[0]);
  }

  private static Set<Quirk> named(String label) {
    Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    Quirk found = BY_LABEL.get(label.toLowerCase(Locale.ROOT));
    if (found != null) {
      quirks.add(found);
    }
    return quirks;
  }
}
