package io.leverans.application.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.domain.bounce.BounceMailbox;
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
import io.leverans.domain.delivery.HandOverInquiry;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of channel that people connect themselves, and that does what a test wants of it. */
public final class PigeonProvider implements ChannelProvider {
  public static final ChannelKind KIND = new ChannelKind("pigeon");

  /** Where it flies to; it has to be filled in. */
  public static final String LOFT = "loft";

  /** What lets one into the loft: a secret. */
  public static final String RING = "ring";

  /** A setting that one can do without. */
  public static final String FEED = "feed";

  private static final String APART = "apart in ";

  public static final List<String> FINDINGS = List.of("It flies at night.");

  public ConnectionForm form = new ConnectionForm.Fields(List.of(), List.of());
  public Proof proof = new Proof.Works(FINDINGS, List.of("coo"));
  public Runnable uponProof = () -> {};
  public Grouping grouping = Grouping.ONE_RECIPIENT;
  public Optional<ConsentFlow> flow = Optional.empty();
  public Optional<HandOverInquiry> inquiry = Optional.empty();
  public Optional<BounceMailbox> mailbox = Optional.empty();
  public MailTransport transport = Deployment.NO_TRANSPORT;
  public List<Limit> limits = List.of();
  public SenderAuthentication proofs = SenderAuthentication.UNKNOWN;
  public Optional<Mailbox> shownAs = Optional.empty();
  public Optional<String> returnPathTarget = Optional.empty();
  public Optional<String> mailboxProvider = Optional.empty();
  public Optional<EmailAddress> newcomer = Optional.empty();
  public final List<OpenChannel> proved = new ArrayList<>();
  public final List<Optional<EmailAddress>> senders = new ArrayList<>();

  @Override
  public ChannelKind kind() {
    return KIND;
  }

  @Override
  public KindDescription description() {
    return new KindDescription("Pigeon", "Choose it where there is no wire.");
  }

  @Override
  public ConnectionForm form() {
    return form;
  }

  @Override
  public FilledIn read(Map<String, String> filledIn) {
    Map<String, String> settings = new HashMap<>(filledIn);
    Map<String, String> ring =
        Optional.ofNullable(settings.remove(RING)).map(text -> Map.of(RING, text)).orElse(Map.of());
    if (!settings.containsKey(LOFT)) {
      return new FilledIn.Faulty(List.of(noLoft()));
    }
    return flow.isPresent() && ring.isEmpty()
        ? new FilledIn.NeedsConsent(new ChannelSettings(settings), ring)
        : new FilledIn.Complete(new ChannelSettings(settings), ring);
  }

  public static FieldProblem noLoft() {
    return new FieldProblem(LOFT, "a pigeon needs to know where it lives");
  }

  @Override
  public Proof prove(OpenChannel channel, Optional<EmailAddress> sender) {
    proved.add(channel);
    senders.add(sender);
    uponProof.run();
    return proof;
  }

  @Override
  public Capabilities capabilities(ChannelSettings settings) {
    return new Capabilities(
        Capabilities.SenderShown.IDENTITY,
        Capabilities.Via.NOT_SHOWN,
        Capabilities.AllowListing.POSSIBLE,
        Capabilities.SentCopy.BY_PROVIDER,
        Capabilities.BounceCapture.TO_SENDERS_MAILBOX,
        Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
        Capabilities.Identities.ANY_THE_SERVER_ALLOWS,
        Capabilities.Reputation.COMPANY,
        Evidence.RELAY,
        grouping,
        limits,
        Optional.empty());
  }

  /** Tells the loft, so that one sees whose settings were asked for. */
  @Override
  public Presentation present(Author author, ChannelSettings settings) {
    return new Presentation(
        shownAs.orElse(author.mailbox()), settings.find(LOFT), Optional.empty());
  }

  @Override
  public SenderAuthentication authentication(Author author, ChannelSettings settings) {
    return proofs;
  }

  @Override
  public Optional<String> mailboxProvider(Author author) {
    return mailboxProvider;
  }

  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return new Lane(channel.settings().find(LOFT).orElseThrow());
  }

  @Override
  public Lane narrowed(Lane lane, EmailAddress sender) {
    return newcomer.filter(sender::equals).map(_ -> new Lane(APART + lane.name())).orElse(lane);
  }

  @Override
  public Optional<Lane> around(Lane lane) {
    return lane.name().startsWith(APART)
        ? Optional.of(new Lane(lane.name().substring(APART.length())))
        : Optional.empty();
  }

  @Override
  public Octets compose(Message message, Author author, ChannelSettings settings) {
    return octets("By pigeon: " + message.from());
  }

  @Override
  public Octets adopt(Octets composed, Author author, ChannelSettings settings) {
    return octets("Adopted by a pigeon: " + author.mailbox() + "\n").followedBy(composed);
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return dispatch.content();
  }

  @Override
  public MailTransport transport() {
    return transport;
  }

  @Override
  public Optional<ConsentFlow> consent() {
    return flow;
  }

  @Override
  public Optional<HandOverInquiry> inquiry() {
    return inquiry;
  }

  @Override
  public Optional<String> returnPathTarget() {
    return returnPathTarget;
  }

  @Override
  public Optional<BounceSource> bounces() {
    return Optional.empty();
  }

  @Override
  public Optional<BounceMailbox> mailbox() {
    return mailbox;
  }

  @Override
  public List<SetupStep> setup() {
    return List.of();
  }

  @Override
  public void close() {}

  private static Octets octets(String text) {
    return Octets.of(text.getBytes(UTF_8));
  }
}
