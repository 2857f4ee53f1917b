package io.leverans.application.port.provider;

import java.util.Objects;

/**
 * A setting of the deployment for a kind of channel.
 *
 * @param key without the kind's name
 * @param fallback what holds if it is not set; empty if that is nothing, or depends on others
 * @param meaning a line for the operator
 */
public record DeploymentSetting(
    String key, String fallback, String meaning, FormField.Visibility visibility) {
  public DeploymentSetting {
    Objects.requireNonNull(key);
    Objects.requireNonNull(fallback);
    Objects.requireNonNull(meaning);
    Objects.requireNonNull(visibility);
  }

  /** One whose value may be shown. */
  public static DeploymentSetting open(String key, String fallback, String meaning) {
    return new DeploymentSetting(key, fallback, meaning, FormField.Visibility.OPEN);
  }
}
