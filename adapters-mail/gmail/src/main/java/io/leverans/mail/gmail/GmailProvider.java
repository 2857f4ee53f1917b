package io.leverans.mail.gmail;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.domain.bounce.BounceMailbox;
import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.HandOverInquiry;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.mail.mime.Marking;
import io.leverans.mail.mime.ReturnPathTokens;
import io.leverans.mail.report.MailboxReports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** People's Google accounts. */
public final class GmailProvider implements ChannelProvider {
  private final GmailSettings settings;
  private final Links links;
  private final Letterhead letterhead;
  private final ConnectForm form;
  private final GmailConsent consent;
  private final AccountProof proof;
  private final GmailTransport transport;
  private final GmailInquiry inquiry;
  private final GmailMailbox mailbox;

  private GmailProvider(
      ProviderContext context, GmailSettings settings, SSLSocketFactory encryption) {
    this.settings = settings;
    links = new Links(encryption, settings.patience());
    var api = new GmailApi(settings, links);
    var pin = new Pin(context.keys().obtain(Pin.KEY_NAME, Pin::newKey));
    var tokens =
        new ReturnPathTokens(
            context.keys().obtain(ReturnPathTokens.KEY_NAME, ReturnPathTokens::newKey));
    letterhead = new Letterhead(new Marking(tokens, context.platformDomain()));
    form = new ConnectForm(pin, settings.client());
    consent =
        new GmailConsent(
            settings, new IdTokens(settings, api, context.clock()), pin, context.clock());
    proof = new AccountProof(api);
    var search = new MailboxSearch(api);
    var verdicts = new Verdicts(context.clock(), settings.api().getHost());
    transport = new GmailTransport(api, letterhead, new Conversations(search), verdicts);
    inquiry = new GmailInquiry(search, letterhead);
    mailbox =
        new GmailMailbox(
            api,
            verdicts,
            new MailboxReports(GmailProviderFactory.KIND, tokens, context.clock()),
            context.clock());
  }

  static GmailProvider of(ProviderContext context) {
    return of(context, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  static GmailProvider of(ProviderContext context, SSLSocketFactory encryption) {
    return new GmailProvider(context, GmailSettings.of(context.settings()), encryption);
  }

  @Override
  public ChannelKind kind() {
    return GmailProviderFactory.KIND;
  }

  @Override
  public KindDescription description() {
    return new KindDescription(
        "Your Google account", "Choose it when your company's mail is Google's.");
  }

  @Override
  public ConnectionForm form() {
    return new ConnectionForm.Consent(ConnectForm.FIELDS);
  }

  @Override
  public FilledIn read(Map<String, String> filledIn) {
    return form.read(filledIn);
  }

  @Override
  public Proof prove(OpenChannel channel, Optional<EmailAddress> sender) {
    return proof.of(channel, sender);
  }

  @Override
  public Capabilities capabilities(ChannelSettings channel) {
    return new Capabilities(
        Capabilities.SenderShown.CONNECTED_ACCOUNT,
        Capabilities.Via.NOT_SHOWN,
        Capabilities.AllowListing.POSSIBLE,
        Capabilities.SentCopy.BY_PROVIDER,
        switch (MailboxChoice.of(channel)) {
          case READ -> Capabilities.BounceCapture.FROM_SENDERS_MAILBOX;
          case LEFT_ALONE -> Capabilities.BounceCapture.TO_SENDERS_MAILBOX;
        },
        Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
        Capabilities.Identities.CONNECTED_ACCOUNT_ONLY,
        Capabilities.Reputation.COMPANY,
        Evidence.PROVIDER,
        Grouping.WHOLE_MESSAGE,
        Limits.of(channel),
        Optional.of(Limits.LARGEST_MESSAGE));
  }

  @Override
  public Presentation present(Author author, ChannelSettings channel) {
    return Letterhead.present(author, channel);
  }

  /**
   * The account's address is what is shown, and Google sends for it. A person's own is at Google's
   * domain, which Google signs for; whether a company's DNS lets Google speak for it is not known.
   */
  @Override
  public SenderAuthentication authentication(Author author, ChannelSettings channel) {
    return Account.of(channel).filter(Account::isPersonal).isPresent()
        ? new SenderAuthentication(Alignment.EXACT, Alignment.EXACT)
        : SenderAuthentication.UNKNOWN;
  }

  /** The account's: Google counts what it sends, however many channels lead to it. */
  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return new Lane(
        Account.of(channel.settings())
            .map(account -> "account " + account.id())
            .orElseGet(() -> "through channel " + channel.id().value()));
  }

  @Override
  public Octets compose(Message message, Author author, ChannelSettings channel) {
    return letterhead.compose(message, author, channel);
  }

  @Override
  public Octets adopt(Octets composed, Author author, ChannelSettings channel) {
    return letterhead.adopt(composed, author, channel);
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return letterhead.asSent(dispatch);
  }

  @Override
  public MailTransport transport() {
    return transport;
  }

  @Override
  public Optional<ConsentFlow> consent() {
    return Optional.of(consent);
  }

  @Override
  public Optional<HandOverInquiry> inquiry() {
    return Optional.of(inquiry);
  }

  /** They come to the account's inbox. */
  @Override
  public Optional<BounceSource> bounces() {
    return Optional.empty();
  }

  @Override
  public Optional<BounceMailbox> mailbox() {
    return Optional.of(mailbox);
  }

  @Override
  public List<SetupStep> setup() {
    return settings.client().isPresent()
        ? List.of()
        : List.of(
            new SetupStep(
                "Register with Google",
                "Make an OAuth client of the type \"Web application\" in the Google Cloud console,"
                    + " enable the Gmail API for its project, and set gmail.client-id and"
                    + " gmail.client-secret. Its redirect URI is http.public-url followed by"
                    + " /connect/callback. Without it, nobody can connect a Google account.",
                List.of()));
  }

  @Override
  public void close() {
    consent.close();
    links.close();
  }
}
