package io.leverans.mail.conversation;

import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.mail.conversation.Credentials.BearerToken;
import io.leverans.mail.conversation.Credentials.None;
import io.leverans.mail.conversation.Credentials.Password;
import java.util.Locale;

/**
 * What a refused sign-in calls for.
 *
 * @param certainty whether the server may think otherwise in a minute
 */
record SignInAdvice(String remedy, Certainty certainty) {
  private static final String NO_PASSWORDS_ANY_MORE =
      "Microsoft no longer takes a password from this account. Connect with Microsoft sign-in:"
          + " choose \"Sign in on the provider's page\" as the channel's sign-in. The account's"
          + " admin may have to allow authenticated SMTP for the mailbox besides.";
  private static final String NOT_BY_SMTP =
      "The account is not allowed to send by SMTP. Ask its Microsoft 365 admin to allow"
          + " authenticated SMTP for the mailbox, and to except it from rules that forbid it; then"
          + " connect the channel again.";
  private static final String APP_PASSWORD =
      "The provider wants a password made for this purpose. Make an app password in the account's"
          + " security settings and enter that.";
  private static final String CHECK_PASSWORD =
      "Check the user name and the password, and that the account may send by SMTP.";
  private static final String CONNECT_AGAIN =
      "The server does not take the access that its provider gave. Connect the channel again, and"
          + " sign in there as the user that the channel names; the account must be allowed to send"
          + " by SMTP.";
  private static final String SIGN_IN_FIRST =
      "The server wants a sign-in first. Enter a user name and a password.";

  static SignInAdvice on(Reply refusal, Credentials credentials) {
    return switch (credentials) {
      case None _ -> new SignInAdvice(SIGN_IN_FIRST, Certainty.PRESUMED);
      case Password _ when isForbidden(refusal) ->
          new SignInAdvice(NO_PASSWORDS_ANY_MORE, Certainty.CERTAIN);
      case Password _ ->
          new SignInAdvice(
              refusal.status().filter("5.7.9"::equals).isPresent() ? APP_PASSWORD : CHECK_PASSWORD,
              Certainty.PRESUMED);
      case BearerToken _ when isForbidden(refusal) ->
          new SignInAdvice(NOT_BY_SMTP, Certainty.CERTAIN);
      case BearerToken _ -> new SignInAdvice(CONNECT_AGAIN, Certainty.PRESUMED);
    };
  }

  /**
   * Whether a rule of Exchange Online forbids the sign-in, whatever the password. It says 5.7.139
   * to a wrong password too; only the words tell the two apart.
   */
  private static boolean isForbidden(Reply refusal) {
    return switch (refusal.status().orElse("")) {
      case "5.7.30" -> true;
      case "5.7.139" ->
          !refusal.text().toLowerCase(Locale.ROOT).contains("credentials were incorrect");
      default -> false;
    };
  }
}
