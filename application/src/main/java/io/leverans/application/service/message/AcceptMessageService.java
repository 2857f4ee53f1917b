package io.leverans.application.service.message;

import io.leverans.application.port.in.AcceptMessage;
import io.leverans.application.port.out.Channels;
import io.leverans.application.port.out.Identities;
import io.leverans.application.port.out.Ids;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.Messages.Acceptance;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.Suppressions;
import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProvider;
import io.leverans.application.port.provider.Providers;
import io.leverans.application.service.author.Authors;
import io.leverans.application.service.composition.MessageComposition;
import io.leverans.application.service.composition.MessagePolicy;
import io.leverans.application.service.preflight.SendingObjections;
import io.leverans.application.service.rights.SendingRights;
import io.leverans.application.service.suppression.UnsubscribeLinks;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.PreflightPoint;
import io.leverans.domain.channel.Channel;
import io.leverans.domain.identity.EmailAddress;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.Verification;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.suppression.SuppressedAddress;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Accepts a message for the channel of its identity. */
public final class AcceptMessageService implements AcceptMessage {
  private final Identities identities;
  private final Channels channels;
  private final Providers providers;
  private final Messages messages;
  private final Ids ids;
  private final InstantSource clock;
  private final MessagePolicy policy;
  private final Authors authors;
  private final MessageComposition composition;
  private final SendingObjections objections;
  private final Suppressions suppressions;
  private final UnsubscribeLinks unsubscribeLinks;

  public AcceptMessageService(
      Identities identities,
      Channels channels,
      Providers providers,
      Messages messages,
      Ids ids,
      InstantSource clock,
      MessagePolicy policy,
      Authors authors,
      SendingObjections objections,
      Suppressions suppressions,
      UnsubscribeLinks unsubscribeLinks) {
    this.identities = identities;
    this.channels = channels;
    this.providers = providers;
    this.messages = messages;
    this.ids = ids;
    this.clock = clock;
    this.policy = policy;
    this.composition = new MessageComposition(ids);
    this.authors = authors;
    this.objections = objections;
    this.suppressions = suppressions;
    this.unsubscribeLinks = unsubscribeLinks;
  }

  @Override
  public Result accept(Command command) {
    return acceptedBefore(command).orElseGet(() -> acceptNew(command));
  }

  private Optional<Result> acceptedBefore(Command command) {
    return command
        .idempotency()
        .flatMap(key -> messages.findAccepted(command.caller().team(), key))
        .flatMap(acceptance -> answer(acceptance, command));
  }

  private Result acceptNew(Command command) {
    Instant now = clock.instant();
    return command
        .schedule()
        .objection(now)
        .<Result>map(Result.Unschedulable::new)
        .orElseGet(() -> acceptNew(command, now));
  }

  /** The mail's date is that of its sending, as far as that is known. */
  private Result acceptNew(Command command, Instant now) {
    Optional<Identity> found = identities.find(command.caller().team(), command.identity());
    if (found.isEmpty() || !SendingRights.maySendAs(command.caller(), found.get())) {
      return new Result.UnknownIdentity(command.identity());
    }
    Identity identity = found.get();
    if (identity.verification() instanceof Verification.Pending) {
      return new Result.UnverifiedIdentity(
          identity.id(), SendingObjections.verified(identity).words());
    }
    Channel channel = channels.find(identity.team(), identity.channel()).orElseThrow();
    Optional<ChannelProvider> provider = providers.find(channel.kind());
    if (provider.isEmpty()) {
      return new Result.ChannelNotOffered(
          channel.kind(), SendingObjections.notOffered(channel.kind()).words());
    }
    Author author = authors.of(identity, provider.get());
    Optional<PreflightPoint> refused = objections.refused(author, channel, provider.get());
    if (refused.isPresent()) {
      return new Result.Objected(refused.get());
    }
    Addressees addressees = addressees(command);
    if (!addressees.suffice(command.suppressed())) {
      return new Result.RecipientsSuppressed(addressees.suppressed());
    }
    Schedule schedule = command.schedule().seenAt(now);
    NewMail mail =
        composition.compose(
            message(command, addressees, identity, schedule.sendAt().orElse(now)),
            command.urgency(),
            schedule,
            author,
            channel,
            provider.get(),
            command.idempotency());
    long limit = policy.largest(provider.get().capabilities(channel.settings()));
    return mail.composed().size() > limit
        ? new Result.TooLarge(mail.composed().size(), limit)
        : store(mail, addressees, command);
  }

