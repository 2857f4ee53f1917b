package io.leverans.mail.smtp;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.mail.conversation.TimeoutSettings;
import java.util.List;
import java.util.stream.Stream;

/** What the operator may set for customers' own servers; {@link SmtpSettings} reads it. */
final class DescribedSettings {
  private static final List<DeploymentSetting> BEFORE_TIMEOUTS =
      List.of(
          open("hostname", "", "name to say hello with; by default the platform's domain"),
          open(
              "networks",
              "public",
              "networks that customers' servers may lie in, separated by commas: public, and"
                  + " ranges such as 10.1.0.0/16"),
          open("dns-server", "", "name server to ask, as host:port; by default the system's"),
          open("dns-timeout", "5s", "for one question to a name server"),
          open(
              "verp",
              "offered",
              "whether a channel may use the platform's return paths: offered, refused; bounces"
                  + " come back to them only where the platform's own servers (msc) take them in"),
          open(
              "return-path-domain",
              "",
              "domain of those return paths; by default the platform's, and the same as"
                  + " msc.domain"));

  private static final List<DeploymentSetting> AFTER_TIMEOUTS =
      List.of(
          open("connection-idle", "15s", "how long an unused connection is kept"),
          open("messages-per-connection", "100", "after so many messages a connection is closed"));

  static final List<DeploymentSetting> ALL =
      Stream.of(BEFORE_TIMEOUTS, TimeoutSettings.DESCRIBED, AFTER_TIMEOUTS)
          .flatMap(List::stream)
          .toList();

  private DescribedSettings() {}
}
