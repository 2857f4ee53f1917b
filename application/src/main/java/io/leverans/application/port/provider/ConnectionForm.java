package io.leverans.application.port.provider;

import java.util.List;

/** What it takes to connect a channel of a kind. */
public sealed interface ConnectionForm {
  /** Nothing can be connected: the platform has the one channel of the kind, for everybody. */
  record ComesWithPlatform() implements ConnectionForm {}

  /**
   * The owner of an account lets us in on a page of the provider's ({@link ConsentFlow}); before
   * that, something may be filled in.
   */
  record Consent(List<FormField> fields) implements ConnectionForm {
    public Consent {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Something is to be filled in.
   *
   * @param presets for well-known servers: what to fill in for a start
   */
  record Fields(List<FormField> fields, List<Preset> presets) implements ConnectionForm {
    public Fields {
      fields = List.copyOf(fields);
      presets = List.copyOf(presets);
    }
  }
}
