package io.leverans.mail.gmail;

import io.leverans.domain.channel.ChannelHealth;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.LaneSign;
import io.leverans.domain.delivery.Outcome;
import io.leverans.mail.gmail.Crossing.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a refusal of Google's means for the mail and for the channel. Safe for use by many threads.
 *
 * <p>A 503 of the API says that it took nothing: the mail is deferred. Any other 5xx may have come
 * after the mail was sent, and leaves it in doubt once the request has ended.
 */
final class Verdicts {
  /** Until a fault that others mend without telling us is looked at again. */
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);

  /** A little more than {@link ChannelHealth#CONFIRMATION}: then it counts if it is met again. */
  private static final Duration UNTIL_IT_IS_BELIEVED =
      ChannelHealth.CONFIRMATION.plus(Duration.ofSeconds(5));

  /** Google counts some limits by the minute, and tells no time for those. */
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Google's limits are those of 24 hours; a little more for clocks that differ. */
  private static final Duration LONGEST = Duration.ofHours(25);

  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Pattern RETRY_AFTER =
      Pattern.compile(
          "retry after (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,7}");

  private final InstantSource clock;
  private final String host;

  Verdicts(InstantSource clock, String host) {
    this.clock = clock;
    this.host = host;
  }

  /** For all recipients of a request that was refused. */
  Outcome of(GoogleAnswer answer, Side side) {
    String words = "Google said: " + answer.words();
    return switch (Meaning.of(answer)) {
      case SIGN_IN -> soon(Faults.signIn(words));
      case SCOPE_MISSING -> new Outcome.NotTried(Faults.scopeMissing(words), Optional.empty());
      case ADMIN_FORBIDS -> later(Faults.adminForbids(words));
      case API_OFF -> later(Faults.apiOff(words));
      case NO_MAILBOX -> later(Faults.noMailbox(words));
      case PRECONDITION, NOT_FOUND -> soon(Faults.precondition(words));
      case ACCOUNT_SPENT -> until(Faults.accountSpent(words), told(answer).orElse(LOOK_AGAIN));
      case PROJECT_SPENT -> until(Faults.projectSpent(words), told(answer).orElse(LOOK_AGAIN));
      case TOO_FAST -> until(Faults.tooFast(words), told(answer).orElse(A_MINUTE));
      case TOO_LARGE -> rejected(Cause.MESSAGE_TOO_LARGE, words);
      case RECIPIENTS, CONTENT -> rejected(Cause.CONTENT_REJECTED, words);
      case SENDER -> rejected(Cause.SENDER_REJECTED, words);
      case REQUEST -> rejected(Cause.PROTOCOL_ERROR, words);
      case THREAD -> deferred(Cause.PROTOCOL_ERROR, words, Optional.of(SHORTEST), LaneSign.ANSWERS);
      case TROUBLE -> asksForAPause(Cause.REMOTE_SYSTEM_ERROR, words, told(answer));
      case GATEWAY -> asksForAPause(Cause.PROTOCOL_ERROR, words, told(answer));
      case UNTOLD -> untold(Cause.REMOTE_SYSTEM_ERROR, words, side);
    };
  }

  /** The message is fine: it is tried again by itself, outside the conversation. */
  Outcome withoutThread(GoogleAnswer answer) {
    return deferred(
        Cause.PROTOCOL_ERROR,
        "Google said: %s The conversation that it answers is not there any more; it is sent outside"
                .formatted(answer.words())
            + " of it.",
        Optional.of(SHORTEST),
        LaneSign.ANSWERS);
  }

  /** For all recipients of a request without an answer that says what became of it. */
  Outcome untold(Cause cause, String words, Side side) {
    return switch (side) {
      case HERE -> deferred(cause, words, Optional.empty(), signOf(cause));
      case BEYOND -> new Outcome.InDoubt(failure(cause, words));
    };
  }

  private static LaneSign signOf(Cause cause) {
    return cause == Cause.NETWORK_FAILURE ? LaneSign.OUT_OF_REACH : LaneSign.ANSWERS;
  }

  /** Who says when to come again means all requests of the account (RFC 9110 §10.2.3). */
  private Outcome asksForAPause(Cause cause, String words, Optional<Duration> pause) {
    return deferred(cause, words, pause, pause.isPresent() ? LaneSign.SLOW_DOWN : LaneSign.ANSWERS);
  }

  /** Of our own accord. */
  Outcome deferred(Cause cause, String words) {
    return deferred(cause, words, Optional.empty(), LaneSign.NOTHING);
  }

  private Outcome deferred(Cause cause, String words, Optional<Duration> pause, LaneSign sign) {
    return new Outcome.Deferred(failure(cause, words), pause, sign);
  }

  Outcome rejected(Cause cause, String words) {
    return new Outcome.Rejected(failure(cause, words));
  }

  private Failure failure(Cause cause, String words) {
    return new Failure(cause, words, Optional.empty(), Optional.of(host));
  }

  /** It may pass by itself, and is believed when it is met again after a minute. */
  static Outcome soon(ChannelFault fault) {
    return new Outcome.NotTried(fault, Optional.of(UNTIL_IT_IS_BELIEVED));
  }

  private static Outcome later(ChannelFault fault) {
    return until(fault, LOOK_AGAIN);
  }

  private static Outcome until(ChannelFault fault, Duration time) {
    return new Outcome.NotTried(fault, Optional.of(time));
  }

  /** When to come again, by the words or by the header. */
  Optional<Duration> told(GoogleAnswer answer) {
    Matcher matcher = RETRY_AFTER.matcher(answer.words());
    Optional<Duration> wait =
        matcher.find()
            ? Optional.of(Duration.between(clock.instant(), Instant.parse(matcher.group(1))))
            : answer.retryAfter().flatMap(this::header);
    return wait.map(Verdicts::sensible);
  }

  /** Seconds or a date (RFC 9110 §10.2.3). */
  private Optional<Duration> header(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant time = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(clock.instant(), time));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Duration sensible(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
