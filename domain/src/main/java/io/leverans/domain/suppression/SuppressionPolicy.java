package io.leverans.domain.suppression;

import static java.util.stream.Collectors.toMap;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.Fault;
import io.leverans.domain.delivery.Suppression;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a team has decided about which failures put an address on its suppression list. It can
 * decide only on causes that lie with the recipient: whatever is wrong with our servers, the
 * sender, the channel or the text says nothing about an address. A complaint suppresses at once,
 * whatever the policy.
 */
public record SuppressionPolicy(Map<Cause, SuppressionRule> rules) {
  private static final Map<Cause, SuppressionRule> USUAL =
      Collections.unmodifiableMap(
          Arrays.stream(Cause.values())
              .filter(SuppressionPolicy::isOpenToDecision)
              .collect(
                  toMap(
                      cause -> cause,
                      SuppressionPolicy::usual,
                      (one, _) -> one,
                      () -> new EnumMap<>(Cause.class))));

  public static final SuppressionPolicy STANDARD = new SuppressionPolicy(USUAL);

  /** What is not decided on stays as usual. */
  public SuppressionPolicy {
    rules.keySet().stream()
        .filter(cause -> !isOpenToDecision(cause))
        .findFirst()
        .ifPresent(
            cause -> {
              throw new IllegalArgumentException(cause + " is not the recipient's");
            });
    Map<Cause, SuppressionRule> all = new EnumMap<>(USUAL);
    all.putAll(rules);
    rules = Collections.unmodifiableMap(all);
  }

  /** The causes a team can decide on. */
  public static boolean isOpenToDecision(Cause cause) {
    return switch (cause) {
      case MAILBOX_UNKNOWN,
          MAILBOX_INACTIVE,
          MAILBOX_MOVED,
          MAILBOX_FULL,
          RECIPIENT_FILTERED,
          DOMAIN_UNKNOWN,
          DOMAIN_REFUSES_MAIL ->
          true;
      default -> false;
    };
  }

  /** Whether any policy could have a rule for it; a look before the policy is read. */
  public static boolean mayConcern(Failure failure) {
    return !failure.isForNow()
        && (failure.cause() == Cause.MARKED_AS_SPAM || isOpenToDecision(failure.cause()));
  }

  /**
   * The rule that a failure falls under; empty if it says nothing about the address. What was said
   * for now (RFC 3463 §2, class 4) never does, even where trying was given up.
   */
  public Optional<SuppressionRule> on(Failure failure) {
    if (!mayConcern(failure)) {
      return Optional.empty();
    }
    return failure.cause() == Cause.MARKED_AS_SPAM
        ? Optional.of(new SuppressionRule.AtOnce())
        : Optional.ofNullable(rules.get(failure.cause()))
            .filter(rule -> !(rule instanceof SuppressionRule.Never));
  }

  private static SuppressionRule usual(Cause cause) {
    return cause.fault() == Fault.RECIPIENT && cause.suppression() == Suppression.SUPPRESSES
        ? new SuppressionRule.AtOnce()
        : new SuppressionRule.Never();
  }
}
