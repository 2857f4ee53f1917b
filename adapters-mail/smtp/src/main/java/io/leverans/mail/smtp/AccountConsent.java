package io.leverans.mail.smtp;

import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.mail.oauth.IdToken;
import io.leverans.mail.oauth.OAuthClient;
import io.leverans.mail.oauth.OAuthServer;
import io.leverans.mail.oauth.TokenAnswer;
import io.leverans.mail.oauth.TokenAnswer.Tokens;
import io.leverans.mail.smtp.ServerSettings.Auth;
import io.leverans.mail.smtp.SignInServers.Found;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets the owner of an account at a server's provider let us in on a page of the provider's. */
final class AccountConsent implements ConsentFlow, AutoCloseable {
  /** Access is renewed so long before it runs out: the sign-in is a while away. */
  static final Duration MARGIN = Duration.ofMinutes(2);

  private final SignInServers servers;
  private final ConsentValues values;
  private final InstantSource clock;
  private final Map<OAuthServer, OAuthClient> clients;

  AccountConsent(SignInServers servers, ConsentValues values, InstantSource clock) {
    this.servers = servers;
    this.values = values;
    this.clock = clock;
    this.clients =
        servers.ready().stream()
            .collect(Collectors.toMap(Function.identity(), one -> new OAuthClient(one, clock)));
  }

  @Override
  public ConsentPage page(ChannelSettings settings, ConsentRequest request) {
    Map<String, String> hint =
        Stream.of(ConsentValues.ADDRESS, ServerForm.USERNAME)
            .flatMap(name -> settings.find(name).stream())
            .filter(text -> text.contains("@"))
            .findFirst()
            .map(address -> Map.of("login_hint", address))
            .orElse(Map.of());
    return switch (find(settings)) {
      case Found.Ready(_, var server, _) -> new ConsentPage.At(client(server).page(request, hint));
      case Found.Missing(var fault) -> fault.toPage();
    };
  }

  @Override
  public Grant redeem(OpenChannel channel, ConsentAnswer answer) {
    return switch (find(channel.settings())) {
      case Found.Missing(var fault) -> fault.toGrant();
      case Found.Ready(var key, var server, _) ->
          switch (client(server).redeem(answer)) {
            case Tokens tokens ->
                new Redemption(key, server, channel.settings(), tokens).grant(answer.nonce());
            case TokenAnswer.Refused(var fault) -> new Grant.Refused(fault);
            case TokenAnswer.ClientRefused(var fault) -> fault.toGrant();
            case TokenAnswer.NotReached(var words) ->
                new Grant.Refused(
                    new ChannelFault(
                        Cause.NETWORK_FAILURE,
                        words,
                        "Begin again in some minutes.",
                        Certainty.PRESUMED));
          };
    };
  }

  @Override
  public Optional<String> accountOf(ChannelSettings settings) {
    return settings.find(ConsentValues.ACCOUNT).filter(_ -> isByConsent(settings));
  }

  @Override
  public List<String> missingScopes(ChannelSettings settings) {
    List<String> granted =
        settings
            .find(ConsentValues.SCOPES)
            .map(text -> List.of(text.split(" ", -1)))
            .orElse(List.of());
    return isByConsent(settings)
            && !granted.isEmpty()
            && find(settings) instanceof Found.Ready(_, _, var needed)
        ? missing(needed, granted)
        : List.of();
  }

