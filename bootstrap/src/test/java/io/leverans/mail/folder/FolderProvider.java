package io.leverans.mail.folder;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.InvalidSettingException;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Proof;
import io.leverans.application.port.provider.ProviderContext;
import io.leverans.application.port.provider.SenderAuthentication;
import io.leverans.application.port.provider.SetupStep;
import io.leverans.domain.bounce.BounceSource;
import io.leverans.domain.channel.Capabilities;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.ChannelSettings;
import io.leverans.domain.channel.Grouping;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.channel.Presentation;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.ChannelFault;
import io.leverans.domain.delivery.ChannelFault.Certainty;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import io.leverans.mail.mime.HeaderEdit;
import io.leverans.mail.mime.MimeComposer;
import io.leverans.mail.mime.ReturnPathTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Folders that somebody else takes the mail from. */
public final class FolderProvider implements ChannelProvider {
  private final Patience patience;
  private final Shelf shelf;
  private final FolderMarking marking;
  private final MimeComposer composer = new MimeComposer();
  private final FolderTransport transport;
  private final Optional<BounceSource> bounces;

  FolderProvider(ProviderContext context, Shelf shelf) {
    this.shelf = shelf;
    patience =
        new Patience(
            context.settings().duration(FolderProviderFactory.TIMEOUT, Duration.ofSeconds(10)));
    marking =
        new FolderMarking(
            new ReturnPathTokens(
                context.keys().obtain(ReturnPathTokens.KEY_NAME, ReturnPathTokens::newKey)),
            context.clock());
    transport = new FolderTransport(shelf, patience, marking);
    Duration pause =
        context.settings().duration(FolderProviderFactory.PAUSE, Duration.ofSeconds(1));
    bounces =
        context
            .settings()
            .find(FolderProviderFactory.BOUNCES)
            .map(text -> new FolderBounces(existing(text), pause, marking));
  }

  private static Path existing(String text) {
    Path folder = Path.of(text);
    if (!Files.isDirectory(folder)) {
      throw new InvalidSettingException(FolderProviderFactory.BOUNCES, "is not a folder");
    }
    return folder;
  }

  @Override
  public ChannelKind kind() {
    return FolderProviderFactory.KIND;
  }

  @Override
  public KindDescription description() {
    return new KindDescription(
        "A folder", "Choose it when another program takes your mail from a folder.");
  }

  @Override
  public ConnectionForm form() {
    return FolderForm.FIELDS;
  }

  @Override
  public FilledIn read(Map<String, String> filledIn) {
    return FolderForm.read(filledIn);
  }

  /** Writes a file that nobody reads and takes it back. */
  @Override
  public Proof prove(OpenChannel channel, Optional<EmailAddress> sender) {
    Path folder = FolderForm.folderOf(channel.settings());
    String name = "probe." + UUID.randomUUID();
    try {
      if (!patience.with(() -> Files.isDirectory(folder))) {
        return fails(
            Cause.NETWORK_FAILURE,
            "There is no folder " + folder + ".",
            "Make the folder, or enter the path of one that is there.");
      }
      patience.with(
          () -> {
            shelf.prepare(folder, name, Octets.of(new byte[0]));
            shelf.discard(folder, name);
            return folder;
          });
    } catch (IOException refused) {
      return fails(
          Cause.RELAY_DENIED,
          "Nothing can be written into " + folder + ": " + refused.getMessage(),
          "Let the user that Leverans runs as write into the folder.");
    }
    return new Proof.Works(List.of("Files can be written there."), List.of("wrote a file"));
  }

  private static Proof fails(Cause cause, String words, String remedy) {
    return new Proof.Fails(
        new ChannelFault(cause, words, remedy, Certainty.PRESUMED),
        Optional.of(FolderForm.FOLDER),
        List.of(words));
  }

  @Override
  public Capabilities capabilities(ChannelSettings settings) {
    return new Capabilities(
        Capabilities.SenderShown.IDENTITY,
        Capabilities.Via.NOT_SHOWN,
        Capabilities.AllowListing.POSSIBLE,
        Capabilities.SentCopy.NONE,
        bounces.isPresent()
            ? Capabilities.BounceCapture.ALWAYS
            : Capabilities.BounceCapture.TO_SENDERS_MAILBOX,
        Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
        Capabilities.Identities.ANY_VERIFIED,
        Capabilities.Reputation.COMPANY,
        Evidence.RELAY,
        sharesFiles(settings) ? Grouping.WHOLE_MESSAGE : Grouping.ONE_RECIPIENT,
        List.of(),
        Optional.empty());
  }

  /** Whether all recipients of a message share one file. */
  static boolean sharesFiles(ChannelSettings settings) {
    return settings.find(FolderForm.GROUP).filter(FolderForm.BY_MESSAGE::equals).isPresent();
  }

  @Override
  public Presentation present(Author author, ChannelSettings settings) {
    return new Presentation(author.mailbox(), Optional.empty(), Optional.empty());
  }

  @Override
  public SenderAuthentication authentication(Author author, ChannelSettings settings) {
    return SenderAuthentication.UNKNOWN;
  }

  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return new Lane("into " + FolderForm.folderOf(channel.settings()));
  }

  @Override
  public Octets compose(Message message, Author author, ChannelSettings settings) {
    return composer.compose(message);
  }

  @Override
  public Octets adopt(Octets composed, Author author, ChannelSettings settings) {
    return new HeaderEdit(composed).without("DKIM-Signature").from(author.mailbox()).toOctets();
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return marking.asSent(dispatch);
  }

  @Override
  public MailTransport transport() {
    return transport;
  }

  @Override
  public Optional<BounceSource> bounces() {
    return bounces;
  }

  @Override
  public List<SetupStep> setup() {
    return List.of();
  }

  @Override
  public void close() {
    // nothing is kept open
  }
}
