package io.leverans.application.service.channel;

import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.domain.channel.ChannelSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings that are stored, and what somebody changes of them.
 *
 * @param secrets those stored, in clear
 * @param changes an empty value takes one away
 */
record ChangedSettings(
    ChannelSettings stored, Map<String, String> secrets, Map<String, String> changes) {
  ChangedSettings {
    secrets = Map.copyOf(secrets);
    changes = Map.copyOf(changes);
  }

  /** All of them as they would be filled in. */
  Map<String, String> merged() {
    Map<String, String> merged = new HashMap<>(stored.values());
    merged.putAll(secrets);
    merged.putAll(changes);
    merged.values().removeIf(String::isEmpty);
    return merged;
  }

  /**
   * The secrets that are to be given again: whoever changes where a secret goes has to know it, or
   * a server of their own would be told. Which settings decide on that only the provider knows, so
   * any counts.
   */
  List<FieldProblem> secretsToGiveAgain(FilledIn.Complete complete) {
    if (complete.settings().equals(stored)) {
      return List.of();
    }
    return complete.secrets().keySet().stream()
        .filter(secret -> !changes.containsKey(secret))
        .sorted()
        .map(
            secret ->
                new FieldProblem(
                    secret, "has to be given again, because how the channel connects is changed"))
        .toList();
  }

  /** Whether nothing comes of the changes. */
  boolean isAsStored(FilledIn.Complete complete) {
    return complete.settings().equals(stored) && complete.secrets().equals(secrets);
  }

  /** Names only. */
  @Override
  public String toString() {
    return "ChangedSettings["
        + stored
        + ", secrets "
        + secrets.keySet()
        + ", "
        + changes.keySet()
        + "]";
  }
}
