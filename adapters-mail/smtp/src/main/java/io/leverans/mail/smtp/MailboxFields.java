package io.leverans.mail.smtp;

import static io.leverans.mail.smtp.ServerSettings.written;

import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.FormField.Need;
import io.leverans.application.port.provider.FormField.Option;
import io.leverans.application.port.provider.FormField.Visibility;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.mail.smtp.imap.ImapServer.Security;
import java.util.List;
import java.util.Optional;

/** What is to be filled in to have bounces read in a mailbox; {@link MailboxReader} reads it. */
final class MailboxFields {
  static final String BOUNCES = MailboxChoice.SETTING;
  static final String HOST = "imap-host";
  static final String PORT = "imap-port";
  static final String SECURITY = "imap-security";
  static final String USERNAME = "imap-username";
  static final String PASSWORD = "imap-password";
  static final String FOLDER = "imap-folder";
  static final String FINGERPRINT = "imap-certificate-sha256";
  static final String INBOX = "INBOX";

  static final List<FormField> FIELDS =
      List.of(
          field(
              BOUNCES,
              "Bounces",
              "From the mailbox: the platform looks over IMAP into the mailbox that undeliverable"
                  + " mail is reported to. It looks for what mail servers write when a message"
                  + " could not be delivered, and for automatic answers. Of all other mail it sees"
                  + " some lines of the header, such as From and Subject, and keeps nothing. It"
                  + " marks, changes and deletes nothing. Off: such reports stay there, unless they"
                  + " come to the platform.",
              new FormField.Type.Choice(
                  List.of(
                      new Option(MailboxChoice.LEFT_ALONE.word(), "Off"),
                      new Option(MailboxChoice.READ.word(), "Read them in the mailbox"))),
              Visibility.OPEN,
              Optional.of(MailboxChoice.LEFT_ALONE.word())),
          line(
              HOST,
              "Mailbox: server",
              "The IMAP server's name, such as imap.example.com. Leave it empty if it is the"
                  + " outgoing server's."),
          field(
              PORT,
              "Mailbox: port",
              "Leave it empty unless your provider names one. Most use 993.",
              new FormField.Type.WholeNumber(1, ServerForm.MAX_PORT),
              Visibility.OPEN,
              Optional.empty()),
          field(
              SECURITY,
              "Mailbox: encryption",
              "Leave it empty to take what fits the port: STARTTLS on 143, else TLS from the"
                  + " start.",
              new FormField.Type.Choice(
                  List.of(
                      new Option(written(Security.TLS), "TLS from the start (SSL/TLS)"),
                      new Option(written(Security.STARTTLS), "STARTTLS, required"),
                      new Option(
                          written(Security.NONE),
                          "None: mail and password can be read on the way"))),
              Visibility.OPEN,
              Optional.empty()),
          line(USERNAME, "Mailbox: user name", "Leave it empty if it is the same as for sending."),
          field(
              PASSWORD,
              "Mailbox: password",
              "Leave it empty if it is the same as for sending, or if you sign in on the provider's"
                  + " page. It is stored encrypted and never shown again.",
              new FormField.Type.Line(),
              Visibility.SECRET,
              Optional.empty()),
          field(
              FOLDER,
              "Mailbox: folder",
              "Where such reports come to, if not to the inbox.",
              new FormField.Type.Line(),
              Visibility.OPEN,
              Optional.of(INBOX)),
          line(
              FINGERPRINT,
              "Mailbox: pinned certificate",
              "Only if the mailbox's server shows a certificate that is signed by nobody you could"
                  + " name: its SHA-256 fingerprint. A certificate authority that you enter holds"
                  + " for both servers."));

  static final List<String> NAMES = FIELDS.stream().map(FormField::name).toList();

  private MailboxFields() {}

  private static FormField line(String name, String label, String help) {
    return field(name, label, help, new FormField.Type.Line(), Visibility.OPEN, Optional.empty());
  }

  private static FormField field(
      String name,
      String label,
      String help,
      FormField.Type type,
      Visibility visibility,
      Optional<String> fallback) {
    return new FormField(name, label, help, type, Need.OPTIONAL, visibility, fallback);
  }
}
