package io.leverans.mail.simulator;

import java.time.Instant;

/**
 * What became of a mail that the simulated world wrote back.
 *
 * @param kind what it was, in a word or two: "failed report", "auto-reply", "challenge",
 *     "complaint"
 * @param from the recipient whose server wrote it
 * @param to the return path that it was written to; of a complaint, the address for those
 * @param at when the last attempt ended
 * @param attempts how often it was tried
 * @param state whether it was taken
 * @param lastReply the last reply of the server, or what broke
 */
public record ReportDelivery(
    String kind, String from, String to, Instant at, int attempts, State state, String lastReply) {

  /** Where a report ends. */
  public enum State {
    TAKEN,
    REFUSED,
    GIVEN_UP
  }
}
