package io.leverans.mail.smtp;

import static io.leverans.mail.smtp.ServerSettings.written;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.Credentials.Mechanism;
import io.leverans.mail.conversation.DomainName;
import io.leverans.mail.conversation.Trust;
import io.leverans.mail.smtp.MailboxReader.Mailbox;
import io.leverans.mail.smtp.ServerSettings.Auth;
import io.leverans.mail.smtp.ServerSettings.ReturnPath;
import io.leverans.mail.smtp.ServerSettings.Security;
import io.leverans.mail.smtp.imap.ImapServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what was filled in: completes it by what is usual, and says what cannot work. Problems
 * never repeat a value, since people put secrets into wrong fields. For one reading.
 */
final class FormReader {
  static final int IMPLICIT_TLS = 465;
  static final int IMPLICIT_TLS_TOO = 2465;
  static final int SUBMISSION = 587;
  static final int RELAY = 25;
  private static final int LONGEST = 512;

  private final Map<String, String> values;
  private final List<FieldProblem> problems = new ArrayList<>();

  private FormReader(Map<String, String> filledIn) {
    values = new HashMap<>(filledIn);
    values.values().removeIf(String::isBlank);
  }

  /** What was read. */
  sealed interface Reading {
    /**
     * A server, and its settings without secrets as they are stored.
     *
     * @param settings complete
     * @param secrets that belong to them
     */
    record Usable(ServerSettings server, ChannelSettings settings, Map<String, String> secrets)
        implements Reading {
      public Usable {
        secrets = Map.copyOf(secrets);
      }

      /** Without what is secret. */
      @Override
      public String toString() {
        return "Usable[" + server + "]";
      }
    }

    /**
     * A server whose account's owner has not let us in yet.
     *
     * @param settings complete but for that
     */
    record WithoutAccess(ChannelSettings settings) implements Reading {}

    /** Nothing that could work. */
    record Unusable(List<FieldProblem> problems) implements Reading {
      public Unusable {
        problems = List.copyOf(problems);
      }
    }
  }

  static Reading read(Map<String, String> filledIn) {
    return new FormReader(filledIn).reading();
  }

  private Map<String, String> secretsOf(ServerSettings server, Mailbox mailbox) {
    Map<String, String> secrets = new HashMap<>(mailbox.secrets());
    switch (server.credentials()) {
      case Credentials.None _ -> {}
      case Credentials.Password password -> secrets.put(ServerForm.PASSWORD, password.password());
      case Credentials.BearerToken _ -> secrets.putAll(present(ConsentValues.SECRETS));
    }
    return secrets;
  }

  private Map<String, String> present(List<String> names) {
    return names.stream().filter(values::containsKey).collect(toMap(name -> name, values::get));
  }

  /** What cannot be used as it is may still be meant so. */
  private static boolean readsUnderEncryption(Mailbox mailbox) {
    return !mailbox.problems().isEmpty()
        || mailbox
            .server()
            .filter(server -> server.security() != ImapServer.Security.NONE)
            .isPresent();
  }

  private Reading reading() {
    refuseUnknown();
    String host = host();
    Optional<Security> chosen = choice(ServerForm.SECURITY, Security.class);
    int port = number(ServerForm.PORT, 1, ServerForm.MAX_PORT).orElseGet(() -> usualPort(chosen));
    Security security = chosen.orElseGet(() -> Security.usualOn(port));
    refuseOtherThanTls(port, security);
    Auth auth = auth();
    refuseAccessInClear(auth, security);
    Credentials credentials = credentials(auth);
    var trusted = new TrustReader(values, this::problem);
    Trust trust = trusted.read(security, credentials);
    Optional<String> ehloName = ehloName();
    ReturnPath returnPath = returnPath();
    Mailbox mailbox =
        MailboxReader.read(
            values, new MailboxReader.Sending(host, credentials, auth, trust, returnPath));
    problems.addAll(mailbox.problems());
    if (security == Security.NONE && !readsUnderEncryption(mailbox)) {
      trusted.refuseAuthorities();
    }
    int connections =
        number(ServerForm.CONNECTIONS, 1, ServerForm.MOST_CONNECTIONS)
            .orElse(ServerForm.USUAL_CONNECTIONS);
    if (!problems.isEmpty()) {
      return new Reading.Unusable(problems);
    }
    var server =
        new ServerSettings(
            host,
            port,
            security,
            credentials,
            trust,
            ehloName,
            returnPath,
            connections,
            mailbox.server());
    ChannelSettings stored = stored(server, auth, mailbox);
    return auth == Auth.OAUTH && credentials instanceof Credentials.None
        ? new Reading.WithoutAccess(stored)
        : new Reading.Usable(server, stored, secretsOf(server, mailbox));
  }

