package io.leverans.mail.msc;

import io.leverans.application.port.provider.AlignedDomain;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.Connections;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SenderAuthentication.Alignment;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.mail.conversation.ConversationOptions;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.ConversationOptions.Peer;
import io.leverans.mail.conversation.Credentials;
import io.leverans.mail.conversation.HostLookup;
import io.leverans.mail.conversation.HttpsText;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.NameServers.Scope;
import io.leverans.mail.conversation.NextHopConnections;
import io.leverans.mail.conversation.Trust;
import io.leverans.mail.mime.DkimKey;
import io.leverans.mail.mime.DkimSigner;
import io.leverans.mail.mime.HeaderEdit;
import io.leverans.mail.mime.InternationalDomain;
import io.leverans.mail.mime.Marking;
import io.leverans.mail.mime.MimeComposer;
import io.leverans.mail.mime.ReturnPathTokens;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/** The platform's own servers. */
public final class MscProvider implements ChannelProvider {
  private static final MailboxProviders MAILBOX_PROVIDERS = MailboxProviders.load();

  private final MscSettings settings;
  private final Optional<DkimKey> dkimKey;
  private final Optional<DkimSigner> signer;
  private final DomainSigners domainSigners = new DomainSigners();
  private final ProviderContext context;
  private final MimeComposer composer = new MimeComposer();
  private final Marking marking;
  private final NextHopConnections connections;
  private final Destinations destinations;
  private final MscTransport transport;
  private final BounceListener listener;

  private MscProvider(ProviderContext context, MscSettings settings) {
    this.context = context;
    this.settings = settings;
    var tokens =
        new ReturnPathTokens(
            context.keys().obtain(ReturnPathTokens.KEY_NAME, ReturnPathTokens::newKey));
    dkimKey =
        settings
            .dkimSelector()
            .map(
                selector ->
                    new DkimKey(
                        settings.domain(),
                        selector,
                        context.keys().obtain("dkim-" + selector, DkimKey::generate)));
    signer = dkimKey.map(DkimSigner::new);
    marking = new Marking(tokens, settings.domain());
    connections =
        new NextHopConnections(
            new ConversationOptions(
                settings.hostname(),
                settings.timeouts(),
                Encryption.WHEN_OFFERED,
                new Trust.Anyone(settings.tls().authorities()),
                new Credentials.None(),
                Peer.STRANGER),
            settings.pool().sharedAmong(context.nodes()));
    NameServers dns = nameServers(settings, context.clock());
    var resolver = new MxResolver(dns, settings.ipVersions(), new Random());
    destinations = new Destinations(resolver, context.clock());
    transport =
        new MscTransport(
            settings,
            resolver,
            destinations,
            new TlsRules(settings.tls().required(), policies(settings.tls(), dns)),
            settings.tls().dane().map(_ -> new DaneRules(dns, settings.port())),
            connections,
            marking);
    listener = new BounceListener(settings, tokens, context.clock());
  }

  private static NameServers nameServers(MscSettings settings, InstantSource clock) {
    return settings
        .tls()
        .dane()
        .map(
            anchors ->
                NameServers.validating(
                    settings.dnsServer(),
                    settings.dnsTimeout(),
                    anchors,
                    clock.withZone(ZoneOffset.UTC)))
        .orElseGet(
            () ->
                new NameServers(
                    settings.dnsServer(),
                    settings.dnsTimeout(),
                    settings.smartHost().isPresent() ? Scope.WITH_HOSTS_FILE : Scope.DNS_ONLY));
  }

  private Optional<StsPolicies> policies(TlsSettings tls, NameServers dns) {
    return tls.policies()
        .map(
            how ->
                new StsPolicies(
                    new PolicyHosts(
                        dns,
                        new HostLookup(dns, how.guard()),
                        new HttpsText(tls.authorities(), PolicyHosts.PATIENCE),
                        how.port()),
                    context.clock()));
  }

  static MscProvider of(ProviderContext context) {
    return new MscProvider(context, MscSettings.of(context.settings(), context.platformDomain()));
  }

  @Override
  public ChannelKind kind() {
    return MscProviderFactory.KIND;
  }

  @Override
  public KindDescription description() {
    return new KindDescription(
        "The platform's own servers", "Choose it when you use neither Gmail nor Outlook for mail.");
  }

  @Override
  public ConnectionForm form() {
    return new ConnectionForm.ComesWithPlatform();
  }

  @Override
  public FilledIn read(Map<String, String> filledIn) {
    return filledIn.isEmpty()
        ? new FilledIn.Complete(ChannelSettings.NONE, Map.of())
        : new FilledIn.Faulty(
            filledIn.keySet().stream()
                .sorted()
                .map(field -> new FieldProblem(field, "There is nothing to fill in; leave it out."))
                .toList());
  }

  /** Nobody is asked to let us in: whether a recipient's server does, its answer to mail tells. */
  @Override
  public Proof prove(OpenChannel channel, Optional<EmailAddress> sender) {
    String way =
        settings
            .smartHost()
            .map(host -> "Mail goes out through " + host + ".")
            .orElse("Mail goes straight to the recipients' servers.");
    return new Proof.Works(List.of(way), List.of());
  }

  @Override
  public Capabilities capabilities(ChannelSettings channel) {
    return new Capabilities(
        Capabilities.SenderShown.IDENTITY,
        Capabilities.Via.SHOWN_UNLESS_ALIGNED,
        Capabilities.AllowListing.POSSIBLE_IF_ALIGNED,
        Capabilities.SentCopy.NONE,
        Capabilities.BounceCapture.ALWAYS,
        signer.isPresent()
            ? Capabilities.Unsubscribing.ONE_CLICK
            : Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
        Capabilities.Identities.ANY_VERIFIED,
        Capabilities.Reputation.PLATFORM,
        settings.smartHost().isPresent() ? Evidence.RELAY : Evidence.RECIPIENTS_SERVER,
        Grouping.ONE_RECIPIENT,
        limits(settings.paces().usual()),
        Optional.empty());
  }

