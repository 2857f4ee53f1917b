package io.leverans.mail.smtp;

import static io.leverans.mail.smtp.ServerSettings.written;

import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.FormField.Need;
import io.leverans.application.port.provider.FormField.Option;
import io.leverans.application.port.provider.FormField.Visibility;
import io.leverans.mail.smtp.ServerSettings.Auth;
import io.leverans.mail.smtp.ServerSettings.Security;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be filled in to connect a server; {@link FormReader} reads it. */
final class ServerForm {
  static final String HOST = "host";
  static final String PORT = "port";
  static final String SECURITY = "security";
  static final String AUTH = "auth";
  static final String USERNAME = "username";
  static final String PASSWORD = "password";
  static final String EHLO_NAME = "ehlo-name";
  static final String CA = "ca";
  static final String FINGERPRINT = "certificate-sha256";
  static final String VERP = "verp";
  static final String CONNECTIONS = "connections";
  static final String ON = "on";
  static final String OFF = "off";

  static final int USUAL_CONNECTIONS = 4;
  static final int MOST_CONNECTIONS = 50;
  static final int MAX_PORT = 65_535;

  private static final List<FormField> SENDING =
      List.of(
          new FormField(
              HOST,
              "Outgoing mail server",
              "The server's name, such as mail.example.com. Your mail admin or provider calls it"
                  + " SMTP server, outgoing server or smart host.",
              new FormField.Type.Line(),
              Need.REQUIRED,
              Visibility.OPEN,
              Optional.empty()),
          new FormField(
              PORT,
              "Port",
              "Leave it empty unless your provider names one. Most use 587 or 465.",
              new FormField.Type.WholeNumber(1, MAX_PORT),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.empty()),
          new FormField(
              SECURITY,
              "Encryption",
              "Leave it empty to take what fits the port: TLS from the start on 465, STARTTLS on"
                  + " 587, STARTTLS if offered on 25.",
              new FormField.Type.Choice(
                  List.of(
                      new Option(written(Security.TLS), "TLS from the start (SSL/TLS)"),
                      new Option(written(Security.STARTTLS), "STARTTLS, required"),
                      new Option(written(Security.IF_OFFERED), "STARTTLS if the server offers it"),
                      new Option(
                          written(Security.NONE),
                          "None: mail and password can be read on the way"))),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.empty()),
          new FormField(
              AUTH,
              "Sign-in",
              "Leave it empty: user name and password if you enter them, else none. NTLM is for old"
                  + " Exchange servers that take nothing else. Signing in on the provider's page"
                  + " (OAuth) needs no password here; Microsoft 365 asks for it.",
              new FormField.Type.Choice(
                  List.of(
                      new Option(written(Auth.PASSWORD), "User name and password"),
                      new Option(written(Auth.PLAIN), "User name and password, PLAIN only"),
                      new Option(written(Auth.LOGIN), "User name and password, LOGIN only"),
                      new Option(written(Auth.NTLM), "User name and password, NTLM"),
                      new Option(written(Auth.OAUTH), "Sign in on the provider's page"),
                      new Option(written(Auth.NONE), "None: the server knows us by our address"))),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.empty()),
          line(
              USERNAME,
              "User name",
              "Mostly your whole email address. For NTLM it may be DOMAIN\\user. When you sign in"
                  + " on the provider's page it is only needed for a shared mailbox."),
          new FormField(
              PASSWORD,
              "Password",
              "Where your provider makes app passwords or tokens, one of those. It is stored"
                  + " encrypted and never shown again.",
              new FormField.Type.Line(),
              Need.OPTIONAL,
              Visibility.SECRET,
              Optional.empty()),
          line(
              EHLO_NAME,
              "Name to say hello with",
              "Only if the server insists on a certain name; else leave it empty."),
          new FormField(
              CA,
              "Certificate authority",
              "Only if your company has an authority of its own: its certificate as PEM text,"
                  + " beginning with -----BEGIN CERTIFICATE-----. Then no other is trusted.",
              new FormField.Type.Lines(),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.empty()),
          line(
              FINGERPRINT,
              "Pinned certificate",
              "Only if the server's certificate is signed by nobody you could name: its SHA-256"
                  + " fingerprint, 64 hexadecimal digits. Then only this certificate is trusted."),
          new FormField(
              VERP,
              "Bounces to the platform",
              "On: undeliverable mail is reported to the platform, which then shows it as bounced."
                  + " The server must let a return path of another domain through; Exchange and"
                  + " Microsoft 365 refuse it. Off: such reports come to the sender's own inbox.",
              new FormField.Type.Choice(List.of(new Option(OFF, "Off"), new Option(ON, "On"))),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.of(OFF)),
          new FormField(
              CONNECTIONS,
              "Connections at a time",
              "How many the server lets you open at once.",
              new FormField.Type.WholeNumber(1, MOST_CONNECTIONS),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.of(String.valueOf(USUAL_CONNECTIONS))));

  static final List<FormField> FIELDS =
      Stream.of(SENDING, MailboxFields.FIELDS).flatMap(List::stream).toList();

  private ServerForm() {}

  private static FormField line(String name, String label, String help) {
    return new FormField(
        name,
        label,
        help,
        new FormField.Type.Line(),
        Need.OPTIONAL,
        Visibility.OPEN,
        Optional.empty());
  }
}
