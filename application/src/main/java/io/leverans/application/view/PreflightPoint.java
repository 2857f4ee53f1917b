package io.leverans.application.view;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that decides whether an identity can send.
 *
 * @param words for a person
 * @param next what to do about it
 * @param entry which of the addresses asked about it is, from 0
 */
public record PreflightPoint(
    Topic topic, Verdict verdict, String words, Optional<Next> next, Optional<Integer> entry) {
  public PreflightPoint {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(words);
    Objects.requireNonNull(next);
    Objects.requireNonNull(entry);
  }

  public static PreflightPoint ok(Topic topic, String words) {
    return new PreflightPoint(topic, Verdict.OK, words, Optional.empty(), Optional.empty());
  }

  public static PreflightPoint warning(Topic topic, String words, Next next) {
    return new PreflightPoint(topic, Verdict.WARNING, words, Optional.of(next), Optional.empty());
  }

  public static PreflightPoint stop(Topic topic, String words, Next next) {
    return new PreflightPoint(topic, Verdict.STOP, words, Optional.of(next), Optional.empty());
  }

  /** The same about one of the addresses. */
  public PreflightPoint about(int address) {
    return new PreflightPoint(topic, verdict, words, next, Optional.of(address));
  }

  /** What is looked at, in this order. */
  public enum Topic {
    /** Whether the identity is verified. */
    IDENTITY,
    /** Whether its channel is offered and works. */
    CHANNEL,
    /** Whether what the account's owner gave can be used. */
    ACCESS,
    /** What the sender's domain asks of recipients' servers, and whether that is met. */
    DMARC,
    /** What could be published for the sender's domain. */
    RECORDS,
    /** How much may pass the channel now. */
    QUOTA,
    /** To how many it goes. */
    RECIPIENTS,
    /** One of those it goes to. */
    RECIPIENT
  }

  /** From the best to the worst. */
  public enum Verdict {
    OK,
    /** It can be sent, and somebody should know something. */
    WARNING,
    /** It would not be taken, or be lost for certain. */
    STOP
  }

  /**
   * What to do.
   *
   * @param words for a person
   * @param deed what it takes here, if it is done here
   */
  public record Next(String words, Optional<Deed> deed) {
    public Next {
      Objects.requireNonNull(words);
      Objects.requireNonNull(deed);
    }

    public static Next of(String words) {
      return new Next(words, Optional.empty());
    }

    public static Next of(String words, Deed deed) {
      return new Next(words, Optional.of(deed));
    }
  }

  /** What can be done here. */
  public enum Deed {
    SEND_VERIFICATION,
    TEST_CHANNEL,
    CHOOSE_CHANNEL,
    CONNECT_CHANNEL,
    /** Have the account's owner give access again. */
    RECONNECT_CHANNEL,
    CHANGE_CHANNEL,
    ADD_SENDER_DOMAIN
  }
}
