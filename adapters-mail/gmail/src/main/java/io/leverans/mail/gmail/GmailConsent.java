package io.leverans.mail.gmail;

import io.leverans.application.port.provider.ConsentAnswer;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.ConsentPage;
import io.leverans.application.port.provider.ConsentRequest;
import io.leverans.application.port.provider.Grant;
import io.leverans.application.port.provider.Renewal;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.mail.gmail.ConnectForm.ReadAccess;
import io.leverans.mail.gmail.GmailSettings.Client;
import io.leverans.mail.oauth.OAuthClient;
import io.leverans.mail.oauth.OAuthServer;
import io.leverans.mail.oauth.PlatformFault;
import io.leverans.mail.oauth.TokenAnswer;
import io.leverans.mail.oauth.TokenAnswer.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the owner of a Google account lets the platform send in their name. */
final class GmailConsent implements ConsentFlow, AutoCloseable {
  /** An attempt that begins now may take as long. */
  private static final Duration BEFORE_IT_RUNS_OUT = Duration.ofMinutes(5);

  private static final String CREDENTIALS = "gmail.client-id and gmail.client-secret";
  private static final PlatformFault NOT_REGISTERED =
      new PlatformFault(
          "The platform is not registered with Google.",
          "The operator has to register it in the Google Cloud console, and to set "
              + CREDENTIALS
              + ".");

  private final IdTokens idTokens;
  private final Pin pin;
  private final Optional<Registered> registered;

  /** The platform at Google's: who it is, and how it asks for one and for the other. */
  private record Registered(Client client, OAuthClient sending, OAuthClient readingToo) {
    OAuthClient asking(ChannelSettings settings) {
      return switch (Scopes.reading(settings)) {
        case OFF -> sending;
        case ON -> readingToo;
      };
    }
  }

  GmailConsent(GmailSettings settings, IdTokens idTokens, Pin pin, InstantSource clock) {
    this.idTokens = idTokens;
    this.pin = pin;
    this.registered =
        settings
            .client()
            .map(
                client ->
                    new Registered(
                        client,
                        new OAuthClient(server(settings, client, ReadAccess.OFF), clock),
                        new OAuthClient(server(settings, client, ReadAccess.ON), clock)));
  }

  private static OAuthServer server(GmailSettings settings, Client client, ReadAccess access) {
    return new OAuthServer(
        "Google",
        settings.authorize(),
        settings.token(),
        Optional.of(settings.revoke()),
        client.id(),
        client.secret(),
        CREDENTIALS,
        Scopes.wantedBy(access),
        Map.of("access_type", "offline", "prompt", "consent"));
  }

  @Override
  public ConsentPage page(ChannelSettings settings, ConsentRequest request) {
    Map<String, String> hint =
        settings
            .find(Account.ADDRESS)
            .map(address -> Map.of("login_hint", address))
            .orElse(Map.of());
    return registered
        .<ConsentPage>map(known -> new ConsentPage.At(known.asking(settings).page(request, hint)))
        .orElseGet(NOT_REGISTERED::toPage);
  }

  @Override
  public Grant redeem(OpenChannel channel, ConsentAnswer answer) {
    if (registered.isEmpty()) {
      return NOT_REGISTERED.toGrant();
    }
    Registered known = registered.get();
    return switch (known.asking(channel.settings()).redeem(answer)) {
      case TokenAnswer.Refused(var fault) -> new Grant.Refused(fault);
      case TokenAnswer.ClientRefused(var fault) -> fault.toGrant();
      case TokenAnswer.NotReached(var words) -> new Grant.Refused(Faults.notReached(words));
      case Tokens tokens -> redeemed(channel.settings(), known.client(), answer, tokens);
    };
  }

  private Grant redeemed(
      ChannelSettings settings, Client client, ConsentAnswer answer, Tokens tokens) {
    return switch (idTokens.read(tokens.idToken().orElse(""), client, answer.nonce())) {
      case IdTokens.Reading.Nobody(var words) -> new Grant.Refused(Faults.notIdentified(words));
      case IdTokens.Reading.Owner(var id, var address) ->
          granted(settings, new Account(id, address, tokens.scopes()), tokens);
    };
  }

