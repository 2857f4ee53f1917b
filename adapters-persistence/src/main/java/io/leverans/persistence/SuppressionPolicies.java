package io.leverans.persistence;

import io.leverans.domain.delivery.Cause;
import io.leverans.domain.suppression.SuppressionPolicy;
import io.leverans.domain.suppression.SuppressionRule;
import io.leverans.domain.team.TeamId;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What teams decided on: a text for each cause, as it lies in the team's row. */
final class SuppressionPolicies {
  private static final String AT_ONCE = "AT_ONCE";
  private static final String NEVER = "NEVER";
  private static final String AFTER = "AFTER";

  private SuppressionPolicies() {}

  static SuppressionPolicy find(Handle handle, TeamId team) {
    return handle
        .createQuery("SELECT suppression_policy FROM team WHERE team_id = :team")
        .bind("team", team.value())
        .map((row, _) -> policy(Json.texts(row.getString("suppression_policy"))))
        .findOne()
        .orElse(SuppressionPolicy.STANDARD);
  }

  static void store(Handle handle, TeamId team, SuppressionPolicy policy) {
    handle
        .createUpdate("UPDATE team SET suppression_policy = :policy::jsonb WHERE team_id = :team")
        .bind("team", team.value())
        .bind("policy", Json.write(texts(policy)))
        .execute();
  }

  static Map<String, String> texts(SuppressionPolicy policy) {
    Map<String, String> texts = new HashMap<>();
    policy.rules().forEach((cause, rule) -> texts.put(cause.name(), text(rule)));
    return texts;
  }

  private static String text(SuppressionRule rule) {
    return switch (rule) {
      case SuppressionRule.AtOnce() -> AT_ONCE;
      case SuppressionRule.After(int failures, Duration within) ->
          String.join(" ", AFTER, Integer.toString(failures), within.toString());
      case SuppressionRule.Never() -> NEVER;
    };
  }

  /** Causes that a node of a later version knows are passed over. */
  private static SuppressionPolicy policy(Map<String, String> texts) {
    Map<Cause, SuppressionRule> rules = new HashMap<>();
    Arrays.stream(Cause.values())
        .filter(SuppressionPolicy::isOpenToDecision)
        .forEach(
            cause ->
                Optional.ofNullable(texts.get(cause.name()))
                    .ifPresent(text -> rules.put(cause, rule(text))));
    return new SuppressionPolicy(rules);
  }

  private static SuppressionRule rule(String text) {
    String[] words = text.split(" ", -1);
    return switch (words[0]) {
      case AT_ONCE -> new SuppressionRule.AtOnce();
      case NEVER -> new SuppressionRule.Never();
      case AFTER -> new SuppressionRule.After(Integer.parseInt(words[1]), Duration.parse(words[2]));
      default -> throw new IllegalStateException("unknown rule of suppression: " + text);
    };
  }
}
