package io.leverans.mail.smtp;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.DeploymentSetting;
import java.util.List;

/** What the operator may set for customers' own servers; {@link SmtpSettings} reads it. */
final class DescribedSettings {
  static final List<DeploymentSetting> ALL =
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
                  + " msc.domain"),
          open("connect-timeout", "30s", "for a connection to stand"),
          open("command-timeout", "5m", "for the answer to a command"),
          open("kept-timeout", "20s", "for the first answer on a connection that was kept"),
          open("data-timeout", "3m", "for a part of the message to be taken"),
          open("final-dot-timeout", "10m", "for the answer to the end of the message"),
          open("connection-idle", "15s", "how long an unused connection is kept"),
          open("messages-per-connection", "100", "after so many messages a connection is closed"));

  private DescribedSettings() {}
}
