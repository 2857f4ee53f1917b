package io.leverans.mail.gmail;

import io.leverans.mail.gmail.GoogleAnswer.Origin;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a refusal of Google's is about. It is told by the reason for machines; a status alone does
 * not part a spent quota from a missing permission, which are both 403. Words are looked at where a
 * reason stands for several things, and where they are all there is.
 *
 * <p>The reasons are those of <a
 * href="https://developers.google.com/workspace/gmail/api/guides/handle-errors">Google's guide</a>
 * and of <a href="https://cloud.google.com/apis/design/errors">its error model</a>.
 */
enum Meaning {
  /** The access token is not taken, any more or at all. */
  SIGN_IN,
  /** The owner did not grant what this needs. */
  SCOPE_MISSING,
  /** The company's admin does not let the platform in. */
  ADMIN_FORBIDS,
  /** The operator has not switched the API on. */
  API_OFF,
  /** The account has no mailbox at Gmail. */
  NO_MAILBOX,
  /** The account is in no state to send. */
  PRECONDITION,
  /** The account may send no more for today. */
  ACCOUNT_SPENT,
  /** The platform may ask no more for today. */
  PROJECT_SPENT,
  /** Too much in a short time. */
  TOO_FAST,
  TOO_LARGE,
  /** The conversation is not there, or the message does not belong to it. */
  THREAD,
  /** An address in the header cannot be used, or there is none. */
  RECIPIENTS,
  SENDER,
  /** What the message holds, such as an attachment. */
  CONTENT,
  /** The request makes no sense to Google. */
  REQUEST,
  /** Something is not there. */
  NOT_FOUND,
  /** Trouble of Google's own: it did not do what was asked. */
  TROUBLE,
  /** Something before the API refuses. */
  GATEWAY,
  /** It does not say whether it was done. */
  UNTOLD;

  private static final Pattern ANY = Pattern.compile("");
  private static final Set<String> INVALID =
      Set.of("invalidArgument", "badRequest", "INVALID_ARGUMENT", "invalid", "parseError");
  private static final Set<String> PRECONDITIONS =
      Set.of("failedPrecondition", "FAILED_PRECONDITION");

  /** The first that fits holds. No reasons: whatever they are. */
  private static final List<Rule> TABLE =
      List.of(
          new Rule(
              Set.of(),
              words("5\\.4\\.5|daily user sending (quota|limit)|\\(mail sending\\)"),
              ACCOUNT_SPENT),
          new Rule(
              Set.of("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
              ANY,
              SCOPE_MISSING),
          new Rule(Set.of("domainPolicy"), ANY, ADMIN_FORBIDS),
          new Rule(Set.of("accessNotConfigured", "SERVICE_DISABLED"), ANY, API_OFF),
          new Rule(Set.of("dailyLimitExceeded", "dailyLimitExceededUnreg"), ANY, PROJECT_SPENT),
          new Rule(
              Set.of(
                  "userRateLimitExceeded",
                  "rateLimitExceeded",
                  "quotaExceeded",
                  "concurrentLimitExceeded",
                  "RATE_LIMIT_EXCEEDED",
                  "RESOURCE_EXHAUSTED"),
              ANY,
              TOO_FAST),
          new Rule(Set.of("authError", "required", "expired", "UNAUTHENTICATED"), ANY, SIGN_IN),
          new Rule(PRECONDITIONS, words("mail service not enabled"), NO_MAILBOX),
          new Rule(PRECONDITIONS, ANY, PRECONDITION),
          new Rule(Set.of("uploadTooLarge", "contentTooLarge", "requestTooLarge"), ANY, TOO_LARGE),
          new Rule(INVALID, words("too large|exceeds the maximum|size limit"), TOO_LARGE),
          new Rule(INVALID, words("thread"), THREAD),
          new Rule(
              INVALID, words("recipient address required|invalid (to|cc|bcc) header"), RECIPIENTS),
          new Rule(INVALID, words("invalid from header|from address"), SENDER),
          new Rule(INVALID, words("attachment|blocked"), CONTENT),
          new Rule(INVALID, ANY, REQUEST),
          new Rule(Set.of("notFound", "NOT_FOUND"), ANY, NOT_FOUND),
          new Rule(Set.of("DEADLINE_EXCEEDED"), ANY, UNTOLD),
          new Rule(
              Set.of(
                  "backendError", "internalError", "serviceUnavailable", "INTERNAL", "UNAVAILABLE"),
              ANY,
              TROUBLE));

  private static final int UNAUTHORIZED = 401;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  /** A row of the table. */
  private record Rule(Set<String> reasons, Pattern words, Meaning meaning) {
    boolean fits(GoogleAnswer answer) {
      return (reasons.isEmpty() || answer.reasons().stream().anyMatch(reasons::contains))
          && words.matcher(answer.words()).find();
    }
  }

  private static Pattern words(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  static Meaning of(GoogleAnswer answer) {
    if (answer.status() == GATEWAY_TIMEOUT) {
      return UNTOLD;
    }
    Meaning meaning =
        TABLE.stream()
            .filter(_ -> answer.origin() == Origin.API)
            .filter(rule -> rule.fits(answer))
            .findFirst()
            .map(Rule::meaning)
            .orElseGet(() -> byStatus(answer));
    boolean mayHaveSent = meaning == TROUBLE && answer.status() != SERVICE_UNAVAILABLE;
    return mayHaveSent ? UNTOLD : meaning;
  }

  /** For reasons that are not in the table, and for answers that are not the API's. */
  private static Meaning byStatus(GoogleAnswer answer) {
    return switch (answer.status()) {
      case UNAUTHORIZED -> SIGN_IN;
      case CONTENT_TOO_LARGE -> TOO_LARGE;
      case TOO_MANY_REQUESTS -> TOO_FAST;
      default ->
          switch (answer.status() / 100) {
            case 4 -> GATEWAY;
            case 5 -> answer.origin() == Origin.API ? TROUBLE : UNTOLD;
            default -> UNTOLD;
          };
    };
  }
}
