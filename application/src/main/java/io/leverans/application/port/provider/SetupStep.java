package io.leverans.application.port.provider;

import java.util.Objects;

/**
 * Something the operator has to arrange outside Leverans, such as a DNS record to publish.
 *
 * @param why what it is good for
 * @param toPublish ready to paste
 */
public record SetupStep(String title, String why, String toPublish) {
  public SetupStep {
    Objects.requireNonNull(title);
    Objects.requireNonNull(why);
    Objects.requireNonNull(toPublish);
  }
}
