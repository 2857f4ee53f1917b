package io.leverans.application.port.provider;

import io.leverans.domain.channel.ChannelSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a person filled in, as its provider reads it. */
public sealed interface FilledIn {
  /**
   * It can be tried.
   *
   * @param settings complete, with what holds where nothing was filled in
   * @param secrets kept apart from the settings
   */
  record Complete(ChannelSettings settings, Map<String, String> secrets) implements FilledIn {
    public Complete {
      Objects.requireNonNull(settings);
      secrets = Map.copyOf(secrets);
    }

    /** Names only. */
    @Override
    public String toString() {
      return "Complete[" + settings + ", secrets " + secrets.keySet() + "]";
    }
  }

  /**
   * It is complete but for access, which the owner of the account has to give first ({@link
   * ConsentFlow}).
   *
   * @param settings with what holds where nothing was filled in
   * @param secrets kept apart from the settings
   */
  record NeedsConsent(ChannelSettings settings, Map<String, String> secrets) implements FilledIn {
    public NeedsConsent {
      Objects.requireNonNull(settings);
      secrets = Map.copyOf(secrets);
    }

    /** Names only. */
    @Override
    public String toString() {
      return "NeedsConsent[" + settings + ", secrets " + secrets.keySet() + "]";
    }
  }

  /** It cannot work as it is. */
  record Faulty(List<FieldProblem> problems) implements FilledIn {
    public Faulty {
      problems = List.copyOf(problems);
    }
  }

  /**
   * What is wrong with one field.
   *
   * @param problem what is wrong and what would be right, for a person
   */
  record FieldProblem(String field, String problem) {
    public FieldProblem {
      Objects.requireNonNull(field);
      Objects.requireNonNull(problem);
    }
  }
}
