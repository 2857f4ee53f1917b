package io.leverans.mail.simulator.google;

import io.leverans.mail.simulator.signin.SimulatedAccount;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How an account at Google ({@link SimulatedGoogle}) differs from a plain one, chosen by the local
 * part of its address: {@code lost-answer@acme.example}, or with anything after a plus, {@code
 * lost-answer+2@acme.example}.
 */
public enum GoogleQuirk {
  QUOTA_SPENT(
      "quota-spent", "429 to every mail, with the time an hour later until which none is taken"),
  QUOTA_AFTER_3(
      "quota-after-3", "takes three mails, then 429 for half a minute, then three more and so on"),
  DAILY_LIMIT("daily-limit", "403 dailyLimitExceeded to every mail, without a time"),
  LOST_ANSWER("lost-answer", "takes the mail, then hangs up without a byte, always"),
  TOKEN_EXPIRED(
      "token-expired", "401 to the access token that came with the consent; a renewed one is good"),
  REVOKED(
      "revoked",
      "takes one mail, then its owner removes the access: 401 and invalid_grant until the next"
          + " consent"),
  BACKEND_ERROR("backend-error", "503 to the first attempt of each mail, then takes it"),
  NO_SENDING("no-sending", "allows all that is asked for but to send mail"),
  NO_GMAIL("no-gmail", "400 failedPrecondition to everything: its company does not use Gmail"),
  NEW_MESSAGE_ID("new-message-id", "takes the mail and gives it another Message-ID");

  private static final Map<String, GoogleQuirk> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(GoogleQuirk::label, Function.identity()));

  private final String label;
  private final String summary;

  GoogleQuirk(String label, String summary) {
    this.label = label;
    this.summary = summary;
  }

  /** The local part of the address that calls for it. */
  public String label() {
    return label;
  }

  /** What happens, in one line for people. */
  public String summary() {
    return summary;
  }

  static Optional<GoogleQuirk> of(SimulatedAccount account) {
    return Optional.ofNullable(BY_LABEL.get(account.localPart().toLowerCase(Locale.ROOT)));
  }

  boolean isOf(SimulatedAccount account) {
    return account.localPart().equals(label);
  }
}
