package io.leverans.web.suppression;

import static io.leverans.web.problem.ProblemType.INVALID_FIELD;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionRule;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonField;
import io.leverans.web.input.JsonFields;
import io.leverans.web.json.Words;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a team decided on, by cause.
 *
 * @param rules by the cause's word, in the order of the alphabet
 */
record PolicyJson(Map<String, RuleJson> rules) {
  private static final List<String> FIELDS = List.of("rules");
  private static final List<String> RULE_FIELDS = List.of("suppress", "failures", "within");

  PolicyJson {
    rules = new TreeMap<>(rules);
  }

  /** When failures of a cause put an address on the list. */
  enum When {
    AT_ONCE,
    AFTER,
    NEVER
  }

  /**
   * A rule as it is told.
   *
   * @param failures of different messages, for {@link When#AFTER}
   * @param within how long, for {@link When#AFTER}
   */
  record RuleJson(When suppress, Optional<Integer> failures, Optional<Duration> within) {
    static RuleJson of(SuppressionRule rule) {
      return switch (rule) {
        case SuppressionRule.AtOnce() ->
            new RuleJson(When.AT_ONCE, Optional.empty(), Optional.empty());
        case SuppressionRule.After(int failures, Duration within) ->
            new RuleJson(When.AFTER, Optional.of(failures), Optional.of(within));
        case SuppressionRule.Never() ->
            new RuleJson(When.NEVER, Optional.empty(), Optional.empty());
      };
    }
  }

  static PolicyJson of(SuppressionPolicy policy) {
    Map<String, RuleJson> rules = new HashMap<>();
    policy.rules().forEach((cause, rule) -> rules.put(Words.of(cause), RuleJson.of(rule)));
    return new PolicyJson(rules);
  }

  /** What is asked for; causes that are left out are as usual. */
  static SuppressionPolicy read(JsonBody body) {
    var fields = body.fields(FIELDS);
    body.findings().refuseAny();
    Map<Cause, SuppressionRule> rules = new HashMap<>();
    fields
        .orElseThrow()
        .require("rules", "an object with a rule for each cause that is not as usual")
        .flatMap(field -> field.object(words()))
        .ifPresent(
            object ->
                object
                    .names()
                    .forEach(
                        name ->
                            Words.find(Cause.class, name)
                                .ifPresent(
                                    cause ->
                                        rule(object.get(name))
                                            .ifPresent(rule -> rules.put(cause, rule)))));
    body.findings().refuseAny();
    return new SuppressionPolicy(rules);
  }

  private static List<String> words() {
    return Arrays.stream(Cause.values())
        .filter(SuppressionPolicy::isOpenToDecision)
        .map(Words::of)
        .toList();
  }

  private static Optional<SuppressionRule> rule(JsonField field) {
    return field.object(RULE_FIELDS).flatMap(PolicyJson::rule);
  }

  private static Optional<SuppressionRule> rule(JsonFields fields) {
    return fields
        .require("suppress", "at-once, after or never")
        .flatMap(field -> field.word(When.class))
        .flatMap(
            when ->
                switch (when) {
                  case AT_ONCE -> Optional.of(new SuppressionRule.AtOnce());
                  case NEVER -> Optional.of(new SuppressionRule.Never());
                  case AFTER -> after(fields);
                });
  }

  private static Optional<SuppressionRule> after(JsonFields fields) {
    Optional<Integer> failures =
        fields
            .require("failures", "how many messages have to fail, from 2")
            .flatMap(field -> field.wholeNumber(2, SuppressionRule.After.MOST_FAILURES));
    Optional<Duration> within =
        fields
            .require("within", "in how long, such as P7D or P30D")
            .flatMap(field -> field.read(INVALID_FIELD, PolicyJson::within));
    return failures.isPresent() && within.isPresent()
        ? fields
            .findings()
            .attempt(
                INVALID_FIELD,
                fields.at().appendProperty("within"),
                () -> new SuppressionRule.After(failures.get(), within.get()))
        : Optional.empty();
  }

  private static Duration within(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "it is a duration (ISO 8601) in days or hours, such as P7D or PT36H", e);
    }
  }
}
