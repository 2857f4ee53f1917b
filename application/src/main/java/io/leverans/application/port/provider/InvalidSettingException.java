package io.leverans.application.port.provider;

import java.io.Serial;

/** A setting of the deployment that cannot be used. It stops the start. */
public final class InvalidSettingException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * Names the setting.
   *
   * @param key the setting's name as the provider knows it, without the deployment's prefix
   * @param problem what is wrong and what would be right
   */
  public InvalidSettingException(String key, String problem) {
    super(problem);
    this.key = key;
  }

  public String key() {
    return key;
  }
}
