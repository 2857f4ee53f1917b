package io.leverans.mail.smtp;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.FormField.Visibility;
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

  private static final List<DeploymentSetting> SIGN_IN =
      List.of(
          open(
              "microsoft-client-id",
              "",
              "the application (client) id that Microsoft Entra gave the platform; with its secret"
                  + " it lets people connect Microsoft 365 on Microsoft's page"),
          secret("microsoft-client-secret", "a client secret of that application"),
          open(
              "microsoft-authorize-url",
              "",
              "Microsoft's page, if not the one for all organizations; for one of them"
                  + " https://login.microsoftonline.com/TENANT/oauth2/v2.0/authorize"),
          open("microsoft-token-url", "", "the token endpoint that belongs to that page"),
          open(
              "oauth-hosts",
              "",
              "mail servers of another provider whose page people may sign in on, separated by"
                  + " commas; all of the following are then needed"),
          open("oauth-authorize-url", "", "the page of that provider"),
          open("oauth-token-url", "", "its token endpoint"),
          open("oauth-client-id", "", "the client id that it gave the platform"),
          secret("oauth-client-secret", "the client secret that it gave the platform"),
          open(
              "oauth-scopes",
              "",
              "what to ask for, separated by blanks: sending by SMTP, access that lasts, and who"
                  + " the owner is (openid email); it concerns accounts that are connected from"
                  + " then on"));

  static final List<DeploymentSetting> ALL =
      Stream.of(BEFORE_TIMEOUTS, TimeoutSettings.DESCRIBED, AFTER_TIMEOUTS, SIGN_IN)
          .flatMap(List::stream)
          .toList();

  private DescribedSettings() {}

  private static DeploymentSetting secret(String key, String meaning) {
    return new DeploymentSetting(key, "", meaning, Visibility.SECRET);
  }
}