  private void refuseUnknown() {
    List<String> known = ServerForm.FIELDS.stream().map(field -> field.name()).toList();
    values.keySet().stream()
        .filter(name -> !known.contains(name) && !ConsentValues.ALL.contains(name))
        .sorted()
        .forEach(
            name ->
                problem(
                    name,
                    "There is no such field; the fields are " + String.join(", ", known) + "."));
  }

  private String host() {
    if (!values.containsKey(ServerForm.HOST)) {
      problem(
          ServerForm.HOST, "Enter the name of the outgoing mail server, such as mail.example.com.");
      return "";
    }
    return switch (HostName.read(values.get(ServerForm.HOST))) {
      case HostName.Read.Host(var text) -> text;
      case HostName.Read.Problem(var words) -> {
        problem(ServerForm.HOST, words);
        yield "";
      }
    };
  }

  private static int usualPort(Optional<Security> chosen) {
    return chosen
        .map(
            security ->
                switch (security) {
                  case TLS -> IMPLICIT_TLS;
                  case STARTTLS -> SUBMISSION;
                  case IF_OFFERED, NONE -> RELAY;
                })
        .orElse(SUBMISSION);
  }

  private void refuseOtherThanTls(int port, Security security) {
    if (port == IMPLICIT_TLS && security != Security.TLS) {
      problem(
          ServerForm.SECURITY,
          "Port 465 is encrypted from the start and knows no STARTTLS: choose tls here, or port 587"
              + " for STARTTLS.");
    }
  }

  private void refuseAccessInClear(Auth auth, Security security) {
    if (auth == Auth.OAUTH && security == Security.NONE) {
      problem(
          ServerForm.SECURITY,
          "Access from the provider's page is sent under encryption only: choose starttls or tls.");
    }
  }

  private Auth auth() {
    Auth usual =
        values.containsKey(ServerForm.USERNAME) || values.containsKey(ServerForm.PASSWORD)
            ? Auth.PASSWORD
            : Auth.NONE;
    return choice(ServerForm.AUTH, Auth.class).orElse(usual);
  }

  private Credentials credentials(Auth auth) {
    return switch (auth) {
      case NONE -> nobody();
      case PASSWORD -> password(Mechanism.ANY_OFFERED);
      case PLAIN -> password(Mechanism.PLAIN);
      case LOGIN -> password(Mechanism.LOGIN);
      case NTLM -> password(Mechanism.NTLM);
      case OAUTH -> access();
    };
  }

  /**
   * A password that is left from before is let go of. Without a user name the account's own is used
   * once it is known.
   *
   * @return nobody, as long as there is no access
   */
  private Credentials access() {
    String address = values.getOrDefault(ConsentValues.ADDRESS, "");
    String user = values.getOrDefault(ServerForm.USERNAME, address).strip();
    refuseWhatIsNoLine(ServerForm.USERNAME);
    return problems.isEmpty()
            && !user.isEmpty()
            && values.containsKey(ConsentValues.REFRESH_TOKEN)
            && values.containsKey(ConsentValues.ACCESS_TOKEN)
        ? new Credentials.BearerToken(user, values.get(ConsentValues.ACCESS_TOKEN))
        : new Credentials.None();
  }

  private Credentials nobody() {
    for (String field : List.of(ServerForm.USERNAME, ServerForm.PASSWORD)) {
      if (values.containsKey(field)) {
        problem(field, "Without a sign-in this is not used: leave it empty, or leave auth empty.");
      }
    }
    return new Credentials.None();
  }

