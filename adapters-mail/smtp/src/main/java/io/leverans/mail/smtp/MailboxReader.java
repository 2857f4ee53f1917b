package io.leverans.mail.smtp;

import static io.leverans.mail.smtp.ServerSettings.written;
import static java.util.stream.Collectors.joining;

import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.Trust;
import io.leverans.mail.smtp.imap.ImapServer;
import io.leverans.mail.smtp.imap.ImapServer.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what was filled in of a mailbox, and completes it from what was filled in for sending.
 * Problems never repeat a value. For one reading.
 */
final class MailboxReader {
  private static final int IMPLICIT_TLS = 993;
  private static final int PLAIN = 143;
  private static final int LONGEST = 512;

  private final Map<String, String> values;
  private final Sending sending;
  private final List<FieldProblem> problems = new ArrayList<>();

  private MailboxReader(Map<String, String> values, Sending sending) {
    this.values = new HashMap<>(values);
    this.sending = sending;
  }

  /** What was read for sending. */
  record Sending(
      String host,
      Credentials credentials,
      ServerSettings.Auth auth,
      Trust trust,
      ServerSettings.ReturnPath returnPath) {}

  /**
   * A mailbox, or none.
   *
   * @param stored its settings without secrets, complete
   * @param secrets that belong to them
   */
  record Mailbox(
      Optional<ImapServer> server,
      Map<String, String> stored,
      Map<String, String> secrets,
      List<FieldProblem> problems) {
    private static final Mailbox NONE =
        new Mailbox(Optional.empty(), Map.of(), Map.of(), List.of());

    Mailbox {
      stored = Map.copyOf(stored);
      secrets = Map.copyOf(secrets);
      problems = List.copyOf(problems);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Mailbox[" + server + "]";
    }
  }

  /** What is left of a mailbox that is not read any more is let go of. */
  static Mailbox read(Map<String, String> values, Sending sending) {
    String chosen = values.getOrDefault(MailboxFields.BOUNCES, MailboxChoice.LEFT_ALONE.word());
    if (chosen.strip().equals(MailboxChoice.LEFT_ALONE.word())) {
      return Mailbox.NONE;
    }
    return new MailboxReader(values, sending).reading(chosen.strip());
  }

  private Mailbox reading(String chosen) {
    refuseOtherChoices(chosen);
    String host = host();
    Optional<Security> wanted = security();
    int port = port(wanted);
    Security security = wanted.orElse(port == PLAIN ? Security.STARTTLS : Security.TLS);
    String folder = folder();
    Credentials credentials = credentials(security);
    Trust trust = trust(security);
    if (!problems.isEmpty()) {
      return new Mailbox(Optional.empty(), Map.of(), Map.of(), problems);
    }
    var server = new ImapServer(host, port, security, credentials, trust, folder);
    return new Mailbox(Optional.of(server), stored(server), secrets(), List.of());
  }

  private void refuseOtherChoices(String chosen) {
    if (!chosen.equals(MailboxChoice.READ.word())) {
      problem(MailboxFields.BOUNCES, "Choose mailbox or off.");
    } else if (sending.returnPath() == ServerSettings.ReturnPath.SIGNED) {
      problem(
          MailboxFields.BOUNCES,
          "Bounces come to the platform already: switch one of the two off.");
    }
  }

  private String host() {
    String written = values.getOrDefault(MailboxFields.HOST, "");
    if (written.isBlank()) {
      return WellKnownServer.at(sending.host())
          .flatMap(WellKnownServer::mailbox)
          .map(WellKnownServer.MailboxHost::host)
          .orElse(sending.host());
    }
    return switch (HostName.read(written)) {
      case HostName.Read.Host(var text) -> text;
      case HostName.Read.Problem(var words) -> {
        problem(MailboxFields.HOST, words);
        yield "";
      }
    };
  }

  private Optional<Security> security() {
    String text = values.getOrDefault(MailboxFields.SECURITY, "").strip().toLowerCase(Locale.ROOT);
    Optional<Security> chosen =
        Arrays.stream(Security.values()).filter(one -> written(one).equals(text)).findFirst();
    if (chosen.isEmpty() && !text.isEmpty()) {
      problem(
          MailboxFields.SECURITY,
          "Choose one of "
              + Arrays.stream(Security.values()).map(ServerSettings::written).collect(joining(", "))
              + ", or leave it empty.");
    }
    return chosen;
  }

