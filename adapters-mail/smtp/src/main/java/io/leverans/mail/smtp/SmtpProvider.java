package io.leverans.mail.smtp;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.Connections;
import io.leverans.application.port.provider.ConsentFlow;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Preset;
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
import io.leverans.domain.channel.Limit;
import io.leverans.domain.channel.MailboxChoice;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.mail.conversation.HostLookup;
import io.leverans.mail.conversation.NameServers;
import io.leverans.mail.conversation.NameServers.Scope;
import io.leverans.mail.mime.ReturnPathTokens;
import io.leverans.mail.report.MailboxReports;
import io.leverans.mail.smtp.ServerSettings.ReturnPath;
import io.leverans.mail.smtp.imap.ImapDoor;
import io.leverans.mail.smtp.imap.ImapMailbox;
import io.leverans.mail.smtp.imap.ImapProof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Customers' own mail servers. */
public final class SmtpProvider implements ChannelProvider {
  private final Letterhead letterhead;
  private final ChannelLines lines;
  private final SmtpTransport transport;
  private final ServerProof proof;
  private final ImapMailbox mailbox;
  private final MailboxProof mailboxProof;
  private final ConsentValues consentValues;
  private final AccountConsent consent;

  private SmtpProvider(ProviderContext context, SmtpSettings settings) {
    var tokens =
        new ReturnPathTokens(
            context.keys().obtain(ReturnPathTokens.KEY_NAME, ReturnPathTokens::newKey));
    letterhead = new Letterhead(settings, tokens, context.clock());
    lines = new ChannelLines(settings, context.clock(), context.nodes());
    var dns = new NameServers(settings.dnsServer(), settings.dnsTimeout(), Scope.WITH_HOSTS_FILE);
    var lookup = new HostLookup(dns, settings.guard());
    transport = new SmtpTransport(lookup, lines, letterhead);
    proof = new ServerProof(lookup, lines, letterhead);
    var door =
        new ImapDoor(
            lookup,
            new ImapDoor.HostWords(HostFaults::offLimits, HostFaults::nowhere, HostFaults::untold));
    mailbox =
        new ImapMailbox(
            door,
            settings.timeouts(),
            new MailboxReports(SmtpProviderFactory.KIND, tokens, context.clock()),
            context.clock(),
            channel -> ServerSettings.of(channel).mailbox());
    mailboxProof = new MailboxProof(new ImapProof(door));
    consentValues =
        new ConsentValues(context.keys().obtain(ConsentValues.KEY_NAME, ConsentValues::newKey));
    consent = new AccountConsent(settings.signIn(), consentValues, context.clock());
  }

  static SmtpProvider of(ProviderContext context) {
    return new SmtpProvider(context, SmtpSettings.of(context.settings(), context.platformDomain()));
  }

  @Override
  public ChannelKind kind() {
    return SmtpProviderFactory.KIND;
  }

  @Override
  public KindDescription description() {
    return new KindDescription(
        "Your own mail server",
        "Choose it when you pay for a mail server or relay, or run Exchange.");
  }

  @Override
  public ConnectionForm form() {
    return new ConnectionForm.Fields(
        ServerForm.FIELDS, WellKnownServer.ALL.stream().map(this::presetOf).toList());
  }

  /** A page that the operator has not set up is not proposed. */
  private Preset presetOf(WellKnownServer server) {
    Preset preset = server.preset();
    if (consent.obstacle(new ChannelSettings(preset.values())).isEmpty()) {
      return preset;
    }
    Map<String, String> values = new HashMap<>(preset.values());
    values.put(ServerForm.AUTH, ServerSettings.written(ServerSettings.Auth.PASSWORD));
    return new Preset(preset.name(), preset.title(), values, preset.note(), preset.source());
  }

  @Override
  public FilledIn read(Map<String, String> filledIn) {
    List<FieldProblem> forged = consentValues.problems(filledIn);
    if (!forged.isEmpty()) {
      return new FilledIn.Faulty(forged);
    }
    return switch (FormReader.read(consent.withoutForeignAccess(filledIn))) {
      case FormReader.Reading.Usable(_, var settings, var secrets) ->
          checked(settings, new FilledIn.Complete(settings, secrets));
      case FormReader.Reading.WithoutAccess(var settings) ->
          checked(settings, new FilledIn.NeedsConsent(settings, Map.of()));
      case FormReader.Reading.Unusable(var problems) -> new FilledIn.Faulty(problems);
    };
  }

