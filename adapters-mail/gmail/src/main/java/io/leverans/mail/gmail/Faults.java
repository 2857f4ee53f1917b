package io.leverans.mail.gmail;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;

/** What can be wrong with an account's channel, and what to do about each. */
final class Faults {
  static final String CONNECT_AGAIN =
      "Connect the account again: sign in on Google's page and let the platform in.";

  private Faults() {}

  static ChannelFault signIn(String words) {
    return new ChannelFault(Cause.CREDENTIALS_REFUSED, words, CONNECT_AGAIN, Certainty.PRESUMED);
  }

  static ChannelFault scopeMissing(String words) {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED,
        words,
        "Connect the account again, and leave every box ticked on Google's page: without the"
            + " permission to send, no mail can go out.",
        Certainty.CERTAIN);
  }

  static ChannelFault readingMissing() {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED,
        "Google was not allowed to let the platform look into the mailbox.",
        "Begin again and leave that box ticked on Google's page, or switch \"Look up mail in"
            + " doubt\" off, and \"Bounces\" as well.",
        Certainty.CERTAIN);
  }

  static ChannelFault reportsForbidden(String words) {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED,
        words,
        "Connect the account again and leave the box for reading mail ticked on Google's page, or"
            + " switch \"Bounces\" off. Mail goes out all the same.",
        Certainty.CERTAIN);
  }

  static ChannelFault askedTooMuch(String words) {
    return new ChannelFault(
        Cause.QUOTA_SPENT,
        words,
        "Google answers no more questions about the mailbox for a moment. It is read later by"
            + " itself.",
        Certainty.PRESUMED);
  }

  static ChannelFault unreadable(String words) {
    return new ChannelFault(
        Cause.REMOTE_SYSTEM_ERROR,
        words,
        "The mailbox is read later by itself. If it goes on, tell the operator.",
        Certainty.PRESUMED);
  }

  static ChannelFault notLasting() {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED,
        "Google gave no lasting access to the account.",
        "Take the platform off the list at https://myaccount.google.com/connections, then connect"
            + " the account again.",
        Certainty.CERTAIN);
  }

  static ChannelFault otherAccount(String words, String remedy) {
    return new ChannelFault(Cause.CREDENTIALS_REFUSED, words, remedy, Certainty.CERTAIN);
  }

  static ChannelFault notIdentified(String words) {
    return new ChannelFault(
        Cause.CREDENTIALS_REFUSED,
        words,
        "Begin again. If it happens again, tell the operator: the settings gmail.issuer,"
            + " gmail.certs-url or gmail.client-id may be wrong.",
        Certainty.PRESUMED);
  }

  static ChannelFault notReached(String words) {
    return new ChannelFault(
        Cause.NETWORK_FAILURE,
        words,
        "Try again in a few minutes. If it goes on, tell the operator that Google cannot be reached"
            + " from the platform.",
        Certainty.PRESUMED);
  }

  static ChannelFault adminForbids(String words) {
    return new ChannelFault(
        Cause.RELAY_DENIED,
        words,
        "Ask the admin of your Google Workspace to allow this app (Security, API controls).",
        Certainty.CERTAIN);
  }

  static ChannelFault apiOff(String words) {
    return new ChannelFault(
        Cause.RELAY_DENIED,
        words,
        "Tell the operator to enable the Gmail API for the platform's project in the Google Cloud"
            + " console.",
        Certainty.CERTAIN);
  }

  static ChannelFault noMailbox(String words) {
    return new ChannelFault(
        Cause.RELAY_DENIED,
        words,
        "The account has no Gmail. Ask the admin of your Google Workspace to switch Gmail on for"
            + " it, or connect another account.",
        Certainty.CERTAIN);
  }

  static ChannelFault precondition(String words) {
    return new ChannelFault(
        Cause.RELAY_DENIED,
        words,
        "Sign in to Gmail in a browser and see whether mail can be sent there; Gmail may ask for"
            + " something first. If it works there, connect the account again.",
        Certainty.PRESUMED);
  }

  static ChannelFault accountSpent(String words) {
    return new ChannelFault(
        Cause.QUOTA_SPENT,
        words,
        "The account may send no more for now. Mail waits, and goes out by itself once Google lets"
            + " the account send again, which takes a day at most.",
        Certainty.CERTAIN);
  }

  static ChannelFault projectSpent(String words) {
    return new ChannelFault(
        Cause.QUOTA_SPENT,
        words,
        "The platform has used up what Google allows it in a day. Mail waits, and goes out by"
            + " itself. The operator can ask for more in the Google Cloud console.",
        Certainty.CERTAIN);
  }

  static ChannelFault tooFast(String words) {
    return new ChannelFault(
        Cause.QUOTA_SPENT,
        words,
        "Google takes no more from this account for a moment. Mail waits, and goes out by itself.",
        Certainty.CERTAIN);
  }
}
