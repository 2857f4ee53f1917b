package io.leverans.application.port.provider;

import java.util.Objects;

/**
 * A kind of channel as a person meets it.
 *
 * @param whenToChoose a sentence that helps to decide
 */
public record KindDescription(String title, String whenToChoose) {
  public KindDescription {
    Objects.requireNonNull(title);
    Objects.requireNonNull(whenToChoose);
  }
}