  /** Against what this deployment can do. */
  private FilledIn checked(ChannelSettings settings, FilledIn readable) {
    List<FieldProblem> problems = new ArrayList<>();
    ReturnPath returnPath = ServerSettings.returnPathOf(settings);
    if (letterhead.returnPath(returnPath) != returnPath) {
      problems.add(
          new FieldProblem(
              ServerForm.VERP,
              "This platform takes no bounces in: choose off, and they come to the sender's"
                  + " inbox."));
    }
    consent
        .obstacle(settings)
        .ifPresent(words -> problems.add(new FieldProblem(ServerForm.AUTH, words)));
    consent
        .mailboxObstacle(settings)
        .ifPresent(words -> problems.add(new FieldProblem(MailboxFields.HOST, words)));
    return problems.isEmpty() ? readable : new FilledIn.Faulty(problems);
  }

  @Override
  public Optional<ConsentFlow> consent() {
    return Optional.of(consent);
  }

  @Override
  public Proof prove(OpenChannel channel, Optional<EmailAddress> sender) {
    return mailboxProof.after(proof.of(channel, sender), channel);
  }

  @Override
  public Capabilities capabilities(ChannelSettings settings) {
    ReturnPath returnPath = letterhead.returnPath(ServerSettings.returnPathOf(settings));
    return new Capabilities(
        Capabilities.SenderShown.IDENTITY,
        Capabilities.Via.NOT_SHOWN,
        Capabilities.AllowListing.POSSIBLE,
        Capabilities.SentCopy.NONE,
        switch (returnPath) {
          case IDENTITY -> captureIn(MailboxChoice.of(settings));
          case SIGNED -> Capabilities.BounceCapture.ALWAYS;
        },
        Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
        Capabilities.Identities.ANY_THE_SERVER_ALLOWS,
        Capabilities.Reputation.COMPANY,
        Evidence.RELAY,
        switch (returnPath) {
          case IDENTITY -> Grouping.ANY_SUBSET;
          case SIGNED -> Grouping.ONE_RECIPIENT;
        },
        limits(settings),
        Optional.empty());
  }

  @Override
  public OptionalInt conversations(ChannelSettings channel) {
    return OptionalInt.of(lines.ofThisNode(ServerSettings.connectionsOf(channel)));
  }

  @Override
  public Optional<Connections> connections() {
    return Optional.of(lines.count());
  }

  private static Capabilities.BounceCapture captureIn(MailboxChoice choice) {
    return switch (choice) {
      case READ -> Capabilities.BounceCapture.FROM_SENDERS_MAILBOX;
      case LEFT_ALONE -> Capabilities.BounceCapture.TO_SENDERS_MAILBOX;
    };
  }

  private static List<Limit> limits(ChannelSettings settings) {
    return settings.find(ServerForm.HOST).stream()
        .flatMap(host -> WellKnownServer.ALL.stream().filter(server -> server.isAt(host)))
        .findFirst()
        .map(WellKnownServer::limits)
        .orElse(List.of());
  }

  @Override
  public Presentation present(Author author, ChannelSettings settings) {
    return Letterhead.present(author.mailbox());
  }

  /** The server signs, or not; a return path at the platform stands for the platform. */
  @Override
  public SenderAuthentication authentication(Author author, ChannelSettings settings) {
    ReturnPath returnPath = letterhead.returnPath(ServerSettings.returnPathOf(settings));
    return new SenderAuthentication(
        switch (returnPath) {
          case IDENTITY -> Alignment.UNKNOWN;
          case SIGNED -> Alignment.NOT_ALIGNED;
        },
        Alignment.UNKNOWN);
  }

  /** The channel's own: what its server lets through has nothing to do with other channels. */
  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return new Lane("through channel " + channel.id().value());
  }

  @Override
  public Octets compose(Message message, Author author, ChannelSettings settings) {
    return letterhead.compose(message);
  }

  @Override
  public Octets adopt(Octets composed, Author author, ChannelSettings settings) {
    return letterhead.adopt(composed, author.mailbox());
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return letterhead.asSent(dispatch, envelope);
  }

  @Override
  public MailTransport transport() {
    return transport;
  }

  /** None of its own: signed return paths lead to the platform's servers. */
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
    return List.of();
  }

  @Override
  public void close() {
    lines.close();
    consent.close();
  }
}
