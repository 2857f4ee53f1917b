package io.leverans.application.port.out.memory;

import io.leverans.application.port.in.AcceptMessage.Idempotency;
import io.leverans.application.port.in.ListMessages;
import io.leverans.application.port.out.Messages;
import io.leverans.application.port.out.NewLoggedMail;
import io.leverans.application.port.out.NewMail;
import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.view.AttemptView;
import io.leverans.application.view.DeliveryView;
import io.leverans.application.view.MessageSummary;
import io.leverans.application.view.MessageView;
import io.leverans.application.view.Page;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.delivery.DeliveryFact;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DeliveryState;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Lifecycle;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.ErasedRecipient;
import io.leverans.domain.message.Message;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import io.leverans.domain.message.Purpose;
import io.leverans.domain.message.Recipient;
import io.leverans.domain.message.Schedule;
import io.leverans.domain.message.TimeChange;
import io.leverans.domain.team.TeamId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Messages in memory, whose deliveries move as {@link Lifecycle} says. */
public final class MemoryMessages implements Messages {
  private final InstantSource clock;
  private final Map<MessageId, NewMail> mails = new LinkedHashMap<>();
  private final Map<MessageId, NewLoggedMail> logged = new LinkedHashMap<>();
  private final Map<Idempotency, MessageId> loggedUnder = new LinkedHashMap<>();
  private final Map<DispatchId, ChannelId> sentThrough = new HashMap<>();
  private final Map<MessageId, Schedule> schedules = new HashMap<>();
  private final Map<DeliveryId, DeliveryState> states = new HashMap<>();
  private final Map<DeliveryId, AttemptView> attempts = new HashMap<>();
  private final Map<MessageId, Instant> purged = new HashMap<>();
  private final Map<MessageId, Instant> erased = new HashMap<>();

