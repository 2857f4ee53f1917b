package io.leverans.mail.gmail;

import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.FormField.Need;
import io.leverans.application.port.provider.FormField.Option;
import io.leverans.application.port.provider.FormField.Visibility;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.mail.gmail.GmailSettings.Client;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be filled in before an owner consents, and what a channel holds afterwards.
 *
 * <p>The same names come in from a person and from a channel that stands, and nothing tells which.
 * So who the account is and what was granted counts only with our {@link Pin} on it; tokens are
 * tried against Google by {@link AccountProof} before anything is kept, and must be that account's.
 */
final class ConnectForm {
  static final String READ_ACCESS = "read-access";
  static final String OFF = "off";
  static final String ON = "on";

  static final List<FormField> FIELDS =
      List.of(
          new FormField(
              READ_ACCESS,
              "Look up mail in doubt",
              "On: Google asks you besides to let the platform read your mail. By this it is used"
                  + " for two things alone: to find out whether a message was sent when Google's"
                  + " answer was lost, and to keep answers in their conversation. Off: such a"
                  + " message waits for your word.",
              new FormField.Type.Choice(List.of(new Option(OFF, "Off"), new Option(ON, "On"))),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.of(OFF)),
          new FormField(
              MailboxChoice.SETTING,
              "Bounces",
              "From the mailbox: Google asks you besides to let the platform read your mail. It"
                  + " looks for what mail servers write when a message could not be delivered, and"
                  + " for automatic answers. Of all other mail it sees some lines of the header,"
                  + " such as From and Subject, and keeps nothing. It changes and deletes nothing."
                  + " Off: such mail comes to your inbox, and the platform does not learn of it.",
              new FormField.Type.Choice(
                  List.of(
                      new Option(MailboxChoice.LEFT_ALONE.word(), "Off"),
                      new Option(MailboxChoice.READ.word(), "Read them in the mailbox"))),
              Need.OPTIONAL,
              Visibility.OPEN,
              Optional.of(MailboxChoice.LEFT_ALONE.word())));

  private static final FieldProblem NOT_REGISTERED =
      new FieldProblem(
          "client-id",
          "No Google account can be connected yet: the platform is not registered with Google. Tell"
              + " the operator to set gmail.client-id and gmail.client-secret.");
  private static final Set<String> PINNED = Set.of(Account.ID, Account.ADDRESS, Account.SCOPES);
  private static final Set<String> TOKENS =
      Set.of(Account.REFRESH_TOKEN, Account.ACCESS_TOKEN, Account.ACCESS_EXPIRES);

  private final Pin pin;
  private final Optional<Client> client;

  /**
   * A form.
   *
   * @param client the platform at Google's, without which nobody can be asked to consent
   */
  ConnectForm(Pin pin, Optional<Client> client) {
    this.pin = pin;
    this.client = client;
  }

  /** Whether the owner is asked to let us read. */
  enum ReadAccess {
    OFF,
    ON
  }

  static ReadAccess readAccess(ChannelSettings settings) {
    return settings.find(READ_ACCESS).filter(ON::equals).isPresent()
        ? ReadAccess.ON
        : ReadAccess.OFF;
  }

  /** What a channel holds besides secrets. */
  static ChannelSettings openOf(ChannelSettings channel) {
    Map<String, String> open = new HashMap<>(channel.values());
    open.keySet().removeAll(TOKENS);
    open.remove(Pin.NAME);
    open.putIfAbsent(READ_ACCESS, OFF);
    open.remove(MailboxChoice.SETTING, MailboxChoice.LEFT_ALONE.word());
    return new ChannelSettings(open);
  }

  FilledIn read(Map<String, String> raw) {
    Map<String, String> filledIn = new HashMap<>();
    raw.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            filledIn.put(name, value.strip());
          }
        });
    List<FieldProblem> problems = new ArrayList<>();
    filledIn.keySet().stream().sorted().forEach(name -> unknown(name).ifPresent(problems::add));
    choice(filledIn).ifPresent(problems::add);
    bounces(filledIn).ifPresent(problems::add);
    forged(raw, filledIn).ifPresent(problems::add);
    return problems.isEmpty() ? sound(filledIn) : new FilledIn.Faulty(problems);
  }

  private static Optional<FieldProblem> unknown(String name) {
    boolean known =
        name.equals(READ_ACCESS)
            || name.equals(MailboxChoice.SETTING)
            || name.equals(Pin.NAME)
            || PINNED.contains(name)
            || TOKENS.contains(name);
    return known
        ? Optional.empty()
        : Optional.of(new FieldProblem(name, "There is no such field. Leave it out."));
  }

  private static Optional<FieldProblem> choice(Map<String, String> filledIn) {
    String chosen = filledIn.getOrDefault(READ_ACCESS, OFF);
    return chosen.equals(ON) || chosen.equals(OFF)
        ? Optional.empty()
        : Optional.of(new FieldProblem(READ_ACCESS, "Choose on or off."));
  }

  private static Optional<FieldProblem> bounces(Map<String, String> filledIn) {
    String chosen = filledIn.getOrDefault(MailboxChoice.SETTING, MailboxChoice.LEFT_ALONE.word());
    return Arrays.stream(MailboxChoice.values()).map(MailboxChoice::word).anyMatch(chosen::equals)
        ? Optional.empty()
        : Optional.of(new FieldProblem(MailboxChoice.SETTING, "Choose mailbox or off."));
  }

  /** Without the pin, the account stands as the one to ask for, and proves nothing. */
  private Optional<FieldProblem> forged(Map<String, String> raw, Map<String, String> filledIn) {
    boolean pinned = raw.containsKey(Pin.NAME);
    boolean hasTokens = filledIn.keySet().stream().anyMatch(TOKENS::contains);
    if (!pinned && !hasTokens) {
      return Optional.empty();
    }
    return pin.holds(filledIn, filledIn.getOrDefault(Pin.NAME, ""))
        ? Optional.empty()
        : Optional.of(
            new FieldProblem(
                Account.ID,
                "The account, what it grants, and its tokens come from Google and cannot be filled"
                    + " in. Leave them out, and connect the account on Google's page."));
  }

  private FilledIn sound(Map<String, String> filledIn) {
    Map<String, String> secrets = new HashMap<>(filledIn);
    secrets.keySet().retainAll(Stream.concat(TOKENS.stream(), Stream.of(Pin.NAME)).toList());
    ChannelSettings settings = openOf(new ChannelSettings(filledIn));
    boolean complete =
        Account.of(settings).isPresent()
            && secrets.keySet().containsAll(TOKENS)
            && Scopes.suffice(Account.scopes(settings), settings);
    if (complete) {
      return new FilledIn.Complete(settings, secrets);
    }
    return client.isPresent()
        ? new FilledIn.NeedsConsent(settings, secrets)
        : new FilledIn.Faulty(List.of(NOT_REGISTERED));
  }
}
