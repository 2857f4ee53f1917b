package io.leverans.domain.delivery;

/** What a person can do about mail that is late, lost or unwanted, as it stands now. */
public final class Remedy {
  /** What to do where the recipient's server asks for proof that a person wrote. */
  public static final String OF_A_CHALLENGE =
      "The recipient's server keeps the message back until you prove that a person wrote it. Open"
          + " the link in the mail that it sent, or answer that mail as it asks.";

  private Remedy() {}

  /**
   * Promises another attempt only where one is to come.
   *
   * @return sentences in plain words
   */
  public static String of(DeliveryState state, Cause cause) {
    return switch (state) {
      case SCHEDULED, QUEUED -> cause.remedy() + " It is tried again later by itself.";
      case WAITING -> cause.remedy() + " It is sent as soon as its channel works again.";
      case IN_DOUBT ->
          "It may have arrived, so it is not sent again without your word. Ask the recipient, then"
              + " resolve it: as sent, as failed, or to be sent again.";
      case COMPLAINED -> Cause.MARKED_AS_SPAM.remedy();
      case SENDING, HANDED_OVER, ACCEPTED, CONFIRMED, BOUNCED, FAILED, CANCELLED, LOGGED ->
          cause.remedy();
    };
  }
}