  /** Whom a message goes to, and whom it was to go to that the team does not write to. */
  private record Addressees(
      List<Recipient> written, Map<EmailAddress, SuppressedAddress> suppressed) {
    boolean suffice(Suppressed whatToDo) {
      return suppressed.isEmpty() || (whatToDo == Suppressed.SKIP && !written.isEmpty());
    }
  }

  private Addressees addressees(Command command) {
    List<Recipient> named = command.recipients();
    Map<EmailAddress, SuppressedAddress> suppressed =
        suppressions.among(
            command.caller().team(),
            named.stream().map(recipient -> recipient.mailbox().address()).toList());
    return suppressed.isEmpty()
        ? new Addressees(named, suppressed)
        : new Addressees(
            named.stream()
                .filter(recipient -> !suppressed.containsKey(recipient.mailbox().address()))
                .toList(),
            suppressed);
  }

  private Message message(Command command, Addressees addressees, Identity identity, Instant date) {
    MessageId id = new MessageId(ids.next());
    TeamId team = command.caller().team();
    return new Message(
        team,
        id,
        Purpose.CORRESPONDENCE,
        Optional.of(identity.id()),
        identity.channel(),
        identity.mailbox(),
        addressees.written(),
        unsubscribeLinks.in(command.content(), command.urgency(), team, id, addressees.written()),
        command.metadata(),
        policy.internetIdOf(id),
        date);
  }

  private Result store(NewMail mail, Addressees addressees, Command command) {
    Acceptance acceptance = messages.accept(mail);
    return acceptance instanceof Acceptance.Stored(Instant acceptedAt)
        ? new Result.Accepted(view(mail, acceptedAt), List.copyOf(addressees.suppressed().keySet()))
        : answer(acceptance, command).orElseThrow();
  }

  private Optional<Result> answer(Acceptance acceptance, Command command) {
    return switch (acceptance) {
      case Acceptance.Stored _ -> Optional.empty();
      case Acceptance.StoredBefore(MessageId id) ->
          messages
              .find(command.caller().team(), id)
              .map(message -> new Result.AcceptedBefore(message, skippedIn(message, command)));
      case Acceptance.KeyUsedOtherwise() ->
          command.idempotency().map(idempotency -> new Result.KeyUsedOtherwise(idempotency.key()));
    };
  }

  /**
   * The request is equal to the one that made the message: whoever it lacks was left out. Of one
   * that was erased since nobody can tell.
   */
  private static List<EmailAddress> skippedIn(MessageView message, Command command) {
    if (message.erasedAt().isPresent()) {
      return List.of();
    }
    Set<EmailAddress> written =
        message.deliveries().stream()
            .map(delivery -> delivery.recipient().mailbox().address())
            .collect(Collectors.toUnmodifiableSet());
    return command.recipients().stream()
        .map(recipient -> recipient.mailbox().address())
        .filter(address -> !written.contains(address))
        .toList();
  }

  private static MessageView view(NewMail mail, Instant acceptedAt) {
    Message message = mail.message();
    Optional<Instant> sendAt = mail.schedule().sendAt();
    List<DeliveryView> deliveries =
        mail.dispatches().stream()
            .flatMap(dispatch -> dispatch.deliveries().stream())
            .map(
                planned ->
                    new DeliveryView(
                        planned.id(),
                        planned.recipient(),
                        mail.firstState(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(sendAt.orElse(acceptedAt)),
                        List.of(),
                        List.of()))
            .toList();
    return new MessageView(
        message.team(),
        message.id(),
        message.purpose(),
        message.identity(),
        Optional.of(message.channel()),
        message.from(),
        message.content().subject(),
        message.metadata(),
        message.internetId(),
        acceptedAt,
        Optional.empty(),
        mail.schedule(),
        mail.composed().size(),
        Optional.empty(),
        Optional.empty(),
        deliveries);
  }
}