  private Credentials password(Mechanism mechanism) {
    String user = values.getOrDefault(ServerForm.USERNAME, "").strip();
    String password = values.getOrDefault(ServerForm.PASSWORD, "");
    if (user.isEmpty()) {
      problem(
          ServerForm.USERNAME,
          "Enter the user name that the password belongs to, mostly the whole email address.");
    }
    if (password.isEmpty()) {
      problem(ServerForm.PASSWORD, "Enter the password of this user name.");
    }
    refuseWhatIsNoLine(ServerForm.USERNAME);
    refuseWhatIsNoLine(ServerForm.PASSWORD);
    return problems.isEmpty()
        ? new Credentials.Password(user, password, mechanism)
        : new Credentials.None();
  }

  private void refuseWhatIsNoLine(String field) {
    String value = values.getOrDefault(field, "");
    if (value.length() > LONGEST || value.strip().chars().anyMatch(Character::isISOControl)) {
      problem(field, "Enter one line of at most 512 characters, without line breaks or tabs.");
    }
  }

  private Optional<String> ehloName() {
    Optional<String> written = Optional.ofNullable(values.get(ServerForm.EHLO_NAME));
    Optional<String> name = written.flatMap(DomainName::find);
    if (written.isPresent() && name.isEmpty()) {
      problem(ServerForm.EHLO_NAME, "This is not a name such as mail.example.com.");
    }
    return name;
  }

  private ReturnPath returnPath() {
    String text = values.getOrDefault(ServerForm.VERP, ServerForm.OFF).strip();
    if (!text.equals(ServerForm.ON) && !text.equals(ServerForm.OFF)) {
      problem(ServerForm.VERP, "Choose on or off.");
    }
    return text.equals(ServerForm.ON) ? ReturnPath.SIGNED : ReturnPath.IDENTITY;
  }

  private <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
    String text = values.getOrDefault(field, "").strip().toLowerCase(Locale.ROOT);
    Optional<E> chosen =
        Arrays.stream(type.getEnumConstants()).filter(one -> written(one).equals(text)).findFirst();
    if (chosen.isEmpty() && !text.isEmpty()) {
      String known =
          Arrays.stream(type.getEnumConstants())
              .map(ServerSettings::written)
              .collect(joining(", "));
      problem(field, "Choose one of " + known + ", or leave it empty.");
    }
    return chosen;
  }

  private Optional<Integer> number(String field, int least, int most) {
    String text = values.getOrDefault(field, "").strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    }
    problem(field, "Enter a whole number from %d to %d.".formatted(least, most));
    return Optional.empty();
  }

  private void problem(String field, String words) {
    problems.add(new FieldProblem(field, words));
  }

  private ChannelSettings stored(ServerSettings server, Auth auth, Mailbox mailbox) {
    Map<String, String> stored = new HashMap<>(mailbox.stored());
    stored.put(ServerForm.HOST, server.host());
    stored.put(ServerForm.PORT, String.valueOf(server.port()));
    stored.put(ServerForm.SECURITY, written(server.security()));
    stored.put(ServerForm.AUTH, written(auth));
    stored.put(ServerForm.CONNECTIONS, String.valueOf(server.connections()));
    stored.put(
        ServerForm.VERP,
        switch (server.returnPath()) {
          case IDENTITY -> ServerForm.OFF;
          case SIGNED -> ServerForm.ON;
        });
    server.ehloName().ifPresent(name -> stored.put(ServerForm.EHLO_NAME, name));
    if (auth != Auth.NONE && values.containsKey(ServerForm.USERNAME)) {
      stored.put(ServerForm.USERNAME, values.get(ServerForm.USERNAME).strip());
    }
    if (auth == Auth.OAUTH) {
      stored.putAll(present(ConsentValues.SETTINGS));
    }
    switch (server.trust()) {
      case Trust.Pinned(var sha256) -> stored.put(ServerForm.FINGERPRINT, sha256);
      case Trust.Authorities _ ->
          stored.put(ServerForm.CA, values.getOrDefault(ServerForm.CA, "").strip());
      case Trust.JavasAuthorities _, Trust.Anyone _ -> {}
      case Trust.Published _ ->
          throw new IllegalStateException("no form asks for what DNS publishes");
    }
    return new ChannelSettings(stored);
  }
}