  private int port(Optional<Security> security) {
    String text = values.getOrDefault(MailboxFields.PORT, "").strip();
    if (text.isEmpty()) {
      return security.orElse(Security.TLS) == Security.TLS ? IMPLICIT_TLS : PLAIN;
    }
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > ServerForm.MAX_PORT) {
      problem(MailboxFields.PORT, "Enter a whole number from 1 to " + ServerForm.MAX_PORT + ".");
    }
    return port;
  }

  /** Other letters would have to be written in an encoding of IMAP's own. */
  private String folder() {
    String folder = values.getOrDefault(MailboxFields.FOLDER, MailboxFields.INBOX).strip();
    boolean isPlain =
        folder.length() <= LONGEST
            && folder.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F);
    if (!isPlain) {
      problem(MailboxFields.FOLDER, "Enter the folder's name in letters without accents.");
    }
    return folder;
  }

  /** Those of sending, unless the mailbox has its own. */
  private Credentials credentials(Security security) {
    String user = values.getOrDefault(MailboxFields.USERNAME, "").strip();
    String password = values.getOrDefault(MailboxFields.PASSWORD, "");
    refuseWhatIsNoLine(MailboxFields.USERNAME, user);
    refuseWhatIsNoLine(MailboxFields.PASSWORD, password);
    if (sending.auth() == ServerSettings.Auth.OAUTH && !password.isEmpty()) {
      problem(
          MailboxFields.PASSWORD,
          "Signing in on the provider's page is for the mailbox, too: leave this empty.");
    }
    if (!problems.isEmpty()) {
      return new Credentials.None();
    }
    if (!password.isEmpty()) {
      return password(user.isEmpty() ? userOfSending() : user, password);
    }
    return switch (sending.credentials()) {
      case Credentials.Password(var known, var shared, _) when user.isEmpty() ->
          password(known, shared);
      case Credentials.BearerToken(var known, var token) -> token(security, user, known, token);
      case Credentials.None() when sending.auth() == ServerSettings.Auth.OAUTH ->
          new Credentials.None();
      case Credentials.None(), Credentials.Password _ -> {
        problem(MailboxFields.PASSWORD, "Enter the password of the mailbox.");
        yield new Credentials.None();
      }
    };
  }

  private String userOfSending() {
    return switch (sending.credentials()) {
      case Credentials.None() -> "";
      case Credentials.Password(var user, _, _) -> user;
      case Credentials.BearerToken(var user, _) -> user;
    };
  }

  private Credentials password(String user, String password) {
    if (user.isEmpty()) {
      problem(MailboxFields.USERNAME, "Enter the user name of the mailbox.");
      return new Credentials.None();
    }
    return new Credentials.Password(user, password, Mechanism.ANY_OFFERED);
  }

  private Credentials token(Security security, String user, String known, String token) {
    if (security == Security.NONE) {
      problem(
          MailboxFields.SECURITY,
          "Access from the provider's page is sent under encryption only: choose starttls or tls.");
    }
    return new Credentials.BearerToken(user.isEmpty() ? known : user, token);
  }

  private void refuseWhatIsNoLine(String field, String value) {
    if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
      problem(field, "Enter one line of at most 512 characters, without line breaks or tabs.");
    }
  }

  private Trust trust(Security security) {
    String pinned = values.getOrDefault(MailboxFields.FINGERPRINT, "").strip();
    var reader = new TrustReader(values, this::problem);
    if (pinned.isEmpty()) {
      return sending.trust() instanceof Trust.Authorities own ? own : new Trust.JavasAuthorities();
    }
    if (security == Security.NONE) {
      reader.refuseWithoutEncryption(MailboxFields.FINGERPRINT);
    }
    return reader.pinned(MailboxFields.FINGERPRINT, pinned);
  }

  private Map<String, String> stored(ImapServer server) {
    Map<String, String> stored = new HashMap<>();
    stored.put(MailboxFields.BOUNCES, MailboxChoice.READ.word());
    stored.put(MailboxFields.HOST, server.host());
    stored.put(MailboxFields.PORT, String.valueOf(server.port()));
    stored.put(MailboxFields.SECURITY, written(server.security()));
    stored.put(MailboxFields.FOLDER, server.folder());
    keep(MailboxFields.USERNAME, stored);
    if (server.trust() instanceof Trust.Pinned(var sha256)) {
      stored.put(MailboxFields.FINGERPRINT, sha256);
    }
    return stored;
  }

  private void keep(String field, Map<String, String> stored) {
    String value = values.getOrDefault(field, "").strip();
    if (!value.isEmpty()) {
      stored.put(field, value);
    }
  }

  private Map<String, String> secrets() {
    String password = values.getOrDefault(MailboxFields.PASSWORD, "");
    return password.isEmpty() ? Map.of() : Map.of(MailboxFields.PASSWORD, password);
  }

  private void problem(String field, String words) {
    problems.add(new FieldProblem(field, words));
  }
}
