package io.leverans.mail.conversation;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.ProviderSettings;
import java.util.List;

/** How a deployment sets the timeouts of a kind's conversations. */
public final class TimeoutSettings {
  /** What may be set; {@link #read} reads it. */
  public static final List<DeploymentSetting> DESCRIBED =
      List.of(
          open("connect-timeout", "30s", "for a connection to stand"),
          open("command-timeout", "5m", "for the answer to a command"),
          open("kept-timeout", "20s", "for the first answer on a connection that was kept"),
          open("data-timeout", "3m", "for a part of the message to be taken"),
          open("final-dot-timeout", "10m", "for the answer to the end of the message"));

  private TimeoutSettings() {}

  /**
   * Reads them; what is not set is as {@link Timeouts#DEFAULT} has it.
   *
   * @throws io.leverans.application.port.provider.InvalidSettingException naming the first that
   *     cannot be used
   */
  public static Timeouts read(ProviderSettings settings) {
    return new Timeouts(
        settings.duration("connect-timeout", Timeouts.DEFAULT.connect()),
        settings.duration("command-timeout", Timeouts.DEFAULT.command()),
        settings.duration("kept-timeout", Timeouts.DEFAULT.kept()),
        settings.duration("data-timeout", Timeouts.DEFAULT.block()),
        settings.duration("final-dot-timeout", Timeouts.DEFAULT.finalDot()));
  }
}