  @Override
  public List<Limit> limits(Lane lane, ChannelSettings channel) {
    return LaneName.of(lane)
        .newSender()
        .map(domain -> settings.newSenderDomains().limitAt(context.clock().instant(), domain))
        .map(limit -> limit.stream().toList())
        .orElseGet(() -> limits(paceOn(lane)));
  }

  /** A smart host is the one destination of all mail. */
  private List<Limit> paceOn(Lane lane) {
    return Destinations.ownerOn(lane)
        .map(settings.paces()::to)
        .orElseGet(() -> settings.smartHost().map(_ -> settings.paces().usual()).orElse(List.of()));
  }

  @Override
  public OptionalInt conversations(ChannelSettings channel) {
    return OptionalInt.of(settings.pool().sharedAmong(context.nodes()).perDestinationHere());
  }

  @Override
  public Optional<Connections> connections() {
    return Optional.of(connections.count());
  }

  private List<Limit> limits(List<Limit> set) {
    return Stream.concat(
            set.stream(),
            settings
                .warmUp()
                .flatMap(warmUp -> warmUp.limitAt(context.clock().instant(), "msc.warm-up"))
                .stream())
        .toList();
  }

  @Override
  public Presentation present(Author author, ChannelSettings channel) {
    return new Presentation(
        author.mailbox(),
        isOurs(author.mailbox().address())
                || author.domain().flatMap(AlignedDomain::key).isPresent()
            ? Optional.empty()
            : Optional.of(settings.domain()),
        Optional.empty());
  }

  private boolean isOurs(EmailAddress address) {
    return alignment(address, settings.domain()) != Alignment.NOT_ALIGNED;
  }

  /** How a proof of a domain of ours, or of a team's, stands for an address. */
  private static Alignment alignment(EmailAddress address, String proved) {
    String domain = asciiOf(address);
    if (domain.equals(proved)) {
      return Alignment.EXACT;
    }
    return domain.endsWith("." + proved) || proved.endsWith("." + domain)
        ? Alignment.ORGANIZATIONAL
        : Alignment.NOT_ALIGNED;
  }

  /** Return path and signature are at the platform's domain, or at a sender domain. */
  @Override
  public SenderAuthentication authentication(Author author, ChannelSettings channel) {
    EmailAddress address = author.mailbox().address();
    return author
        .domain()
        .map(
            domain ->
                new SenderAuthentication(
                    domain
                        .returnPathHost()
                        .map(
                            host ->
                                asciiOf(address).equals(host)
                                    ? Alignment.EXACT
                                    : Alignment.ORGANIZATIONAL)
                        .orElse(Alignment.NOT_ALIGNED),
                    domain
                        .key()
                        .map(_ -> alignment(address, domain.name()))
                        .orElse(Alignment.NOT_ALIGNED)))
        .orElseGet(() -> inOurName(address));
  }

  private SenderAuthentication inOurName(EmailAddress address) {
    Alignment alignment = alignment(address, settings.domain());
    return new SenderAuthentication(
        alignment, signer.map(_ -> alignment).orElse(Alignment.NOT_ALIGNED));
  }

  @Override
  public Optional<String> mailboxProvider(Author author) {
    return MAILBOX_PROVIDERS.of(asciiOf(author.mailbox().address()));
  }

  /** Where nothing is signed, nothing is signed in the name of sender domains. */
  @Override
  public Optional<String> returnPathTarget() {
    return signer.map(_ -> settings.domain());
  }

  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return settings
        .smartHost()
        .map(host -> new Lane("through " + host))
        .orElseGet(() -> destinations.laneOf(asciiOf(recipients.getFirst())));
  }

  @Override
  public Lane narrowed(Lane lane, EmailAddress sender) {
    return settings
        .newSenderDomains()
        .newAt(context.clock().instant(), asciiOf(sender))
        .map(domain -> LaneName.of(lane).onlyFrom(domain))
        .orElse(lane);
  }

  @Override
  public Optional<Lane> around(Lane lane) {
    LaneName name = LaneName.of(lane);
    return name.newSender().map(_ -> name.shared());
  }

  private static String asciiOf(EmailAddress address) {
    return InternationalDomain.inALabels(address.domain()).orElse(address.domain());
  }

  @Override
  public Octets compose(Message message, Author author, ChannelSettings channel) {
    return signed(composer.compose(message), author);
  }

  @Override
  public Octets adopt(Octets composed, Author author, ChannelSettings channel) {
    return signed(
        new HeaderEdit(composed).without(DkimSigner.FIELD).from(author.mailbox()).toOctets(),
        author);
  }

  private Octets signed(Octets composed, Author author) {
    return author
        .domain()
        .flatMap(domain -> domain.key().map(key -> domainSigners.of(domain.name(), key)))
        .or(() -> signer)
        .map(present -> present.sign(composed, context.clock().instant()))
        .orElse(composed);
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return marking.asSent(dispatch, envelope);
  }

  @Override
  public MailTransport transport() {
    return transport;
  }

  @Override
  public Optional<BounceSource> bounces() {
    return Optional.of(listener);
  }

  /** Where the open listener for bounces can be reached; the port is the real one. */
  public Optional<InetSocketAddress> bounceAddress() {
    return listener.address();
  }

  @Override
  public List<SetupStep> setup() {
    return new DnsAdvice(settings, dkimKey).steps();
  }

  @Override
  public void close() {
    connections.close();
  }
}