  private Grant granted(ChannelSettings settings, Account account, Tokens tokens) {
    Optional<ChannelFault> problem =
        otherAccount(settings, account).or(() -> tooLittle(settings, account));
    if (problem.isPresent()) {
      return new Grant.Refused(problem.get());
    }
    Optional<String> lasting = tokens.refreshToken().or(() -> settings.find(Account.REFRESH_TOKEN));
    if (lasting.isEmpty()) {
      return new Grant.Refused(Faults.notLasting());
    }
    ChannelSettings open = account.writtenInto(ConnectForm.openOf(settings));
    return new Grant.Granted(open, secrets(tokens, lasting.get(), pin.of(open.values())));
  }

  /** A channel is one account's for ever: its mail was promised to go out from there. */
  private static Optional<ChannelFault> otherAccount(ChannelSettings settings, Account account) {
    String before = settings.find(Account.ADDRESS).orElse("another one");
    return settings
        .find(Account.ID)
        .filter(id -> !id.equals(account.id()))
        .map(
            _ ->
                Faults.otherAccount(
                    "This channel belongs to the account %s, and %s has consented."
                        .formatted(before, account.address()),
                    "Begin again and choose %s on Google's page, or connect %s as a channel of its"
                            .formatted(before, account.address())
                        + " own."));
  }

  /** People can untick what they do not want to grant. */
  private static Optional<ChannelFault> tooLittle(ChannelSettings settings, Account account) {
    if (!account.scopes().contains(Scopes.SEND)) {
      return Optional.of(
          Faults.scopeMissing("Google was not allowed to let the platform send mail."));
    }
    return Scopes.suffice(account.scopes(), settings)
        ? Optional.empty()
        : Optional.of(Faults.readingMissing());
  }

  private static Map<String, String> secrets(Tokens tokens, String lasting, String mark) {
    return Map.of(
        Account.REFRESH_TOKEN,
        lasting,
        Account.ACCESS_TOKEN,
        tokens.accessToken(),
        Account.ACCESS_EXPIRES,
        tokens.expires().toString(),
        Pin.NAME,
        mark);
  }

  @Override
  public Optional<String> accountOf(ChannelSettings settings) {
    return settings.find(Account.ID);
  }

  @Override
  public List<String> missingScopes(ChannelSettings settings) {
    return Account.of(settings)
        .filter(account -> !account.scopes().contains(Scopes.SEND))
        .map(_ -> List.of(Scopes.SEND))
        .orElseGet(List::of);
  }

  @Override
  public Access accessOf(OpenChannel channel, Instant at) {
    return channel
            .settings()
            .find(Account.ACCESS_EXPIRES)
            .map(Instant::parse)
            .filter(end -> at.plus(BEFORE_IT_RUNS_OUT).isBefore(end))
            .isPresent()
        ? Access.FRESH
        : Access.STALE;
  }

  @Override
  public Renewal renew(OpenChannel channel) {
    if (registered.isEmpty()) {
      return NOT_REGISTERED.toRenewal();
    }
    Optional<String> lasting = channel.settings().find(Account.REFRESH_TOKEN);
    if (lasting.isEmpty()) {
      return Renewal.Refused.untilOwnerActs(Faults.notLasting());
    }
    return switch (registered.get().sending().refresh(lasting.get())) {
      case TokenAnswer.Refused(var fault) -> Renewal.Refused.untilOwnerActs(fault);
      case TokenAnswer.ClientRefused(var fault) -> fault.toRenewal();
      case TokenAnswer.NotReached(var words) -> new Renewal.NotNow(words);
      case Tokens tokens -> renewed(channel.settings(), tokens, lasting.get());
    };
  }

  /** Where Google says what is granted now, sending has to be among it still. */
  private Renewal renewed(ChannelSettings settings, Tokens tokens, String before) {
    List<String> now = tokens.scopes();
    if (!now.isEmpty() && !now.contains(Scopes.SEND)) {
      return Renewal.Refused.untilOwnerActs(
          Faults.scopeMissing("Google does not let the platform send mail any more."));
    }
    return new Renewal.Renewed(
        secrets(
            tokens,
            tokens.refreshTokenAfter(before),
            settings.find(Pin.NAME).orElseGet(() -> pin.of(settings.values()))));
  }

  @Override
  public GivenBack giveBack(OpenChannel channel) {
    Optional<String> lasting = channel.settings().find(Account.REFRESH_TOKEN);
    return registered
        .flatMap(known -> lasting.map(token -> known.sending().revoke(token)))
        .orElse(GivenBack.FAILED);
  }

  @Override
  public void close() {
    registered.ifPresent(
        known -> {
          known.sending().close();
          known.readingToo().close();
        });
  }
}