  private static List<String> missing(List<String> wanted, List<String> granted) {
    List<String> known = granted.stream().map(scope -> scope.toLowerCase(Locale.ROOT)).toList();
    return wanted.stream()
        .filter(scope -> !known.contains(scope.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** What signs in by a password, or not at all, needs no access. */
  @Override
  public Access accessOf(OpenChannel channel, Instant at) {
    if (!isByConsent(channel.settings())) {
      return Access.FRESH;
    }
    return expiry(channel.settings()).filter(end -> at.plus(MARGIN).isBefore(end)).isPresent()
        ? Access.FRESH
        : Access.STALE;
  }

  private static Optional<Instant> expiry(ChannelSettings settings) {
    try {
      return settings.find(ConsentValues.ACCESS_EXPIRES).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  @Override
  public Renewal renew(OpenChannel channel) {
    ChannelSettings settings = channel.settings();
    if (!isByConsent(settings)) {
      return new Renewal.NotNow("The channel does not sign in by access that could be renewed.");
    }
    Optional<String> refreshToken = settings.find(ConsentValues.REFRESH_TOKEN);
    if (refreshToken.isEmpty()) {
      return Renewal.Refused.untilOwnerActs(
          fault(
              "The channel holds no access any more.",
              "Connect the channel again: sign in on the provider's page."));
    }
    return switch (find(settings)) {
      case Found.Missing(var fault) -> fault.toRenewal();
      case Found.Ready(_, var server, _) ->
          switch (client(server).refresh(refreshToken.get())) {
            case Tokens tokens ->
                new Renewal.Renewed(
                    values.sealed(
                        settings, secrets(tokens, tokens.refreshTokenAfter(refreshToken.get()))));
            case TokenAnswer.Refused(var fault) -> Renewal.Refused.untilOwnerActs(fault);
            case TokenAnswer.ClientRefused(var fault) -> fault.toRenewal();
            case TokenAnswer.NotReached(var words) -> new Renewal.NotNow(words);
          };
    };
  }

  /** None of the servers that are known has a place for it, and nobody is asked for one. */
  @Override
  public GivenBack giveBack(OpenChannel channel) {
    return GivenBack.NOT_OFFERED;
  }

  /** Why the owner of an account cannot let us in, if that is what the channel needs. */
  Optional<String> obstacle(ChannelSettings settings) {
    return isByConsent(settings) && find(settings) instanceof Found.Missing(var fault)
        ? Optional.of(
            "%s %s Until then choose user name and password."
                .formatted(fault.words(), fault.toMend()))
        : Optional.empty();
  }

  /** Why access must not be shown to the server of the mailbox, if it is meant to be. */
  Optional<String> mailboxObstacle(ChannelSettings settings) {
    boolean isMeantTo = isByConsent(settings) && MailboxChoice.of(settings) == MailboxChoice.READ;
    return isMeantTo
            && !servers.areOfOneProvider(
                settings.find(ServerForm.HOST).orElse(""),
                settings.find(MailboxFields.HOST).orElse(""))
        ? Optional.of(
            "Access from the provider's page is for the provider's own mailboxes: enter its server"
                + " for these, or choose user name and password as the sign-in.")
        : Optional.empty();
  }

  /**
   * What was filled in or stored, without access that another provider gave: it is neither shown to
   * this server nor taken for a sign-in at it.
   */
  Map<String, String> withoutForeignAccess(Map<String, String> filledIn) {
    var settings = new ChannelSettings(filledIn);
    String account = settings.find(ConsentValues.ACCOUNT).orElse("");
    boolean ofThisServer =
        switch (find(settings)) {
          case Found.Ready(var key, _, _) -> account.startsWith(key + " ");
          case Found.Missing _ -> true;
        };
    if (ofThisServer) {
      return filledIn;
    }
    Map<String, String> rest = new HashMap<>(filledIn);
    rest.keySet().removeAll(ConsentValues.ALL);
    return rest;
  }

  private Found find(ChannelSettings settings) {
    return servers.find(settings.find(ServerForm.HOST).orElse(""), MailboxChoice.of(settings));
  }

  private OAuthClient client(OAuthServer server) {
    OAuthClient client = clients.get(server);
    if (client == null) {
      throw new IllegalStateException("no client of " + server.name());
    }
    return client;
  }

  private static boolean isByConsent(ChannelSettings settings) {
    return settings
        .find(ServerForm.AUTH)
        .filter(ServerSettings.written(Auth.OAUTH)::equals)
        .isPresent();
  }

  private static Map<String, String> secrets(Tokens tokens, String refreshToken) {
    return Map.of(
        ConsentValues.ACCESS_TOKEN,
        tokens.accessToken(),
        ConsentValues.ACCESS_EXPIRES,
        tokens.expires().toString(),
        ConsentValues.REFRESH_TOKEN,
        refreshToken);
  }

  private static Grant refused(String words, String remedy) {
    return new Grant.Refused(fault(words, remedy));
  }

  private static ChannelFault fault(String words, String remedy) {
    return new ChannelFault(Cause.CREDENTIALS_REFUSED, words, remedy, Certainty.CERTAIN);
  }

  @Override
  public void close() {
    clients.values().forEach(OAuthClient::close);
  }

  /** Whose account it is. */
  private record Account(String id, Optional<String> address) {}

  /** What comes of tokens: whether they are for the right account and thing, and how it is kept. */
  private final class Redemption {
    private final String key;
    private final OAuthServer server;
    private final ChannelSettings settings;
    private final Tokens tokens;

    Redemption(String key, OAuthServer server, ChannelSettings settings, Tokens tokens) {
      this.key = key;
      this.server = server;
      this.settings = settings;
      this.tokens = tokens;
    }

    Grant grant(String nonce) {
      if (tokens.refreshToken().isEmpty()) {
        return refused(
            server.name() + " gives access for a while only, and no refresh token.",
            "Tell the operator: the scopes in the configuration lack the one for access that"
                + " lasts, mostly offline_access.");
      }
      List<String> missing = missing(SignInServers.toSend(server.scopes()), tokens.scopes());
      if (!missing.isEmpty()) {
        return refused(
            "You did not allow all that is needed: %s is missing."
                .formatted(String.join(", ", missing)),
            "Begin again and allow it, or ask your admin to.");
      }
      if (tokens.idToken().isEmpty()) {
        return of(new Account(key + " user " + user().orElse(""), Optional.empty()));
      }
      return switch (IdToken.read(
          tokens.idToken().get(), server.clientId(), nonce, clock.instant())) {
        case IdToken.Reading.Unusable(var words) ->
            refused(
                "What %s tells about your account cannot be used. %s"
                    .formatted(server.name(), words),
                "Begin again. If this goes on, tell the operator.");
        case IdToken.Reading.Usable(var token) -> of(account(token));
      };
    }

    private Account account(IdToken token) {
      return new Account(
          String.join(" ", key, token.issuer(), token.subject()),
          Stream.of("email", "preferred_username", "upn")
              .flatMap(claim -> token.text(claim).stream())
              .filter(text -> text.contains("@"))
              .findFirst());
    }

    private Grant of(Account account) {
      Optional<String> before = settings.find(ConsentValues.ACCOUNT);
      if (before.isPresent() && !before.get().equals(account.id())) {
        String name = settings.find(ConsentValues.ADDRESS).orElse("another account");
        return refused(
            "You signed in as %s, and this channel is connected to %s."
                .formatted(account.address().orElse("somebody else"), name),
            "Begin again and sign in as %s, or connect a new channel for the other account."
                .formatted(name));
      }
      Optional<String> user = user().or(account::address);
      if (user.isEmpty()) {
        return refused(
            server.name() + " does not tell the address of your account.",
            "Enter the user name, mostly your whole email address, and begin again.");
      }
      ChannelSettings connected = connected(account, user.get());
      String refreshToken = tokens.refreshToken().orElseThrow();
      return new Grant.Granted(connected, values.sealed(connected, secrets(tokens, refreshToken)));
    }

    private Optional<String> user() {
      return settings.find(ServerForm.USERNAME);
    }

    private ChannelSettings connected(Account account, String user) {
      Map<String, String> connected = new HashMap<>(settings.values());
      connected.keySet().removeAll(ConsentValues.SECRETS);
      connected.remove(ServerForm.PASSWORD);
      connected.put(ServerForm.USERNAME, user);
      connected.put(ConsentValues.ACCOUNT, account.id());
      connected.put(ConsentValues.ADDRESS, account.address().orElse(user));
      connected.put(ConsentValues.SCOPES, String.join(" ", tokens.scopes()));
      return new ChannelSettings(connected);
    }
  }
}
