package io.leverans.application.port.provider.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.ConnectionForm;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.FormField;
import io.leverans.application.port.provider.KindDescription;
import io.leverans.application.port.provider.Proof;
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
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A kind of channel that writes mail down plainly and sends it by whatever transport it is given.
 *
 * @param speaking how many attempts speak at a time
 */
public record PaperProvider(
    ChannelKind kind, Grouping grouping, MailTransport transport, int speaking)
    implements ChannelProvider {
  public static final String ADDRESS = "address";
  public static final String PASSWORD = "password";

  /** Where nobody is. */
  public static final String NOWHERE = "nowhere";

  public static final ChannelFault NOBODY_THERE =
      new ChannelFault(
          Cause.NETWORK_FAILURE,
          "nobody answers",
          "Fill in another address.",
          ChannelFault.Certainty.CERTAIN);

  /** One with as many attempts at a time as one likes. */
  public PaperProvider(ChannelKind kind, Grouping grouping, MailTransport transport) {
    this(kind, grouping, transport, Integer.MAX_VALUE / 2);
  }

  @Override
  public OptionalInt conversations(ChannelSettings settings) {
    return OptionalInt.of(speaking);
  }

  @Override
  public KindDescription description() {
    return new KindDescription("Paper", "Choose it in tests.");
  }

  @Override
  public ConnectionForm form() {
    return new ConnectionForm.Fields(
        List.of(
            field(ADDRESS, "Where to send the paper.", FormField.Visibility.OPEN),
            field(PASSWORD, "What to say at the door.", FormField.Visibility.SECRET)),
        List.of());
  }

  private static FormField field(String name, String help, FormField.Visibility visibility) {
    FormField.Need need =
        visibility == FormField.Visibility.OPEN ? FormField.Need.REQUIRED : FormField.Need.OPTIONAL;
    return new FormField(
        name, name, help, new FormField.Type.Line(), need, visibility, Optional.empty());
  }

  @Override
  public FilledIn read(Map<String, String> filledIn) {
    Map<String, String> settings = new HashMap<>(filledIn);
    Optional<String> password = Optional.ofNullable(settings.remove(PASSWORD));
    if (settings.getOrDefault(ADDRESS, "").isEmpty()) {
      return new FilledIn.Faulty(List.of(new FieldProblem(ADDRESS, "The address is missing.")));
    }
    return new FilledIn.Complete(
        new ChannelSettings(settings),
        password.map(known -> Map.of(PASSWORD, known)).orElse(Map.of()));
  }

  /** Works, unless the address is {@link #NOWHERE}. */
  @Override
  public Proof prove(OpenChannel channel, Optional<EmailAddress> sender) {
    return channel.settings().find(ADDRESS).filter(NOWHERE::equals).isPresent()
        ? new Proof.Fails(NOBODY_THERE, Optional.of(ADDRESS), List.of("nobody answers"))
        : new Proof.Works(List.of("Somebody is at home."), List.of("knock", "come in"));
  }

  @Override
  public Capabilities capabilities(ChannelSettings settings) {
    return new Capabilities(
        Capabilities.SenderShown.IDENTITY,
        Capabilities.Via.NOT_SHOWN,
        Capabilities.AllowListing.POSSIBLE,
        Capabilities.SentCopy.NONE,
        Capabilities.BounceCapture.ALWAYS,
        Capabilities.Unsubscribing.ONE_CLICK_IF_SERVER_SIGNS,
        Capabilities.Identities.ANY_VERIFIED,
        Capabilities.Reputation.PLATFORM,
        Evidence.RECIPIENTS_SERVER,
        grouping,
        List.of(),
        Optional.empty());
  }

  @Override
  public Presentation present(Author author, ChannelSettings settings) {
    return new Presentation(author.mailbox(), Optional.empty(), Optional.empty());
  }

  @Override
  public SenderAuthentication authentication(Author author, ChannelSettings settings) {
    return SenderAuthentication.UNKNOWN;
  }

  /** The recipients' domains. */
  @Override
  public Lane lane(List<EmailAddress> recipients, Channel channel) {
    return new Lane(
        String.join("+", recipients.stream().map(EmailAddress::domain).distinct().toList()));
  }

  @Override
  public Octets compose(Message message, Author author, ChannelSettings settings) {
    return octets("From: %s\n\n%s".formatted(message.from(), message.content().text().orElse("")));
  }

  /** The author anew, on a line before the rest of it. */
  @Override
  public Octets adopt(Octets composed, Author author, ChannelSettings settings) {
    try {
      String paper = new String(composed.toArray(), UTF_8);
      return octets("From: " + author.mailbox() + paper.substring(paper.indexOf('\n')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Octets asSent(Dispatch dispatch, Envelope envelope) {
    return octets("For: " + envelope.recipient() + "\n").followedBy(dispatch.content());
  }

  @Override
  public Optional<BounceSource> bounces() {
    return Optional.empty();
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