  public MemoryMessages(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Acceptance accept(NewMail mail) {
    Optional<Acceptance> before =
        mail.idempotency().flatMap(key -> findAccepted(mail.message().team(), key));
    if (before.isPresent()) {
      return before.get();
    }
    List<DeliveryId> deliveries = planned(mail).map(PlannedDelivery::id).toList();
    if (deliveries.size() != mail.message().recipients().size()
        || deliveries.stream().anyMatch(states::containsKey)
        || mails.putIfAbsent(mail.message().id(), mail) != null) {
      throw new IllegalStateException("ids are taken, or recipients and deliveries do not agree");
    }
    DeliveryState first = mail.firstState();
    deliveries.forEach(delivery -> states.put(delivery, first));
    schedules.put(mail.message().id(), mail.schedule());
    return new Acceptance.Stored(clock.instant());
  }

  @Override
  public Logging log(NewLoggedMail mail) {
    Optional<Acceptance> before = mail.idempotency().flatMap(key -> findAccepted(mail.team(), key));
    if (before.isPresent()) {
      return before.get() instanceof Acceptance.StoredBefore(MessageId id)
          ? new Logging.LoggedBefore(id)
          : new Logging.KeyUsedOtherwise();
    }
    Optional<MessageId> known = known(mail);
    mail.idempotency().ifPresent(key -> loggedUnder.put(key, known.orElse(mail.id())));
    if (known.isPresent()) {
      return new Logging.KnownAlready(known.get());
    }
    logged.put(mail.id(), mail);
    mail.deliveries().forEach(delivery -> states.put(delivery.id(), DeliveryState.LOGGED));
    return new Logging.Logged(clock.instant());
  }

  private Optional<MessageId> known(NewLoggedMail mail) {
    Stream<MessageId> sent =
        mails.values().stream()
            .map(NewMail::message)
            .filter(message -> message.team().equals(mail.team()))
            .filter(message -> message.identity().equals(Optional.of(mail.identity())))
            .filter(message -> message.internetId().equals(mail.internetId()))
            .map(Message::id);
    Stream<MessageId> loggedBefore =
        logged.values().stream()
            .filter(other -> other.identity().equals(mail.identity()))
            .filter(other -> other.internetId().equals(mail.internetId()))
            .map(NewLoggedMail::id);
    return Stream.concat(sent, loggedBefore).findFirst();
  }

  @Override
  public Optional<Octets> findLogged(TeamId team, MessageId message) {
    return loggedMail(team, message)
        .filter(mail -> !purged.containsKey(mail.id()))
        .map(NewLoggedMail::bytes);
  }

  private Optional<NewLoggedMail> loggedMail(TeamId team, MessageId message) {
    return Optional.ofNullable(logged.get(message)).filter(mail -> mail.team().equals(team));
  }

  @Override
  public Optional<Acceptance> findAccepted(TeamId team, Idempotency idempotency) {
    return findSent(team, idempotency).or(() -> findLogged(idempotency));
  }

  private Optional<Acceptance> findLogged(Idempotency idempotency) {
    return loggedUnder.keySet().stream()
        .filter(known -> known.key().equals(idempotency.key()))
        .findFirst()
        .map(
            known ->
                known.equals(idempotency)
                    ? new Acceptance.StoredBefore(loggedUnder.get(known))
                    : new Acceptance.KeyUsedOtherwise());
  }

  private Optional<Acceptance> findSent(TeamId team, Idempotency idempotency) {
    return mails.values().stream()
        .filter(mail -> mail.message().team().equals(team))
        .filter(
            mail -> mail.idempotency().map(Idempotency::key).equals(Optional.of(idempotency.key())))
        .findFirst()
        .map(
            mail ->
                mail.idempotency().equals(Optional.of(idempotency))
                    ? new Acceptance.StoredBefore(mail.message().id())
                    : new Acceptance.KeyUsedOtherwise());
  }

  @Override
  public Optional<MessageView> find(TeamId team, MessageId message) {
    return mail(team, message).map(this::view).or(() -> loggedMail(team, message).map(this::view));
  }

  @Override
  public Page<MessageSummary, MessageId> list(ListMessages.Query query) {
    throw new UnsupportedOperationException("no service lists");
  }

  @Override
  public Optional<Routed> findDispatch(TeamId team, DeliveryId delivery) {
    return mails.values().stream()
        .filter(mail -> mail.message().team().equals(team))
        .filter(mail -> !purged.containsKey(mail.message().id()))
        .flatMap(mail -> mail.dispatches().stream().map(planned -> dispatch(mail, planned)))
        .filter(
            dispatch ->
                dispatch.envelopes().stream()
                    .anyMatch(aboard -> aboard.delivery().equals(delivery)))
        .findFirst()
        .map(dispatch -> new Routed(dispatch, channelOf(dispatch)));
  }

  @Override
  public int apply(
      TeamId team, MessageId message, Collection<DeliveryId> deliveries, DeliveryFact fact) {
    List<DeliveryId> moving =
        find(team, message).orElseThrow().deliveries().stream()
            .map(DeliveryView::id)
            .filter(deliveries::contains)
            .filter(delivery -> Lifecycle.next(state(delivery), fact).isPresent())
            .filter(
                delivery ->
                    !purged.containsKey(message)
                        || Lifecycle.next(state(delivery), fact).orElseThrow()
                            != DeliveryState.QUEUED)
            .toList();
    moving.forEach(
        delivery -> states.put(delivery, Lifecycle.next(state(delivery), fact).orElseThrow()));
    return moving.size();
  }

  @Override
  public int reschedule(TeamId team, MessageId message, TimeChange sending, TimeChange expiry) {
    List<DeliveryId> left =
        find(team, message).orElseThrow().deliveries().stream()
            .map(DeliveryView::id)
            .filter(id -> Lifecycle.next(state(id), DeliveryFact.RESCHEDULED).isPresent())
            .toList();
    if (!left.isEmpty()) {
      TimeChange at =
          sending instanceof TimeChange.Clear ? new TimeChange.To(clock.instant()) : sending;
      schedules.compute(
          message,
          (_, before) -> Optional.ofNullable(before).orElse(Schedule.AT_ONCE).with(at, expiry));
    }
    if (!(sending instanceof TimeChange.Keep)) {
      left.forEach(delivery -> happen(delivery, DeliveryFact.RESCHEDULED));
    }
    return left.size();
  }

  /** Its content is not there any more. */
  public void purge(MessageId message) {
    purged.put(message, clock.instant());
  }

  private Optional<Instant> contentPurgedAt(MessageId message) {
    return Optional.ofNullable(purged.get(message));
  }

  /** It went to somebody whose data was erased. */
  public void erase(MessageId message) {
    erased.put(message, clock.instant());
  }

  private Optional<Instant> erasedAt(MessageId message) {
    return Optional.ofNullable(erased.get(message));
  }

  /** What was accepted, oldest first. */
  public List<NewMail> accepted() {
    return List.copyOf(mails.values());
  }

  /** Lets all of it happen to a delivery, one after the other. */
  public void happen(DeliveryId delivery, DeliveryFact... facts) {
    for (DeliveryFact fact : facts) {
      states.put(delivery, Lifecycle.next(state(delivery), fact).orElseThrow());
    }
  }

  /** What its only attempt is shown as. */
  public void attempted(DeliveryId delivery, AttemptView attempt) {
    attempts.put(delivery, attempt);
  }

  private ChannelId channelOf(Dispatch dispatch) {
    return sentThrough.getOrDefault(
        dispatch.id(), mail(dispatch.team(), dispatch.message()).orElseThrow().message().channel());
  }

  /** The dispatch went through that channel, and the message was moved afterwards. */
  public void sentThrough(ChannelId channel, DispatchId dispatch) {
    sentThrough.put(dispatch, channel);
  }

  private Optional<NewMail> mail(TeamId team, MessageId message) {
    return Optional.ofNullable(mails.get(message))
        .filter(found -> found.message().team().equals(team));
  }

  private DeliveryState state(DeliveryId delivery) {
    return Optional.ofNullable(states.get(delivery)).orElseThrow();
  }

  private static Stream<PlannedDelivery> planned(NewMail mail) {
    return mail.dispatches().stream().flatMap(dispatch -> dispatch.deliveries().stream());
  }

  private MessageView view(NewMail mail) {
    Message message = mail.message();
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
        clock.instant(),
        Optional.empty(),
        schedules.getOrDefault(message.id(), Schedule.AT_ONCE),
        mail.composed().size(),
        contentPurgedAt(message.id()),
        erasedAt(message.id()),
        views(message.id(), planned(mail)));
  }

