package io.leverans.mail.gmail;

import static io.leverans.application.port.provider.DeploymentSetting.open;

import io.leverans.application.port.provider.DeploymentSetting;
import io.leverans.application.port.provider.FormField.Visibility;
import java.util.List;

/** What the operator may set for Google accounts; {@link GmailSettings} reads it. */
final class DescribedSettings {
  static final List<DeploymentSetting> ALL =
      List.of(
          open(
              "client-id",
              "",
              "client id of the platform, from the Google Cloud console; without it, nobody can"
                  + " connect an account"),
          new DeploymentSetting(
              "client-secret", "", "client secret that belongs to it", Visibility.SECRET),
          open(
              "authorize-url",
              "https://accounts.google.com/o/oauth2/v2/auth",
              "page where owners of accounts let the platform in"),
          open("token-url", "https://oauth2.googleapis.com/token", "where access is given"),
          open("revoke-url", "https://oauth2.googleapis.com/revoke", "where access is given back"),
          open(
              "certs-url",
              "https://www.googleapis.com/oauth2/v3/certs",
              "keys that ID tokens are signed with"),
          open("issuer", "https://accounts.google.com", "who signs ID tokens"),
          open(
              "userinfo-url",
              "https://openidconnect.googleapis.com/v1/userinfo",
              "where to ask whose an account is"),
          open("api-url", "https://gmail.googleapis.com/", "root of the Gmail API"),
          open(
              "id-token",
              "signed",
              "what makes an ID token trusted: signed (its signature), direct (that it came"
                  + " straight from token-url; for emulators without keys)"),
          open("connect-timeout", "20s", "for a connection to stand"),
          open("answer-timeout", "2m", "for the answer to a request"),
          open("upload-timeout", "5m", "for a message to be taken"));

  private DescribedSettings() {}
}