  private MessageView view(NewLoggedMail mail) {
    return new MessageView(
        mail.team(),
        mail.id(),
        Purpose.LOGGED,
        Optional.of(mail.identity()),
        Optional.empty(),
        mail.from(),
        mail.subject(),
        mail.metadata(),
        mail.internetId(),
        clock.instant(),
        Optional.of(mail.sentAt()),
        Schedule.AT_ONCE,
        mail.bytes().size(),
        contentPurgedAt(mail.id()),
        erasedAt(mail.id()),
        views(mail.id(), mail.deliveries().stream()));
  }

  private List<DeliveryView> views(MessageId message, Stream<PlannedDelivery> planned) {
    return planned
        .map(delivery -> erased.containsKey(message) ? toNobody(delivery) : delivery)
        .map(this::view)
        .toList();
  }

  private static PlannedDelivery toNobody(PlannedDelivery delivery) {
    return new PlannedDelivery(
        delivery.id(),
        new Recipient(delivery.recipient().role(), Mailbox.of(ErasedRecipient.ADDRESS)));
  }

  private DeliveryView view(PlannedDelivery planned) {
    DeliveryState state = state(planned.id());
    Optional<AttemptView> attempt = Optional.ofNullable(attempts.get(planned.id()));
    return new DeliveryView(
        planned.id(),
        planned.recipient(),
        state,
        Optional.empty(),
        attempt.flatMap(AttemptView::failure),
        state == DeliveryState.QUEUED ? Optional.of(clock.instant()) : Optional.empty(),
        attempt.stream().toList(),
        List.of());
  }

  private Dispatch dispatch(NewMail mail, PlannedDispatch planned) {
    return new Dispatch(
        mail.message().team(),
        planned.id(),
        mail.message().id(),
        mail.message().from().address(),
        mail.composed(),
        planned.deliveries().stream()
            .map(aboard -> new Envelope(aboard.id(), aboard.recipient().mailbox().address()))
            .toList(),
        planned.lane(),
        Optional.empty(),
        Optional.empty(),
        1,
        clock.instant());
  }
}
